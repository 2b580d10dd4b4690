"""Staff enter letters, calls and talks; what they enter is kept like what the website takes."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.roles import INTAKE
from contact.models import Interest
from mailing.models import Mail
from records.models import Event, PrivacyNotice
from tests import people
from tests.interest import hidden

ADDRESS = "/admin/interests/enter/"
A_CALL = {
    "intake": "call",
    "received_on": "2026-11-02",
    "interpreter": "on",
    "wants": ["other"],
    "name": "Ana Flores",
    "phone": "202-555-0143 ext. 12",
    "message_is_safe": "no",
    "preferred_language": "es",
    "statement": "Asks for a talk\nin Spanish.",
}


@pytest.fixture
def officer(home):
    return people.somebody(INTAKE)


@pytest.fixture
def desk(client, officer):
    client.force_login(officer)
    return client


def enter(desk, **sent):
    carried = {"nonce": hidden(desk.get(ADDRESS))["nonce"]}
    return desk.post(ADDRESS, carried | A_CALL | sent, follow=True)


def test_a_call_is_kept_with_the_day_it_came_and_who_entered_it(desk, officer):
    response = enter(desk)

    call = Interest.objects.get()
    assert call.reference in response.text
    assert (call.intake, call.interpreter, call.entered_by) == ("call", True, officer)
    assert timezone.localdate(call.received_at).isoformat() == "2026-11-02"
    assert timezone.localdate(call.entered_at) == timezone.localdate()
    assert (call.name, call.statement) == ("Ana Flores", "Asks for a talk\nin Spanish.")
    assert call.reachable_by == "phone"
    assert call.message_is_safe is False
    received = Event.objects.get(act="received")
    assert received.actor == officer
    for words in ["Reached us on November 2, 2026", "an interpreter helped"]:
        assert words in response.text


def test_it_is_on_the_list_and_found_by_what_was_entered(desk):
    enter(desk)
    reference = Interest.objects.get().reference

    assert ADDRESS in desk.get("/admin/interests/").text
    for typed in ["(202) 555-0143 x12", "flores"]:
        assert reference in desk.post("/admin/interests/find/", {"found": typed}).text
    assert reference in desk.get("/admin/interests/", {"intake": "call"}).text


def test_whoever_has_an_address_is_told_in_the_language_they_prefer(desk):
    enter(desk, email="ana@example.org")

    mail = Mail.objects.get()
    assert (mail.to, mail.language) == ("ana@example.org", "es")


def test_nobody_was_shown_the_notice_of_the_website(desk):
    PrivacyNotice.objects.create(
        text="<p>Read this.</p>",
        state="approved",
        approved_by="A. Person",
        approved_on="2026-11-01",
    )
    enter(desk)

    assert Interest.objects.get().notice is None


@pytest.mark.parametrize(
    ("sent", "says"),
    [
        ({"intake": ""}, "Choose how it reached us"),
        ({"intake": "web"}, "Select a valid choice"),
        ({"received_on": ""}, "Enter the day it reached us"),
        ({"received_on": "Monday"}, "Enter a day such as"),
        ({"wants": []}, "Choose what they would like"),
        ({"name": ""}, "Enter the name"),
        ({"phone": ""}, "Enter one way to reach them"),
        ({"reachable_by": "post"}, "Enter their postal address"),
        ({"preferred_language": "other"}, "Enter the language they prefer"),
        ({"email": "nobody"}, "e-mail"),
        ({"statement": "a" * 2001}, "too long"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_everything_stays(desk, sent, says):
    response = enter(desk, organization="River Valley", **sent)

    assert response.status_code == 422
    assert says in response.text
    assert "River Valley" in response.text
    assert "Nothing is kept yet" in response.text
    assert not Interest.objects.exists()


def test_a_day_that_is_still_to_come_is_refused(desk):
    tomorrow = timezone.localdate() + timedelta(days=1)

    assert "still to come" in enter(desk, received_on=tomorrow.isoformat()).text
    assert not Interest.objects.exists()


def test_the_same_page_sent_twice_makes_one_record(desk):
    sent = {"nonce": hidden(desk.get(ADDRESS))["nonce"]} | A_CALL
    for _ in range(2):
        again = desk.post(ADDRESS, sent, follow=True)

    assert "kept before, once" in again.text
    other = desk.post(ADDRESS, sent | {"name": "Somebody else"})
    assert other.status_code == 422
    assert "kept before with other words" in other.text
    assert "Somebody else" in other.text
    assert Interest.objects.count() == 1
    assert Event.objects.filter(act="received").count() == 1


def test_every_input_has_a_label_and_no_answer_is_given_for_the_person(desk):
    text = desk.get(ADDRESS).text

    assert 'for="id_name"' in text
    assert "checked" not in text.split("<form")[-1].split("</form>")[0]
    assert "Your name" not in text
    assert "no-store" in desk.get(ADDRESS)["Cache-Control"]
