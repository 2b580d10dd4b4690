"""Anything any byte may be: no address, query or cookie makes an error of ours."""

import re
from urllib.parse import quote, unquote_to_bytes

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from trainings.models import TrainingIndexPage

# As they stand in an address; each is a way in which bytes were sent or went wrong.
HOSTILE = {
    "half an IPv6 address": "/[",
    "a letter that becomes a slash": "/%E2%84%80",
    "NUL": "%00",
    "NUL amid words": "a%00b",
    "NUL escaped twice": "%2500",
    "invalid UTF-8": "%ff%fe",
    "a cut character": "%c3",
    "overlong slash": "%c0%af",
    "a surrogate": "%ed%a0%80",
    "a surrogate, escaped": "%5Cud800",
    "octal NUL": "%5C000",
    "a quotation mark": "%22",
    "an apostrophe": "%27%20OR%201=1--",
    "a percent sign alone": "%",
    "line breaks": "a%0d%0aSet-Cookie:%20x=y",
    "a word of another script": quote("ﷺ‮ſ𝔘"),
    "more than any column": "a" * 3000,
    "a number past every column": "9" * 40,
    "a negative number": "-1",
    "dots": "..%2f..%2fetc%2fpasswd",
    "an address": "%2f%2fevil.example",
    "nothing": "",
}
EVERY_KIND = pytest.mark.parametrize("sent", HOSTILE.values(), ids=HOSTILE)
PARAMETERS = ["for", "kind", "topic", "language", "not_in", "q", "p", "next", "x"]


@pytest.fixture
def visitor(site, db):
    return Client(raise_request_exception=False)


def patterns(resolver, prefix=""):
    """Every pattern of the portal with its whole route, the admin's aside."""
    for each in resolver.url_patterns:
        route = prefix + str(each.pattern)
        if isinstance(each, URLResolver):
            if not route.startswith("admin/"):
                yield from patterns(each, route)
        elif isinstance(each, URLPattern):
            yield route


# A place in a route: a converter, or a group of a regular expression.
PLACE = re.compile(r"<[^>]+>|\(\(\?:[^)]*\)\*\)|\([^)]*\)")


def filled(route, sent):
    """An address that a route answers to, with bytes in each of its places."""
    parts = PLACE.split(route.replace("^", "").replace("$", ""))
    return "/" + sent.join(parts).lstrip("/")


def asked(client, path, query="", **extra):
    """What is answered to an address that is sent as it is, byte by byte."""
    raw = unquote_to_bytes(path.replace("?", "%3F")).decode("latin-1")
    return client.get("/", PATH_INFO=raw, QUERY_STRING=query, **extra)


@EVERY_KIND
def test_in_every_address(visitor, sent):
    routes = set(patterns(get_resolver()))
    assert {"for/<slug:slug>/", "robots.txt"} <= {route.lstrip("/") for route in routes}
    paths = {filled(route, sent) for route in routes}
    paths |= {f"/{sent}", f"/{sent}/", f"/es/{sent}/", f"/for/{sent}/"}
    paths |= {f"/topics/{sent}/", f"/documents/1/{sent}", f"/documents/{sent}/a.pdf"}
    paths |= {f"/media/{sent}", f"/static/{sent}", f"/admin/{sent}"}

    for path in sorted(paths):
        response = asked(visitor, path)
        assert response.status_code < 500, path[:80]


@EVERY_KIND
def test_in_every_parameter(visitor, site, sent):
    query = "&".join(f"{name}={sent}" for name in PARAMETERS)
    pages = ["/", site[TrainingIndexPage].url, "/no-such-page/", "/es/"]
    for path in [*pages, "/leave/", "/sitemap.xml", "/admin/login/", "/robots.txt"]:
        response = asked(visitor, path, query)
        assert response.status_code < 500, path


@EVERY_KIND
def test_as_the_name_of_a_parameter(visitor, sent):
    assert asked(visitor, "/", f"{sent}={sent}&{sent}").status_code < 500


