"""Whatever somebody writes into a field reaches staff as it was, or is refused in words."""

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils.html import escape
from hypothesis import HealthCheck, example, given
from hypothesis import settings as effort
from hypothesis import strategies as st

from accounts.roles import INTAKE
from contact.models import Interest
from records.fields import SealedTextField
from records.normalise import tidy
from tests import people
from tests.interest import check, hidden

FIELDS = [
    field.name
    for field in Interest._meta.concrete_fields
    if isinstance(field, SealedTextField)
]


@pytest.fixture
def officer(home):
    return people.somebody(INTAKE)


# Nobody types NUL, and no browser keeps it in a page.
SIGNS = st.characters(exclude_categories=["Cs"], exclude_characters="\0")
TEXTS = st.text(SIGNS, max_size=300)


@effort(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(field=st.sampled_from(FIELDS), text=TEXTS)
@example(field="statement", text="{{ 7 }} {% csrf_token %} <script>alert(1)</script>")
@example(field="name", text="‮ſ\u200b\x0bé e\u0301 🇺🇸 ﷺ")
@example(field="post", text="a\rb\r\nc\u2028d\x85e")
def test_any_text_survives_or_is_refused_in_words(client, officer, field, text):
    cache.clear()  # or the limit for one address would be reached
    Interest.objects.all().delete()
    sent = {"phone": "202-555-0143", field: text}
    if field == "other_language":
        sent["preferred_language"] = "other"
    response = check(client, **sent)

    if response.status_code == 422:
        assert 'role="alert"' in response.text
        assert escape(text) in response.text
        return
    assert response.status_code == 200
    client.post("/interest/check/", hidden(response) | {"send": "yes"})
    kept = getattr(Interest.objects.get(), field)
    assert kept in {tidy(text), tidy(text).lower()}  # an address has small letters
    assert_read_by(officer, kept)


def assert_read_by(officer, kept):
    desk = Client()
    desk.force_login(officer)
    interest = Interest.objects.get()
    page = desk.get(f"/admin/interests/inspect/{interest.pk}/").text
    for line in kept.split("\n"):
        assert escape(line) in page
