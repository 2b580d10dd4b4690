"""What leaves by mail about an interest: that it arrived, never what was written."""

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from mailing.services import queue_mail

ACKNOWLEDGEMENT = "interest_received"
NOTICE = "interest_to_read"


def acknowledge(interest):
    """Tell a person who asked for e-mail, in a language of theirs, that we have it."""
    if not interest.acknowledged_by_mail:
        return
    with translation.override(interest.language_of_letters):
        queue_mail(
            ACKNOWLEDGEMENT,
            to=interest.email,
            subject=_("We have received your message: %(reference)s")
            % {"reference": interest.reference},
            body=_(
                "We have received what you sent to the Immigration Section.\n\n"
                "Your reference is %(reference)s. Have it at hand when you write or call.\n\n"
                "A person will read what you sent. What you sent does not start a "
                "complaint.\n\n"
                "Nobody reads replies to this message."
            )
            % {"reference": interest.reference},
            language=interest.language_of_letters,
            about=interest.reference,
        )


def tell_the_section(interest, mailbox):
    """Tell staff that there is something to read, without saying from whom."""
    if not mailbox:
        return
    queue_mail(
        NOTICE,
        to=mailbox,
        subject=f"New expression of interest {interest.reference}",
        body=(
            f"Somebody sent an expression of interest, {interest.reference}. "
            f"Sign in to read it, under “Interests”: "
            f"{settings.BASE_URL}{reverse('wagtailadmin_home')}"
        ),
        language="en",
        about=interest.reference,
    )
