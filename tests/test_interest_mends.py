"""Ways back and detours on which an answer, a version or a record could go astray."""

import datetime

import pytest
from django.core.cache import cache
from django.db import InternalError
from django.test import Client
from django.utils import timezone

from accounts.roles import ADMINISTRATOR, AUDITOR, INTAKE
from contact import services
from contact.models import MOST_CHARACTERS, Interest
from core.models import PortalSettings
from mailing.models import Mail
from records.models import Event, PrivacyNotice
from tests import people
from tests.interest import check, hidden, send, start
from tests.vocabulary import TopicFactory

LIST = "/admin/interests/"


@pytest.fixture(autouse=True)
def _nobody_has_sent_yet():
    cache.clear()


def test_a_box_that_was_left_empty_is_empty_on_the_way_back(client, home):
    back = client.post("/interest/", hidden(check(client)))

    box = back.text.partition('name="for_someone_else"')[2].partition(">")[0]
    assert "checked" not in box
    answers = start(client) | {"for_someone_else": "on"}
    again = client.post("/interest/", hidden(client.post("/interest/check/", answers)))
    assert (
        "checked"
        in again.text.partition('name="for_someone_else"')[2].partition(">")[0]
    )


def test_topics_that_are_added_later_are_no_second_sending_that_is_dropped(
    client, home
):
    topic = TopicFactory()
    carried = hidden(check(client)) | {"send": "yes"}
    client.post("/interest/check/", carried)
    answer = client.post(
        "/interest/check/", carried | {"topics": [topic.translation_key]}
    )

    assert answer.status_code == 409
    assert Interest.objects.count() == 1


def test_whoever_goes_back_past_the_form_and_sends_the_same_is_kept_once(client, home):
    send(client)
    answer = send(client)

    assert "It is kept once" in answer.text
    assert Interest.objects.count() == 1
    send(client, statement="And one thing more.")
    assert Interest.objects.count() == 2
    Interest.objects.update(received_at=timezone.now() - datetime.timedelta(hours=2))
    send(client)
    assert Interest.objects.count() == 3


def test_a_database_that_only_reads_costs_nobody_their_words(client, home, monkeypatch):
    def standby(*_args, **_facts):
        raise InternalError("cannot execute INSERT in a read-only transaction")

    carried = hidden(check(client)) | {"send": "yes"}
    monkeypatch.setattr(services, "note_event", standby)
    answer = client.post("/interest/check/", carried)

    assert answer.status_code == 503
    assert "We would like to take part." in answer.text


def test_the_record_keeps_the_notice_that_was_shown(client, home):
    def approve(text):
        return PrivacyNotice.objects.create(
            text=text, state="approved", approved_by="A", approved_on="2026-11-01"
        )

    shown = approve("<p>One</p>")
    carried = hidden(check(client)) | {"send": "yes"}
    approve("<p>Two</p>")
    client.post("/interest/check/", carried)
    assert Interest.objects.get().notice == shown

    draft = PrivacyNotice.objects.create(text="<p>Three</p>")
    for key in [draft.pk, "x", "9" * 30, 0]:
        send(client, statement=f"With {key}", notice=key)
    assert {each.notice for each in Interest.objects.all()} == {shown, None}


def test_the_printed_form_says_what_the_page_says(client, home):
    PrivacyNotice.objects.create(
        text="<p>Why we ask</p>",
        state="approved",
        approved_by="A",
        approved_on="2026-11-01",
    )
    text = client.get("/interest/print/").text

    assert "Why we ask" in text
    assert "Nothing you send here starts a complaint" in text


def test_a_form_that_is_closed_meanwhile_gives_every_answer_back(client, home):
    carried = hidden(check(client, for_someone_else="on"))
    PortalSettings.objects.update_or_create(defaults={"interest_paused": True})
    closed = client.post("/interest/check/", carried)

    kept = hidden(closed)
    for name in ["wants", "name", "preferred_language", "for_someone_else", "nonce"]:
        assert kept[name] == carried[name]


def test_whoever_leaves_takes_the_reference_off_a_shared_phone(client, home):
    send(client)
    client.get("/leave/")

    assert "EOI-" not in client.get("/interest/received/").text


def test_one_character_made_of_thousands_of_signs_is_too_long(client, home):
    long = "a" + "\u0301" * (10 * MOST_CHARACTERS + 1)

    assert check(client, statement=long).status_code == 422


def desk_of(role):
    client = Client()
    client.force_login(people.somebody(role))
    return client


@pytest.fixture
def officer(home):
    return desk_of(INTAKE)


@pytest.mark.parametrize("role", [ADMINISTRATOR, INTAKE, AUDITOR])
def test_to_whom_a_mail_went_is_for_those_who_may_read_interests(client, home, role):
    send(client)
    mail = Mail.objects.get(purpose="interest_received")
    page = desk_of(role).get(f"/admin/mails/inspect/{mail.pk}/")

    may = role != ADMINISTRATOR
    assert page.status_code == 200
    assert ("Ada@Example.org" in page.text) is may
    assert Event.objects.filter(act="read").exists() is may


def test_officers_are_told_that_somebody_may_wait_among_the_spam(client, officer, home):
    assert "Held apart as likely spam" not in officer.get("/admin/").text
    send(client, homepage="https://spam.example")

    for path in ["/admin/", LIST]:
        assert "Held apart as likely spam: 1" in officer.get(path).text


def test_no_more_is_held_apart_than_people_can_look_through(client, home, monkeypatch):
    monkeypatch.setattr("contact.models.interest.MOST_A_DAY", 1)
    send(client, homepage="https://spam.example")
    answer = send(client, homepage="https://spam.example", statement="Another")

    assert answer.status_code == 429
    assert "Nothing you wrote is lost" in answer.text
    assert send(client, statement="A person").status_code == 200


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("wants=committee", {"new", "old", "both"}),
        ("wants=other", {"both"}),
        ("wants=both", {"both"}),
        ("age=30", {"old"}),
        ("age=7", {"old", "both"}),
        ("assignee=null", {"new", "old", "both"}),
    ],
)
def test_the_list_is_narrowed_by_what_officers_ask(client, officer, home, asked, found):
    for name, days, wants in [
        ("new", 0, ["committee"]),
        ("both", 8, ["committee", "other"]),
        ("old", 31, ["committee"]),
    ]:
        send(client, wants=wants, statement=name)
        newest = Interest.objects.latest("pk")
        newest.received_at -= datetime.timedelta(days=days)
        newest.save()
    listed = officer.get(f"{LIST}?{asked}").text

    said = {
        each.statement for each in Interest.objects.all() if each.reference in listed
    }
    assert said == found


@pytest.mark.parametrize(
    "asked", ["state=nonsense", "topics__topic=999", "assignee=999", "age=x"]
)
def test_a_filter_that_means_nothing_takes_nothing_out(client, officer, home, asked):
    send(client)

    assert "There are no records" in officer.get(f"{LIST}export/?{asked}").text
