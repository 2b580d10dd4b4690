"""Anything any byte may be, in the admin too: no address that staff can send breaks it."""

import re
from urllib.parse import quote

import pytest
from django.urls import get_resolver
from wagtail.admin.views.bulk_action.registry import bulk_action_registry

from home.models import HomePage
from tests.factories import StandardPageFactory
from tests.hostile import EVERY_KIND, PLACE, asked, filled, routes
from tests.vocabulary import TopicFactory

ADMIN = sorted({each for each in routes(get_resolver()) if each.startswith("admin/")})
# Not asked: the way out of the session that asks.
ADMIN.remove("admin/logout/")
WORDS = re.compile(r"<(?!int:)")  # a place that takes more than numbers
NOT_KEYS = ["abc", "9" * 40, "-1", "1.5", "", "%D9%A3"]
SEARCHES = ["%22", "a%22b%20NOT%20", "*%20-%20%5E:(", "NEAR(%22", "%27%5C", "-"]
PARAMETERS = [
    "q",
    "search",
    "term",
    "ordering",
    "order_by",
    "locale",
    "collection_id",
    "tag",
    "page_type",
    "type",
    "object_type",
    "content_type",
    "title",
    "state",
    "user",
    "label",
    "timestamp_from",
    "since",
    "parent",
    "child_of",
    "page",
    "offset",
    "limit",
    "position",
    "width",
    "mode",
    "select_locale",
    "translation_of",
    "active",
]
LISTS = [
    "pages/search/",
    "choose-page/search/",
    "pages/",
    "images/chooser/results/",
    "images/",
    "documents/",
    "users/",
    "pages/search/results/",
    "documents/chooser/results/",
    "interests/",
    "mails/",
    "redirects/",
    "snippets/core/topic/",
    "snippets/choose/core/topic/results/",
    "localize/reports/translations/",
    "reports/site-history/",
    "choose-page/",
    "tag-autocomplete/",
]
API = ["pages", "images", "documents"]


@pytest.fixture
def staff(editor):
    """An administrator, who sees what a browser would see, and no exception."""
    editor.raise_request_exception = False
    return editor


def assert_answered(client, path, query=""):
    response = asked(client, path, query)
    assert response.status_code < 500, f"{path[:90]}?{query[:90]}"
    return response


@pytest.mark.parametrize("sent", ["9" * 40, "9" * 18], ids=len)
def test_no_number_breaks_an_address(staff, sent):
    for route in ADMIN:
        if PLACE.search(route):
            assert_answered(staff, filled(route, sent))


@pytest.mark.parametrize("sent", ["abc", "%22", "1.5", "%C2%B2", "a" * 300, "%ff"])
def test_no_word_breaks_an_address_that_takes_words(staff, sent):
    for route in ADMIN:
        if WORDS.search(route):
            assert_answered(staff, filled(route, sent))
    for address in [
        f"localize/submit/snippet/core/topic/{sent}/",
        f"localize/api/snippets/core/topic/{sent}/",
        f"editing-sessions/ping/wagtailcore/page/{sent}/1/",
        f"pages/add/home/{sent}/1/",
        f"pages/usage/home/{sent}/",
        f"settings/core/{sent}/",
    ]:
        assert_answered(staff, f"/admin/{address}")


@pytest.mark.parametrize("sent", ["%22", "9" * 18, "abc"])
def test_no_parameter_breaks_what_staff_open(staff, site, sent):
    """Of pages, those of the home page; of most other things there is none."""
    query = "&".join(f"{name}={sent}" for name in PARAMETERS)
    for route in ADMIN:
        assert_answered(staff, filled(route, str(site[HomePage].pk)), query)


@EVERY_KIND
def test_nothing_breaks_a_list(staff, sent):
    query = "&".join(f"{name}={sent}" for name in ["q", "tag", "ordering", "user"])
    for each in LISTS[::3]:
        assert_answered(staff, f"/admin/{each}", query)


