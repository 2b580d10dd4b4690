"""Every page that says something asks whether it helped, and costs no more for it."""

import html5lib
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Locale

from contact.models import FeedbackReason
from home.models import HomePage
from tests.hostile import HOSTILE
from tests.laws.conftest import EVERY_PAGE_TYPE

STATES = ["", "?helpful=yes", "?helpful=no", "?helpful=noted", "?helpful=later"]
EVERY_STATE = pytest.mark.parametrize("state", STATES)


@pytest.fixture
def reasons(site, db):
    english = Locale.get_default()
    for text in ["It was hard to understand", "It was not in my language"]:
        FeedbackReason.objects.create(text=text, locale=english)


@EVERY_PAGE_TYPE
def test_it_asks_once_whether_it_helped(html, page_type):
    asked = html(page_type).count('id="feedback"')

    assert asked == (page_type is not HomePage)


@EVERY_STATE
@EVERY_PAGE_TYPE
def test_it_is_valid_and_within_25_queries_in_every_state(
    site, reasons, page_type, state
):
    address = site[page_type].url + state
    Client().get(address)  # fills what is looked up once in a process

    with CaptureQueriesContext(connection) as queries:
        response = Client().get(address)

    assert response.status_code == 200
    assert len(queries) <= 25
    assert not response.cookies
    html5lib.HTMLParser(strict=True).parse(response.text)


@EVERY_PAGE_TYPE
def test_the_question_costs_no_query(site, db, page_type):
    address = site[page_type].url
    Client().get(address)

    with CaptureQueriesContext(connection) as queries:
        Client().get(address)

    assert not [each for each in queries if "feedback" in each["sql"]]


@pytest.mark.parametrize("sent", HOSTILE.values(), ids=HOSTILE)
def test_an_answer_may_be_any_bytes(site, reasons, sent):
    visitor = Client(raise_request_exception=False)
    page = next(each.pk for each in site.values() if each.depth > 2)
    for body in [
        f"page={sent}&helpful={sent}&reason={sent}",
        f"page={page}&helpful={sent}&reason={sent}",
        f"page={page}&helpful=no&reason={sent}&{sent}={sent}",
        sent,
    ]:
        for content_type in ["application/x-www-form-urlencoded", "text/plain", sent]:
            response = visitor.post(
                "/feedback/", body, content_type, headers={"sec-fetch-site": "none"}
            )
            assert response.status_code < 500, body[:80]
    for name in ["sec-fetch-site", "origin", "referer", "x-forwarded-for"]:
        response = visitor.post("/feedback/", {"page": page}, headers={name: sent})
        assert response.status_code < 500, name
