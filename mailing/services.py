"""Writing a mail down, and trying a failed one again."""

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from mailing import delivery
from mailing.models import Mail


def queue_mail(purpose, *, to, subject, body, language, about=""):
    """Write a mail down in the caller's transaction; the bell rings once that is kept."""
    mail = Mail.objects.create(
        purpose=purpose,
        to=to,
        subject=subject,
        body=body,
        language=language,
        about=about,
    )
    if settings.MAIL_AT_ONCE:
        transaction.on_commit(delivery.ring, robust=True)
    return mail


def send_again(mail):
    """Let a failed mail wait for its turn anew, as if it had never been tried."""
    Mail.objects.filter(pk=mail.pk, state=Mail.State.FAILED).update(
        state=Mail.State.QUEUED, fault="", tries=0, due_at=timezone.now()
    )