@pytest.mark.parametrize("sent", [*NOT_KEYS, "9" * 19])
def test_no_page_of_a_list_breaks_it(staff, sent):
    for each in [*LISTS, "workflows/list/", "workflows/edit/1/"]:
        assert_answered(staff, f"/admin/{each}", f"p={sent}")


@pytest.mark.parametrize("sent", SEARCHES)
@pytest.mark.on_sqlite_too
def test_no_search_breaks_it(staff, sent):
    """SQLite has a language of its own for searches."""
    for each in LISTS:
        assert_answered(staff, f"/admin/{each}", f"q={sent}&term={sent}")
    for each in API:
        found = assert_answered(staff, f"/admin/api/main/{each}/", f"search={sent}")
        assert found.status_code == 200


@pytest.mark.on_sqlite_too
def test_a_search_finds_what_is_between_quotation_marks(staff, site):
    StandardPageFactory(parent=site[HomePage], title="The quokka’s “leave”")

    for path in ["/admin/pages/search/", "/admin/choose-page/search/"]:
        found = staff.get(path, {"q": '"quokka'})
        assert "The quokka’s" in found.text


@pytest.mark.on_sqlite_too
def test_more_than_any_list_compares_is_refused(staff):
    response = staff.get("/admin/reports/site-history/", {"label": "a" * 60_000})

    assert response.status_code == 400


@pytest.mark.on_sqlite_too
@pytest.mark.parametrize("sent", NOT_KEYS)
def test_what_is_no_key_is_refused_where_many_are_chosen(staff, sent):
    bulk_action_registry._scan_for_bulk_actions()
    paths = [
        f"bulk/{label}/{model}/{act}/"
        for label, models in bulk_action_registry.actions.items()
        for model, acts in models.items()
        for act in acts
    ]
    assert {"bulk/wagtailcore/page/publish/", "bulk/accounts/user/assign_role/"} <= set(
        paths
    )
    choosers = [f"{each}/chooser/chosen-multiple/" for each in ["images", "documents"]]
    for path in [*paths, *choosers, "choose-page/chosen-multiple/"]:
        response = asked(staff, f"/admin/{path}", f"id={sent}")
        assert response.status_code == 400, path
        assert "We could not read that address" in response.text
        assert_answered(staff, f"/admin/{path}", f"id=all&q={sent}&childOf={sent}")


@pytest.mark.on_sqlite_too
@pytest.mark.parametrize("sent", NOT_KEYS)
def test_what_is_no_key_is_nowhere_in_an_address(staff, sent):
    for address in [
        "localize/submit/snippet/core/topic/{}/",
        "documents/chooser/chosen/{}/",
        "snippets/choose/core/topic/chosen/{}/",
        "pages/{}/edit/",
    ]:
        path = "/admin/" + address.format(sent or "%20")
        assert asked(staff, path).status_code == 404, path


@pytest.mark.on_sqlite_too
def test_what_is_a_key_is_found_as_before(staff, site):
    word = TopicFactory()
    page = site[HomePage]

    for path in [
        f"/admin/localize/submit/snippet/core/topic/{word.pk}/",
        f"/admin/snippets/choose/core/topic/chosen/{word.pk}/",
        f"/admin/bulk/wagtailcore/page/publish/?id={page.pk}&next=/admin/pages/",
        f"/admin/pages/{page.pk}/edit/?next=/admin/&p=1",
    ]:
        assert staff.get(path, follow=True).status_code == 200, path


@pytest.mark.parametrize("sent", ["abc", "%22", "wagtailadmin_home", quote("ñ")])
def test_a_way_on_that_is_no_address_is_refused(staff, site, sent):
    assert asked(staff, "/admin/login/", f"next={sent}").status_code == 400
    page = site[HomePage]
    body = {"action-unpublish": "x", "next": sent}
    for act in ["unpublish", "lock", "unlock"]:
        response = staff.post(f"/admin/pages/{page.pk}/{act}/", body)
        assert response.status_code < 500, act
