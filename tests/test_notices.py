"""What people are told before they write: nothing until a person has approved it, then unchanged."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from wagtail_localize.models import Translation
from wagtail_localize.operations import translate_object

from records.models import InformationCollection, PrivacyNotice
from tests.editor import fields

TODAY = datetime.date(2026, 11, 25)
APPROVED = {
    "state": "approved",
    "approved_by": "Ada Lovelace, Privacy Office",
    "approved_on": TODAY,
}


def address(model, name, *args):
    return reverse(model.snippet_viewset.get_url_name(name), args=args)


def notice(words, **state):
    return PrivacyNotice.objects.create(text=f"<p>{words}</p>", **state)


def send(client, where, state="draft", **changed):
    sent = fields(client.get(where)) | {"state": state} | changed
    return client.post(where, sent)


@pytest.fixture
def in_spanish(spanish):
    """Translates a notice, as staff do by “Translate”; then it is approved or not."""

    def translate(original, words, **state):
        translate_object(original, [spanish])
        translation = original.get_translation(spanish)
        translation.text = f"<p>{words}</p>"
        for name, value in state.items():
            setattr(translation, name, value)
        translation.save()
        return translation

    return translate


def test_a_draft_is_told_to_nobody(home):
    notice("Not yet")

    assert PrivacyNotice.objects.current("en") is None
    assert InformationCollection.objects.current("en") is None


def test_the_newest_approved_version_is_told(home):
    first = notice("First", **APPROVED)
    second = notice("Second", **APPROVED)
    notice("Third")

    assert (first.version, second.version) == (1, 2)
    assert PrivacyNotice.objects.current("en") == second


def test_a_translation_is_a_draft_until_somebody_approves_it(home, in_spanish):
    english = notice("In English", **APPROVED)
    spanish = in_spanish(english, "En español")
    assert spanish.state == "draft"
    assert spanish.approved_by == ""
    assert PrivacyNotice.objects.current("es") == english

    spanish.state, spanish.approved_by, spanish.approved_on = APPROVED.values()
    spanish.save()
    assert PrivacyNotice.objects.current("es") == spanish
    assert PrivacyNotice.objects.current("en") == english


def test_the_translation_of_an_earlier_version_is_told_no_more(home, in_spanish):
    in_spanish(notice("First", **APPROVED), "Primera", **APPROVED)
    second = notice("Second", **APPROVED)

    assert PrivacyNotice.objects.current("es") == second


def test_a_notice_is_written_in_english_first(home, spanish):
    alone = PrivacyNotice(text="<p>Sola</p>", locale=spanish)
    with pytest.raises(ValidationError, match="in English first"):
        alone.full_clean()


def test_staff_approve_a_version_and_then_make_the_next(home, admin_client):
    draft = notice("Say this")
    edit = address(PrivacyNotice, "edit", draft.pk)

    response = send(admin_client, edit, state="approved")
    assert "Say who approved it" in response.text
    send(
        admin_client,
        edit,
        state="approved",
        approved_by="Privacy Office",
        approved_on="2026-11-25",
    )
    assert PrivacyNotice.objects.current("en") == draft

    response = send(admin_client, edit, state="approved", approved_by="Somebody")
    assert "This version is approved" in response.text
    draft.refresh_from_db()
    assert draft.approved_by == "Privacy Office"

    send(admin_client, address(PrivacyNotice, "copy", draft.pk))
    following = PrivacyNotice.objects.first()
    assert following.version == draft.version + 1
    assert (following.state, following.approved_by) == ("draft", "")
    assert "Say this" in following.text


def test_an_approved_version_stays_by_every_way_of_saving(home):
    approved = notice("Said", **APPROVED)
    approved.text = "<p>Unsaid</p>"

    with pytest.raises(ValidationError, match="Make a new version"):
        approved.save()


@pytest.mark.parametrize(
    "half", [{"omb_number": "1601-0001"}, {"omb_expires": "2027-11-25"}]
)
def test_a_control_number_goes_with_its_expiry_or_not_at_all(home, admin_client, half):
    where = address(InformationCollection, "add")
    response = send(admin_client, where, title="Interest form", **half)

    assert "or neither" in response.text
    assert not InformationCollection.objects.exists()
    with pytest.raises(IntegrityError), transaction.atomic():
        InformationCollection.objects.create(title="Interest form", **half)


def told(client):
    page = client.get("/admin/").text
    return [
        what
        for what in [
            "The privacy notice</a>",
            "Does the interest form need an OMB",
            "The OMB control number has expired",
        ]
        if what in page
    ]


def test_what_is_not_approved_or_has_expired_is_named_before_launch(home, admin_client):
    notice("Not yet")
    assert len(told(admin_client)) == 2

    notice("Now", **APPROVED)
    day = timezone.localdate()
    InformationCollection.objects.create(
        title="Interest form",
        omb_number="1601-0001",
        omb_expires=day - datetime.timedelta(days=1),
        **APPROVED,
    )
    assert told(admin_client) == ["The OMB control number has expired"]

    InformationCollection.objects.create(title="Interest form", **APPROVED)
    assert told(admin_client) == []


def test_staff_translate_a_notice_and_somebody_approves_that(
    home, spanish, admin_client
):
    english = notice("In English", **APPROVED)
    submit = ["records", "privacynotice", str(english.pk)]
    admin_client.post(
        reverse("wagtail_localize:submit_snippet_translation", args=submit),
        {"locales": [spanish.pk]},
    )
    translation = Translation.objects.get()
    admin_client.post(
        reverse("wagtail_localize:stop_translation", args=[translation.pk])
    )
    edit = address(PrivacyNotice, "edit", english.get_translation(spanish).pk)
    send(
        admin_client,
        edit,
        state="approved",
        approved_by="Privacy Office",
        approved_on="2026-11-25",
    )

    assert PrivacyNotice.objects.current("es").locale == spanish
