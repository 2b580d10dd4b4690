"""What keeps visitors safe: headers, cookies, the way out, files."""

import gzip
import re

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from wagtail.models import Collection

from core.models import PortalDocument, PortalImage, PortalSettings
from tests import factories

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "SAMEORIGIN",
}


@pytest.fixture
def over_https(settings):
    """The settings that HTTPS=True makes, and a client that speaks it."""
    settings.SECURE_SSL_REDIRECT = True
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = True
    return Client()


@pytest.mark.parametrize(
    "path",
    ["/", "/no-such-page/", "/leave/", "/robots.txt", "/sitemap.xml", "/admin/login/"],
)
def test_every_answer_carries_the_safe_headers(home, client, path):
    response = client.get(path)

    assert {name: response[name] for name in HEADERS} == HEADERS
    assert "camera=()" in response["Permissions-Policy"]
    assert "default-src 'none'" in response["Content-Security-Policy"]


def test_over_https_only(home, over_https):
    plain = over_https.get("/?a=b")
    safe = over_https.get("/", secure=True)

    assert plain.status_code == 301
    assert plain.url == "https://testserver/?a=b"
    assert safe["Strict-Transport-Security"] == (
        "max-age=31536000; includeSubDomains; preload"
    )


def test_behind_a_proxy_that_ends_https_there_is_no_loop(home, over_https):
    forwarded = {"x-forwarded-proto": "https", "host": "testserver"}
    response = over_https.get("/", headers=forwarded)

    assert response.status_code == 200
    assert "img-src https://testserver/static/" in response["Content-Security-Policy"]


def test_cookies_of_staff_go_over_https_only_and_no_script_reads_the_session(
    home, over_https, administrator
):
    form = over_https.get("/admin/login/", secure=True)
    over_https.post(
        "/admin/login/",
        {"username": administrator.email, "password": "a long pass phrase"},
        secure=True,
    )
    session = over_https.cookies["sessionid"]

    assert form.cookies["csrftoken"]["secure"]
    assert session["secure"]
    assert session["httponly"]
    assert session["samesite"] == "Lax"


@pytest.mark.parametrize("method", ["get", "head", "post"])
def test_the_way_out_leads_away_at_once(home, method):
    client = Client(enforce_csrf_checks=True)
    response = getattr(client, method)("/leave/")

    if method == "post":  # it is a link: nothing on our pages sends this
        assert response.status_code in {303, 403, 405}
    else:
        assert response.status_code == 303
        assert response.url == "https://www.weather.gov/"
        assert "no-store" in response["Cache-Control"]
        assert not response.cookies
        assert response.content == b""


def test_the_way_out_leads_where_staff_have_said(home, client):
    numbers = PortalSettings.load()
    numbers.leave_url = "https://example.org/news"
    numbers.save()

    assert client.get("/leave/").url == "https://example.org/news"


@pytest.mark.parametrize("next_page", ["https://evil.example/", "//evil.example"])
def test_the_way_out_and_sign_in_lead_to_no_address_of_a_strangers_choosing(
    home, administrator, client, next_page
):
    assert client.get("/leave/", {"next": next_page}).url == "https://www.weather.gov/"
    response = client.post(
        "/admin/login/",
        {
            "username": administrator.email,
            "password": "a long pass phrase",
            "next": next_page,
        },
    )
    assert response.url == "/admin/"


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
@pytest.mark.parametrize("checked", [True, False])
def test_a_page_takes_nothing(home, method, checked):
    client = Client(enforce_csrf_checks=checked, raise_request_exception=False)
    response = getattr(client, method)("/")

    assert response.status_code in {403, 405}


def test_options_and_an_unheard_of_method_are_answered(home):
    client = Client(raise_request_exception=False)

    assert client.options("/").status_code < 500
    assert client.generic("BREW", "/").status_code < 500


@pytest.mark.parametrize("path", ["/", "/robots.txt", "/sitemap.xml", "/leave/"])
def test_head_says_what_get_says_without_the_words(home, client, path):
    got, head = client.get(path), client.head(path)

    assert head.status_code == got.status_code
    assert head.content == b""
    assert head.headers.get("Content-Type") == got.headers.get("Content-Type")


