"""Staff find what a person sent by what that person says, and no trace stays in an address."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.roles import INTAKE
from contact.models import Interest
from tests import people

ADDRESS = "/admin/interests/find/"


@pytest.fixture
def interest(home):
    return people.InterestFactory(statement="We help workers.", phone="202-555-0143")


@pytest.fixture
def desk(client, home):
    client.force_login(people.somebody(INTAKE))
    return client


@pytest.mark.parametrize(
    "typed",
    ["{reference}", "ADA@example.org ", "(202) 555 0143", "lovelace", "Ada lovelace"],
)
def test_one_is_found_by_what_a_person_on_the_phone_says(desk, interest, typed):
    Interest.objects.filter(pk=interest.pk).update(
        phone_hash=people.exact_hash("202-555-0143", "phone")
    )
    other = people.InterestFactory(name="Grace Hopper", email="grace@example.org")
    asked = typed.format(reference=interest.reference.lower().replace("-", " "))
    response = desk.post(ADDRESS, {"found": asked})

    assert interest.reference in response.text
    assert other.reference not in response.text
    assert "no-store" in response["Cache-Control"]


@pytest.mark.parametrize("typed", ["\x00", "'", "%", "a" * 3000, "EOI-2222-2222", ""])
def test_looking_for_nonsense_finds_nothing_and_breaks_nothing(desk, interest, typed):
    response = desk.post(ADDRESS, {"found": typed})

    assert response.status_code in {200, 400, 422}
    assert interest.reference not in response.text


def test_a_slip_in_a_reference_is_named_and_kept(desk, interest):
    slipped = interest.reference[:-1] + ("2" if interest.reference[-1] != "2" else "3")
    response = desk.post(ADDRESS, {"found": slipped})

    assert response.status_code == 422
    assert "There is a typing error in this reference" in response.text
    assert f'value="{slipped}"' in response.text
    assert "Nothing was found" in desk.post(ADDRESS, {"found": "Eoin"}).text


def test_what_is_closed_or_held_apart_is_found_too(desk, interest):
    Interest.objects.update(state="closed", held_apart_at=timezone.now())
    response = desk.post(ADDRESS, {"found": "lovelace"})

    assert interest.reference in response.text
    assert "held apart as likely spam" in response.text


def test_a_name_that_many_have_costs_the_same_and_says_so(desk, interest):
    def ask():
        with CaptureQueriesContext(connection) as queries:
            text = desk.post(ADDRESS, {"found": "lovelace"}).text
        return len(queries), text

    people.copy(interest, 1, 10)
    ask()
    few, text = ask()
    assert "More than these" not in text
    people.copy(interest, 11, 100)
    many, text = ask()
    assert "More than these" in text
    assert many == few < 25
