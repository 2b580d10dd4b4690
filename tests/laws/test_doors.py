"""What people sent us is reached by those whose work it is, by every address there is."""

import pytest
from django.urls import get_resolver

from accounts.roles import ADMINISTRATOR, AUDITOR, EDITOR, INTAKE, PUBLISHER
from contact.models import Interest
from records.models import Event
from tests import people
from tests.hostile import filled, routes

INTERESTS = sorted(
    {each for each in routes(get_resolver()) if each.startswith("admin/interests/")}
)
TO_LOOK_AT = {
    "admin/interests/",
    "admin/interests/results/",
    "admin/interests/inspect/<int:pk>/",
    "admin/interests/find/",
}
METHODS = ["get", "head", "post", "put", "patch", "delete", "options"]
EVERY_DOOR = pytest.mark.parametrize("door", INTERESTS)


@pytest.fixture
def interest(home):
    return people.InterestFactory(statement="We help workers.")


def test_the_doors_are_those_of_the_portal():
    assert set(INTERESTS) > TO_LOOK_AT


@EVERY_DOOR
@pytest.mark.parametrize("role", [EDITOR, PUBLISHER, ADMINISTRATOR])
def test_who_edits_pages_reaches_nothing_of_it(client, interest, role, door):
    client.force_login(people.somebody(role))

    for method in METHODS:
        response = getattr(client, method)(filled(door, str(interest.pk)))
        assert response.status_code in {302, 403, 405}, method
        assert interest.reference not in response.text
    assert_untouched(interest)


@EVERY_DOOR
def test_who_is_not_signed_in_is_sent_to_sign_in(client, interest, door):
    for method in METHODS:
        response = getattr(client, method)(filled(door, str(interest.pk)))
        assert response.url.startswith("/admin/login/"), method
    assert_untouched(interest)


@EVERY_DOOR
def test_an_auditor_looks_and_changes_nothing(client, interest, door):
    client.force_login(people.somebody(AUDITOR))
    looked = client.get(filled(door, str(interest.pk)))
    assert (looked.status_code == 200) is (door in TO_LOOK_AT)

    sent = {"seen": 1, "text": "x", "to": "in_review"}
    response = client.post(filled(door, str(interest.pk)), sent)
    looked = {200, 422} if door in TO_LOOK_AT else set()
    assert response.status_code in {302, 403, 405} | looked
    assert {event.act for event in Event.objects.all()} <= {"read"}


@EVERY_DOOR
def test_an_intake_officer_finds_every_door_open(client, interest, door):
    client.force_login(people.somebody(INTAKE))

    response = client.get(filled(door, str(interest.pk)))
    assert response.status_code in {200, 405}


def assert_untouched(interest):
    assert not Event.objects.exists()
    assert Interest.objects.get().state == interest.state
