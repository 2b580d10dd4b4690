"""Anything any byte may be: no address, query or cookie makes an error of ours."""

from urllib.parse import quote

import pytest
from django.test import Client
from django.urls import get_resolver

from home.models import HomePage
from tests.factories import StandardPageFactory
from tests.hostile import EVERY_KIND, asked, filled, routes
from trainings.models import TrainingIndexPage

PARAMETERS = ["for", "kind", "topic", "language", "not_in", "q", "p", "next", "x"]


@pytest.fixture
def visitor(site, db):
    return Client(raise_request_exception=False)


@EVERY_KIND
def test_in_every_address(visitor, sent):
    public = {each for each in routes(get_resolver()) if not each.startswith("admin/")}
    assert {"for/<slug:slug>/", "robots.txt"} <= {route.lstrip("/") for route in public}
    paths = {filled(route, sent) for route in public}
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


@pytest.mark.on_sqlite_too
@pytest.mark.parametrize(
    ("path", "query", "cookie"),
    [
        ("/a%00", "", ""),
        ("/%ff", "", ""),
        ("/a%c3/", "", ""),
        ("/es/%ed%a0%80/", "", ""),
        ("/admin/%ff/", "", ""),
        ("/", "q=%00", ""),
        ("/", "q=\x00", ""),
        ("/", "q=%ff", ""),
        ("/", "q=\xff", ""),
        ("/", "", "sessionid=\xff\xfe"),
        ("/", "", "sessionid=a\x00b"),
        ("/", "", 'sessionid="a\\000b"'),
        ("/", "", "other=\xc3; sessionid=a"),
    ],
)
def test_bytes_that_no_text_can_hold_are_400_in_our_words(visitor, path, query, cookie):
    response = asked(visitor, path, query, HTTP_COOKIE=cookie)

    assert response.status_code == 400
    assert "We could not read that address" in response.text


@pytest.mark.on_sqlite_too
def test_words_of_every_script_are_text(visitor):
    word = quote("ñandú تدريب")
    assert asked(visitor, f"/{word}/").status_code == 404
    assert asked(visitor, "/", f"q={word}").status_code == 200
    cookie = "seen=ñandú تدريب".encode().decode("latin-1")
    assert asked(visitor, "/", HTTP_COOKIE=cookie).status_code == 200


def test_a_page_whose_address_is_of_another_script_is_found(visitor, site):
    page = StandardPageFactory(parent=site[HomePage], slug="ñandú")

    assert asked(visitor, page.url).status_code == 200


@EVERY_KIND
def test_in_headers_that_a_browser_sends(visitor, sent):
    for name in ["HTTP_ACCEPT_LANGUAGE", "HTTP_REFERER", "HTTP_IF_NONE_MATCH"]:
        assert visitor.get("/", **{name: sent}).status_code < 500
    for name in ["HTTP_IF_MODIFIED_SINCE", "HTTP_RANGE", "HTTP_X_FORWARDED_PROTO"]:
        assert visitor.get("/", **{name: sent}).status_code < 500
    assert visitor.get("/", headers={"host": sent or "x"}).status_code < 500