@EVERY_KIND
def test_in_what_staff_search_for(editor, sent):
    assert_searched(editor, sent)


@pytest.mark.on_sqlite_too
@pytest.mark.parametrize("sent", ["%22", "a%22b%20NOT%20", "*%20-%20%5E:("])
def test_in_what_staff_search_for_on_either_database(editor, sent):
    assert_searched(editor, sent)


def assert_searched(editor, sent):
    editor.raise_request_exception = False
    for path in [
        "/admin/pages/search/",
        "/admin/images/",
        "/admin/documents/",
        "/admin/users/",
        "/admin/snippets/core/topic/",
        "/admin/redirects/",
        "/admin/reports/site-history/",
    ]:
        # The number of a page apart: a wrong one is answered before the rest is read.
        for names in [["q", "ordering", "locale", "collection_id"], ["p"]]:
            query = "&".join(f"{name}={sent}" for name in names)
            assert asked(editor, path, query).status_code < 500, f"{path}?{query}"


@pytest.mark.parametrize(
    "sent", ["abc", "9" * 40, "-1", "%00", "1.5", "", "%ff"], ids=lambda sent: sent[:9]
)
def test_in_what_staff_do_to_many_at_once(editor, sent):
    editor.raise_request_exception = False
    for act in [
        "wagtailcore/page/publish",
        "wagtailcore/page/move",
        "wagtailcore/page/delete",
        "accounts/user/assign_role",
        "wagtailimages/image/delete",
        "core/portalimage/delete",
        "core/topic/delete",
        "no/such/act",
    ]:
        response = asked(editor, f"/admin/bulk/{act}/", f"id={sent}")
        assert response.status_code < 500, act
    word = asked(editor, f"/admin/localize/submit/snippet/core/topic/{sent or 0}/")
    assert word.status_code < 500


@EVERY_KIND
def test_in_what_is_typed_to_sign_in(visitor, sent):
    body = f"username={sent}&password={sent}&next={sent}&remember={sent}"
    for content_type in ["application/x-www-form-urlencoded", "text/plain", sent]:
        response = visitor.post("/admin/login/", body, content_type)
        assert response.status_code < 500


@pytest.mark.parametrize(
    "cookie",
    [
        'sessionid="\\000"',
        'sessionid="a\\000b"',
        "sessionid=a\x00b",
        "sessionid=%00",
        "sessionid=\xff\xfe",
        'sessionid="',
        'csrftoken="\\000"',
        'messages="\\000"',
        "django_language=%00",
        "=;=;;",
        "sessionid=" + "a" * 5000,
    ],
)
def test_in_a_cookie(visitor, cookie):
    for path in ["/", "/admin/", "/admin/login/", "/no-such-page/"]:
        response = visitor.get(path, HTTP_COOKIE=cookie)
        assert response.status_code < 500, path


@pytest.mark.parametrize(
    ("path", "query"),
    [("/a%00", ""), ("/", "q=%00"), ("/", "q=\x00"), ("/", "q=%ff")],
)
def test_bytes_that_no_text_can_hold_are_400_in_our_words(visitor, path, query):
    response = asked(visitor, path, query)

    assert response.status_code == 400
    assert "We could not read that address" in response.text


def test_words_of_every_script_are_text(visitor):
    assert visitor.get(f"/{quote('ñandú')}/").status_code == 404
    assert asked(visitor, "/", f"q={quote('تدريب')}").status_code == 200


@EVERY_KIND
def test_in_headers_that_a_browser_sends(visitor, sent):
    for name in ["HTTP_ACCEPT_LANGUAGE", "HTTP_REFERER", "HTTP_IF_NONE_MATCH"]:
        assert visitor.get("/", **{name: sent}).status_code < 500
    for name in ["HTTP_IF_MODIFIED_SINCE", "HTTP_RANGE", "HTTP_X_FORWARDED_PROTO"]:
        assert visitor.get("/", **{name: sent}).status_code < 500
    assert visitor.get("/", headers={"host": sent or "x"}).status_code < 500
