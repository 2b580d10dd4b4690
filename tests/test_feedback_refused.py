"""Answers to "Was this page helpful?" that are not taken, and how the visitor learns it."""

import pytest
from django.core.cache import cache
from django.db import OperationalError, connection
from django.test import Client
from wagtail.models import Locale, Page, PageViewRestriction

from contact import feedback
from contact.models import PageFeedback
from core.models import LanguageSwitch
from tests import factories
from tests.answering import HERE, answer, counted


@pytest.fixture(autouse=True)
def empty_cache():
    cache.clear()


@pytest.fixture
def page(home):
    return factories.StandardPageFactory(parent=home, title="Detention")


@pytest.fixture
def visitor():
    return Client(enforce_csrf_checks=True, headers=HERE)


@pytest.mark.parametrize(
    ("headers", "taken"),
    [
        ({"sec-fetch-site": "same-origin"}, True),
        ({"sec-fetch-site": "none"}, True),
        ({"sec-fetch-site": "same-origin", "origin": "null"}, True),
        ({"origin": "http://testserver"}, True),
        ({"referer": "http://testserver/programs/"}, True),
        ({"sec-fetch-site": "cross-site", "origin": "http://testserver"}, False),
        ({"sec-fetch-site": "same-site"}, False),
        ({"sec-fetch-site": "SAME-ORIGIN, none"}, False),
        ({"origin": "https://evil.example"}, False),
        ({"origin": "http://testserver.evil.example"}, False),
        ({"origin": "http://testserver@evil.example"}, False),
        ({"origin": "null", "referer": "http://testserver/"}, False),
        ({"origin": "https://evil.example", "referer": "http://testserver/"}, False),
        ({"referer": "https://evil.example/?http://testserver/"}, False),
        ({"origin": "http://["}, False),
        ({}, False),
    ],
)
def test_only_a_page_of_ours_answers(page, headers, taken):
    visitor = Client(enforce_csrf_checks=True, headers=headers)
    response = answer(visitor, page, helpful="yes")

    assert response.status_code == (303 if taken else 403)
    assert bool(counted(page)) is taken
    if not taken:
        assert "We could not take your answer" in response.text
        assert "answer there" in response.text


@pytest.mark.parametrize(
    "name", ["next", "url", "back", "HTTP_REFERER", "return_to", "page_url"]
)
def test_the_way_back_is_the_page_whatever_is_sent(visitor, page, name):
    elsewhere = "https://evil.example/"
    response = visitor.post(
        f"/feedback/?{name}={elsewhere}",
        {"page": page.pk, "helpful": "yes", name: elsewhere},
        headers={"referer": elsewhere},
    )

    assert response.url == f"{page.url}?helpful=yes#feedback"


def private(page):
    PageViewRestriction.objects.create(
        page=page, restriction_type=PageViewRestriction.LOGIN
    )


def unpublished(page):
    Page.objects.filter(pk=page.pk).update(live=False)


def deleted(page):
    Page.objects.get(pk=page.pk).delete()


def in_a_language_not_public(page):
    spanish = Locale.objects.get_or_create(language_code="es")[0]
    Page.objects.filter(pk=page.pk).update(locale=spanish)
    LanguageSwitch.objects.update_or_create(locale=spanish, defaults={"public": False})


@pytest.mark.parametrize(
    "become", [private, unpublished, deleted, in_a_language_not_public]
)
def test_a_page_nobody_can_read_is_refused_kindly(visitor, home, page, become):
    become(page)

    response = answer(visitor, page.pk, helpful="yes")

    assert response.status_code == 404
    assert "no longer here" in response.text
    assert "Detention" not in response.text
    assert not PageFeedback.objects.exists()


@pytest.mark.parametrize("number", ["", "0", "-1", "9" * 40, "x", "1 or 1=1", "\x00"])
def test_a_page_there_never_was_is_refused_kindly(visitor, home, number):
    response = answer(visitor, number, helpful="yes")

    assert response.status_code == 404
    assert "no longer here" in response.text


def test_the_home_page_is_not_asked_about(visitor, home):
    assert answer(visitor, home, helpful="yes").status_code == 404


def test_an_answer_that_is_none_leads_back_and_counts_nothing(visitor, page):
    for sent in [{}, {"helpful": "maybe"}, {"helpful": "\x00"}, {"reason": "999999"}]:
        response = answer(visitor, page, **sent)
        assert response.url == f"{page.url}#feedback"
    assert not counted(page)


def test_whoever_comes_without_an_answer_is_led_home(visitor, home):
    response = visitor.get("/feedback/")

    assert (response.status_code, response.url) == (303, "/")
    assert visitor.put("/feedback/").status_code == 405


def test_too_many_answers_from_one_address_are_not_counted_and_say_so(
    visitor, page, monkeypatch
):
    monkeypatch.setattr(feedback, "ANSWERS", 2)
    for _ in range(5):
        response = answer(visitor, page, helpful="no")

    assert response.url == f"{page.url}?helpful=later#feedback"
    assert counted(page) == {(False, None): 2}
    assert "Try again in ten minutes" in visitor.get(response.url).text


def test_a_clinic_behind_one_address_gets_through(visitor, page):
    for _ in range(15 * 4):
        answer(visitor, page, helpful="yes")

    assert counted(page) == {(True, None): 60}


def test_with_the_database_down_the_visitor_reads_a_kind_page(page, monkeypatch):
    def down(*args, **kwargs):
        raise OperationalError("the server is gone")

    visitor = Client(headers=HERE, raise_request_exception=False)
    with monkeypatch.context() as patched:
        patched.setattr(connection, "cursor", down)
        response = answer(visitor, page, helpful="yes")

    assert response.status_code == 503
    assert "cannot answer right now" in response.text


def test_a_refusal_is_in_the_language_of_the_page(home, spanish):
    response = Client().post("/es/feedback/", {"page": "1"})

    assert response.status_code == 403
    assert "No pudimos recibir su respuesta" in response.text
