""" "Was this page helpful?": asked of everybody, counted, and nobody kept."""

import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.apps import apps
from django.core.cache import cache
from django.db import connection, connections
from django.test import Client
from wagtail.models import Locale, Page, Site

from contact.models import FeedbackReason, PageFeedback
from core.models import PortalSettings
from tests import factories
from tests.answering import HERE, answer, counted


@pytest.fixture(autouse=True)
def empty_cache():
    cache.clear()


@pytest.fixture
def page(home):
    return factories.StandardPageFactory(parent=home, title="Detention")


@pytest.fixture
def reason(english):
    return FeedbackReason.objects.create(text="It was hard to read", locale=english)


@pytest.fixture
def visitor():
    """Somebody without a cookie or a token, whose browser says where they come from."""
    return Client(enforce_csrf_checks=True, headers=HERE)


@pytest.mark.parametrize("helpful", ["yes", "no"])
def test_an_answer_is_counted_and_leads_back_to_the_place(visitor, page, helpful):
    response = answer(visitor, page, helpful=helpful)

    assert response.status_code == 303
    assert response.url == f"{page.url}?helpful={helpful}#feedback"
    assert counted(page) == {(helpful == "yes", None): 1}


def test_after_no_reasons_are_offered_and_a_person(visitor, page, reason, home):
    factories.ContactPageFactory(parent=home)
    numbers = PortalSettings.load()
    numbers.phone = "1-866-644-8360"
    numbers.save()

    back = visitor.get(answer(visitor, page, helpful="no").url).text

    assert 'id="feedback" tabindex="-1"' in back
    assert reason.text in back
    assert back.count('href="tel:+18666448360"') == 2  # there, and at the foot
    assert f'name="reason" value="{reason.pk}"' in back


def test_a_reason_is_counted_and_is_not_a_second_no(visitor, page, reason):
    answer(visitor, page, helpful="no")
    response = answer(visitor, page, reason=reason.pk)

    assert response.url == f"{page.url}?helpful=noted#feedback"
    assert counted(page) == {(False, None): 1, (False, reason.pk): 1}
    assert "Thank you for telling us" in visitor.get(response.url).text


def test_there_is_nothing_to_write_in(visitor, page, reason):
    for state in ["", "?helpful=yes", "?helpful=no", "?helpful=noted"]:
        text = visitor.get(page.url + state).text
        form = text[text.index('id="feedback"') :]
        form = form[: form.index("</main>")]
        assert "<textarea" not in form
        assert not re.findall(r'<input (?!type="hidden" name="page")', form)


def test_it_needs_no_cookie_and_no_token_and_gives_none(visitor, page):
    shown = visitor.get(page.url)
    answered = answer(visitor, page, helpful="yes")
    thanked = visitor.get(answered.url)

    for response in [shown, answered, thanked]:
        assert not response.cookies
        assert "Cookie" not in response.get("Vary", "")
    assert "csrf" not in shown.text
    assert answered.status_code == 303


def test_a_page_is_the_same_for_everybody(page):
    first, other = Client().get(page.url), Client().get(page.url)

    assert first.content == other.content
    assert "no-store" in Client(headers=HERE).post("/feedback/")["Cache-Control"]


def test_nothing_is_kept_but_counters(visitor, page, reason):
    def rows():
        return {
            model: model._default_manager.count()
            for model in apps.get_models()
            if model is not PageFeedback
        }

    before = rows()
    for _ in range(3):
        answer(visitor, page, helpful="no")
        answer(visitor, page, reason=reason.pk)

    assert rows() == before
    assert counted(page) == {(False, None): 3, (False, reason.pk): 3}
    assert {field.name for field in PageFeedback._meta.fields} == {
        "id",
        "page",
        "day",
        "helpful",
        "reason",
        "count",
    }


def test_a_spanish_page_offers_spanish_words_that_count_as_the_english(
    visitor, home, page, reason, spanish
):
    word = reason.copy_for_translation(spanish)
    word.text = "Fue difícil de leer"
    word.save()
    other = FeedbackReason.objects.create(
        text="It was too long", locale=Locale.get_default(), sort_order=1
    )
    translated = page.copy_for_translation(spanish)
    Page.objects.filter(pk=translated.pk).update(live=True)
    address = f"/es/{translated.slug}/"

    shown = visitor.get(address).text
    assert 'action="/es/feedback/"' in shown
    assert "¿Le sirvió esta página?" in shown
    asked = visitor.get(f"{address}?helpful=no").text
    assert "Fue difícil de leer" in asked
    assert reason.text not in asked
    assert (
        f'<span lang="en" dir="ltr">{other.text}</span>' in asked
    )  # not yet translated

    response = answer(visitor, translated, "/es/feedback/", reason=word.pk)

    assert response.url == f"{address}?helpful=noted#feedback"
    assert counted(translated) == {(False, reason.pk): 1}


def test_a_reason_no_longer_offered_is_not_shown_in_any_language(
    visitor, page, reason, spanish
):
    reason.copy_for_translation(spanish).save()
    FeedbackReason.objects.filter(pk=reason.pk).update(offered=False)

    assert reason.text not in visitor.get(f"{page.url}?helpful=no").text
    assert FeedbackReason.objects.offered_in("es") == []


def test_a_page_that_is_deleted_takes_its_counts_along(visitor, page):
    answer(visitor, page, helpful="yes")

    Page.objects.get(pk=page.pk).delete()

    assert not PageFeedback.objects.exists()


@pytest.mark.usefixtures("references")
def test_an_answer_is_no_use_of_the_page(visitor, page, reason, admin_client):
    answer(visitor, page, helpful="yes")
    usage = admin_client.get(f"/admin/pages/usage/{page.pk}/")

    assert "feedback" not in usage.text.lower()


@pytest.fixture
def committed_page(django_db_setup, django_db_blocker):
    """A page that other threads see too; taken away again with what was counted."""
    with django_db_blocker.unblock():
        above = Page.objects.filter(depth=2).first()
        page = above.add_child(instance=Page(title="Counted", slug="counted"))
        site, made = Site.objects.get_or_create(
            is_default_site=True, defaults={"hostname": "localhost", "root_page": above}
        )
        yield page
        Page.objects.get(pk=page.pk).delete()
        if made:
            site.delete()


def test_of_forty_answers_at_once_none_is_lost(committed_page):
    if connection.vendor != "postgresql":
        pytest.skip("one writer at a time, and a database in memory")

    def answer_five_times(_):
        visitor = Client(headers=HERE)
        said = [answer(visitor, committed_page, helpful="no") for _ in range(5)]
        connections.close_all()
        return {response.status_code for response in said}

    with ThreadPoolExecutor(8) as crowd:
        assert set.union(*crowd.map(answer_five_times, range(8))) == {303}

    assert counted(committed_page) == {(False, None): 40}
