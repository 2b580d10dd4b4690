"""What leaves by mail when somebody has written to us: that it came, never what it says."""

import pytest
from django.core.cache import cache

from contact.models import Interest
from core.models import PortalSettings
from mailing.models import Mail
from tests.interest import send


@pytest.fixture(autouse=True)
def _nobody_has_sent_yet():
    cache.clear()


def test_the_person_and_the_section_hear_that_it_came_and_not_what_it_says(
    client, home
):
    PortalSettings.objects.update_or_create(
        defaults={"interest_mailbox": "section@example.gov"}
    )
    send(client)

    reference = Interest.objects.get().reference
    mails = {mail.to: f"{mail.subject} {mail.body}" for mail in Mail.objects.all()}
    assert set(mails) == {"Ada@Example.org", "section@example.gov"}
    for text in mails.values():
        assert reference in text
        assert not [word for word in ["Ada", "River", "workers"] if word in text]


def test_a_person_without_e_mail_gets_none_and_likely_spam_has_none_sent(client, home):
    send(client, email="", phone="202-555-0143")
    send(client, homepage="x")

    assert Mail.objects.count() == 0


@pytest.mark.parametrize(
    ("path", "preferred", "subject"),
    [
        ("/interest/", "es", "Hemos recibido su mensaje"),
        ("/es/interest/", "es", "Hemos recibido su mensaje"),
        ("/es/interest/", "en", "We have received your message"),
        ("/es/interest/", "ar", "Hemos recibido su mensaje"),  # which we do not speak
    ],
)
def test_the_mail_is_in_a_language_of_the_person(
    client, home, spanish, path, preferred, subject
):
    send(client, path=path, preferred_language=preferred)

    assert subject in Mail.objects.get().subject


def test_nothing_goes_to_a_mailbox_of_whoever_asked_for_a_call(client, home):
    send(client, phone="202-555-0143", reachable_by="phone")

    assert not Mail.objects.exists()