def test_a_compressed_page_is_still_asked_for_only_once(home, client):
    zipped = {"accept-encoding": "gzip"}
    first = client.get("/", headers=zipped)
    again = client.get("/", headers=zipped | {"if-none-match": first["ETag"]})

    assert first["Content-Encoding"] == "gzip"
    assert b"</html>" in gzip.decompress(first.content)
    assert first["ETag"].startswith('W/"')
    assert "Accept-Encoding" in first["Vary"]
    assert again.status_code == 304
    assert again.content == b""


def test_a_page_that_has_changed_is_sent_again(home, client):
    before = client.get("/")
    home.summary = "Another summary."
    home.save()

    after = client.get("/", headers={"if-none-match": before["ETag"]})

    assert after.status_code == 200
    assert "Another summary." in after.text


def test_no_date_alone_keeps_an_old_copy_alive(home, client):
    """
    A page also changes with alerts, words, menus and code, so no one day is its last.

    The ETag says whether it is the same; the sitemap and the page say when its facts changed.
    """
    response = client.get(
        "/", headers={"if-modified-since": "Fri, 01 Jan 2100 00:00:00 GMT"}
    )

    assert response.status_code == 200
    assert "Last-Modified" not in response


def test_only_pictures_come_from_where_uploads_lie(home, client):
    policy = client.get("/")["Content-Security-Policy"]
    naming = [part for part in policy.split(";") if "/media/" in part]

    assert len(naming) == 1
    assert naming[0].strip().startswith("img-src ")
    assert not re.search(r"script-src[^;]*'self'", policy)


@pytest.mark.parametrize(
    "name",
    [
        "law.pdf",
        "words.txt",
        "table.csv",
        "page.html",
        "sign.svg",
    ],
)
def test_a_file_is_downloaded_and_never_shown_in_our_origin(
    home, client, settings, tmp_path, name
):
    """Also one that got in under another name, or before its kind was refused."""
    settings.MEDIA_ROOT = tmp_path
    settings.STORAGES = settings.STORAGES | {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"}
    }
    document = PortalDocument(title="A file")
    document.file.save(name, ContentFile(b"<script>alert(1)</script>"))
    document.save()

    response = client.get(document.url)

    assert response.status_code == 200
    assert response["Content-Disposition"].startswith("attachment")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "default-src 'none'"


@pytest.mark.parametrize("name", ["page.html", "sign.svg", "run.exe", "law.pdf.html"])
def test_a_kind_of_file_that_can_act_is_not_taken(home, admin_client, name):
    admin_client.post(
        "/admin/documents/add/",
        {
            "title": "A file",
            "file": SimpleUploadedFile(name, b"<script>1</script>"),
            "collection": home_collection(),
        },
    )

    assert not PortalDocument.objects.exists()


def test_a_drawing_that_can_run_script_is_no_picture(home, admin_client):
    drawing = b'<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>'
    for name in ["sign.svg", "sign.png"]:
        admin_client.post(
            "/admin/images/add/",
            {
                "title": "A drawing",
                "description": "A drawing",
                "file": SimpleUploadedFile(name, drawing, "image/svg+xml"),
                "collection": home_collection(),
            },
        )

    assert not PortalImage.objects.exists()


def home_collection():
    return Collection.get_first_root_node().pk


def test_a_page_of_a_visitor_sets_no_cookie_and_starts_no_session(home, client):
    page = factories.ContactPageFactory(parent=home)
    for path in ["/", page.url, "/no-such-page/", "/leave/", "/sitemap.xml"]:
        response = client.get(path)
        assert not response.cookies, path
        assert "Cookie" not in response.get("Vary", ""), path


def test_an_address_that_no_text_can_hold_is_answered_as_safely(home, client):
    response = client.get("/%00")

    assert response.status_code == 400
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in response["Content-Security-Policy"]


def test_a_form_whose_token_is_lost_is_refused_in_our_words(home):
    response = Client(enforce_csrf_checks=True).post("/admin/login/")

    assert response.status_code == 403
    assert "go back and send it again" in response.text
