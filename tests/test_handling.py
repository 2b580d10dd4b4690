"""Staff handle what people sent: read, assign, note, move on, take out of quarantine."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, given
from hypothesis import settings as effort
from hypothesis import strategies as st

from accounts.roles import EDITOR, INTAKE
from contact.handling import ChangedMeanwhile, move_interest
from contact.models import Interest
from mailing.models import Mail
from records.models import Event
from tests import people
from tests.people import somebody
from tests.reading import cost

ADDRESS = "/admin/interests/"


@pytest.fixture
def interest(home):
    return people.InterestFactory(statement="We help workers.", phone="202-555-0143")


@pytest.fixture
def officer(home):
    return somebody(INTAKE)


@pytest.fixture
def desk(client, officer):
    client.force_login(officer)
    return client


def do(client, interest, act, **sent):
    interest.refresh_from_db()
    sent = {"seen": interest.version} | sent
    return client.post(f"{ADDRESS}{act}/{interest.pk}/", sent, follow=True)


def acts(interest):
    return [event.act for event in Event.objects.about(interest)]


def test_the_list_shows_what_came_and_nothing_personal(desk, interest):
    text = desk.get(ADDRESS).text

    assert interest.reference in text
    for personal in ["Ada Lovelace", "ada@example.org", "We help workers."]:
        assert personal not in text


def test_reading_one_is_an_event_and_shows_everything(desk, interest, officer):
    response = desk.get(f"{ADDRESS}inspect/{interest.pk}/")

    for words in ["Ada Lovelace", "ada@example.org", "We help workers.", "leave none"]:
        assert words in response.text
    assert "no-store" in response["Cache-Control"]
    assert Event.objects.get().actor == officer
    assert acts(interest) == ["read"]


@pytest.mark.on_sqlite_too
def test_from_arrival_to_the_end(desk, interest, officer):
    do(desk, interest, "assign", to=officer.pk)
    do(desk, interest, "move", to="in_review")
    do(desk, interest, "note", text="Called; nobody answered.")
    do(desk, interest, "move", to="decided", outcome="invited")
    response = do(desk, interest, "move", to="closed")

    interest.refresh_from_db()
    assert (interest.state, interest.outcome) == ("closed", "invited")
    assert interest.assignee == officer
    assert "Called; nobody answered." in response.text
    assert [act for act in acts(interest) if act != "read"] == [
        "assigned",
        "moved",
        "note",
        "moved",
        "moved",
    ]


@pytest.mark.parametrize(
    ("state", "sent", "says"),
    [
        ("received", {"to": "closed"}, "cannot go there"),
        ("received", {"to": "nowhere"}, "cannot go there"),
        ("in_review", {"to": "decided"}, "Choose what was decided"),
        ("in_review", {"to": "decided", "outcome": "declined"}, "why it is declined"),
        ("closed", {"to": "in_review"}, "why it is opened again"),
    ],
)
def test_what_the_rules_refuse_is_said_and_what_was_typed_stays(
    desk, interest, state, sent, says
):
    Interest.objects.update(state=state)
    response = do(desk, interest, "move", **sent)

    assert response.status_code == 409
    assert says in response.text
    interest.refresh_from_db()
    assert interest.state == state
    assert acts(interest) == []


def test_who_comes_second_keeps_their_words(desk, interest):
    do(desk, interest, "move", to="in_review")
    response = do(desk, interest, "move", seen=1, to="awaiting_reply", text="I wrote.")

    assert response.status_code == 409
    assert "Somebody else has changed this" in response.text
    assert "I wrote." in response.text


@pytest.fixture
def committed_desks(django_db_setup, django_db_blocker):
    """Five windows in which one officer is signed in, also for other threads."""
    with django_db_blocker.unblock():
        officer = somebody(INTAKE)
        desks = [Client() for _ in range(5)]
        for desk in desks:
            desk.force_login(officer)
        yield desks
        for desk in desks:
            desk.logout()
        officer.delete()


def test_of_those_who_act_at_once_one_is_heard_and_the_others_are_told(
    committed_desks, committed
):
    interest = people.InterestFactory()
    together = threading.Barrier(len(committed_desks))

    def act(desk):
        together.wait()
        address = f"{ADDRESS}move/{interest.pk}/"
        try:
            return desk.post(address, {"seen": 1, "to": "in_review"}).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(len(committed_desks)) as officers:
        codes = sorted(officers.map(act, committed_desks))

    assert codes == [302, 409, 409, 409, 409]
    assert [event.act for event in Event.objects.about(interest)] == ["moved"]


def test_only_who_may_handle_interests_is_given_one(desk, interest):
    editor = somebody(EDITOR)
    response = do(desk, interest, "assign", to=editor.pk)
    assert "may not handle" in response.text
    for nobody in ["x", "9" * 40, "-1"]:
        assert do(desk, interest, "assign", to=nobody).status_code in {404, 409}

    interest.refresh_from_db()
    assert interest.assignee is None


def test_likely_spam_stands_apart_until_somebody_takes_it_in(desk, interest):
    Interest.objects.update(
        held_apart_at=timezone.now(), suspicion="many_links", written_in="en"
    )
    assert interest.reference not in desk.get(ADDRESS).text
    assert interest.reference in desk.get(f"{ADDRESS}?held_apart=true").text
    assert Mail.objects.count() == 0

    do(desk, interest, "rescue")
    assert interest.reference in desk.get(ADDRESS).text
    assert Mail.objects.get().about == interest.reference


@pytest.mark.parametrize("asked", ["", "?state=received&p=3"])
def test_the_list_costs_the_same_for_200_and_10000_records(desk, interest, asked):
    people.copy(interest, 1, 200)
    cost(desk, ADDRESS + asked)
    few = cost(desk, ADDRESS + asked)
    people.copy(interest, 201, 10_000)

    assert cost(desk, ADDRESS + asked) == few
    assert few < 25


@pytest.mark.parametrize(
    "door",
    ["new/", "edit/{}/", "delete/{}/", "copy/{}/", "history/{}/", "usage/{}/"],
)
def test_wagtails_own_doors_are_not_there(admin_client, interest, door):
    assert admin_client.get(ADDRESS + door.format(interest.pk)).status_code == 404


def test_the_list_is_not_handed_out_as_a_file(desk, interest):
    for kind in ["csv", "xlsx"]:
        response = desk.get(f"{ADDRESS}?export={kind}")
        assert response["Content-Type"].startswith("text/html")


@effort(
    max_examples=30,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    steps=st.lists(
        st.tuples(
            st.sampled_from(Interest.State.values),
            st.sampled_from(["", *Interest.Outcome.values]),
            st.sampled_from(["", "A reason"]),
            st.booleans(),
        ),
        max_size=12,
    )
)
def test_no_sequence_of_acts_reaches_a_wrong_state_or_loses_an_event(officer, steps):
    interest, moved = people.InterestFactory(), 0
    for to, outcome, why, stale in steps:
        interest.refresh_from_db()
        before, seen = interest.state, interest.version - (1 if stale else 0)
        try:
            move_interest(
                interest.pk, seen=seen, to=to, outcome=outcome, why=why, by=officer
            )
        except (ValidationError, ChangedMeanwhile):
            continue
        moved += 1
        assert not stale
        assert to in Interest.MOVES[before]

    interest.refresh_from_db()
    assert acts(interest) == ["moved"] * moved
    assert interest.version == 1 + moved
    assert (interest.state == "decided") <= bool(interest.outcome)


def test_what_was_done_is_told_in_words(desk, interest, officer):
    do(desk, interest, "assign", to=officer.pk)
    do(desk, interest, "move", to="in_review")
    do(desk, interest, "move", to="decided", outcome="listed")
    page = do(desk, interest, "assign", to="").text

    for words in [
        f"Assigned to {officer}",
        "Now in review",
        "Now decided: On the list of stakeholders",
        "Assigned to nobody",
        "English",
    ]:
        assert words in page
