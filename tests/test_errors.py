"""When something is broken: what a visitor still gets."""

import json
import logging
import re
import subprocess
import sys
from pathlib import Path

import html5lib
import pytest
import yaml
from django.conf import settings as portal
from django.contrib.staticfiles import finders
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.db import InterfaceError, OperationalError
from django.template import engines
from django.templatetags.static import static
from django.test import Client
from wagtail.models import Page

from core import redirects

ROOT = Path(portal.BASE_DIR)
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
STANDALONE = ["400.html", "500.html", "503.html"]
# Asked of a portal whose database is out of reach; the second part is what is answered.
DOWN = {
    "/": 503,
    "/es/": 503,  # asked for in middleware already
    "/no-such-page/": 503,
    "/for/workers/": 503,
    "/sitemap.xml": 503,
    "/admin/login/": 500,  # its files are gone too
    "/admin/": 302,
    "/robots.txt": 200,
    "/leave/": 303,
    "/%00": 400,
}
ASK = """
import json, sys, django
django.setup()
from django.test import Client
client = Client(raise_request_exception=False, headers={"host": "portal.example.gov"})
answers = {}
for path in json.loads(sys.argv[1]):
    response = client.get(path)
    answers[path] = [response.status_code, dict(response.headers), response.text]
print(json.dumps(answers))
"""


@pytest.fixture
def visitor():
    """A client that sees what a browser would see, and no exception."""
    return Client(raise_request_exception=False)


@pytest.fixture
def broken(monkeypatch):
    """Make every page fail, in a way of the test's choosing."""

    def break_with(fault):
        def fail(*args, **kwargs):
            raise fault

        monkeypatch.setattr(Page, "route_for_request", fail)

    return break_with


@pytest.fixture(scope="module")
def without_database(tmp_path_factory):
    """Answers of the production settings, with neither a database nor static files."""
    empty = tmp_path_factory.mktemp("empty")
    asked = subprocess.run(
        [sys.executable, "-c", ASK, json.dumps(list(DOWN))],
        cwd=ROOT,
        env={
            "PATH": "",
            "DJANGO_SETTINGS_MODULE": "crcl_portal.settings",
            "SECRET_KEY": "x",
            "FIELD_KEYS": "dGVzdHMgb25seSwgbmV2ZXIgaW4gcHJvZHVjdGlvbiE=",
            "ALLOWED_HOSTS": "portal.example.gov",
            "BASE_URL": "http://portal.example.gov",
            "DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none",
            "STATIC_ROOT": str(empty),
            "DEBUG": "False",
            "HTTPS": "False",
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert asked.returncode == 0, asked.stderr
    return json.loads(asked.stdout.splitlines()[-1])


@pytest.mark.parametrize("path", DOWN)
def test_with_the_database_down_every_address_answers(without_database, path):
    status, headers, text = without_database[path]

    assert status == DOWN[path]
    assert "Traceback" not in text
    if status == 503:
        assert "1-866-644-8360" in text
        assert headers["Retry-After"] == "60"
        assert "default-src 'none'" in headers["Content-Security-Policy"]


def test_the_way_out_works_with_the_database_down(without_database):
    status, headers, _ = without_database["/leave/"]

    assert status == 303
    assert headers["Location"] == "https://www.weather.gov/"


@pytest.mark.parametrize("fault", [OperationalError("gone"), InterfaceError("closed")])
def test_a_database_that_does_not_answer_is_503_and_says_when_to_come_back(
    home, visitor, broken, fault
):
    broken(fault)
    response = visitor.get("/")

    assert response.status_code == 503
    assert response["Retry-After"] == "60"
    assert "The site cannot answer right now" in response.text


def test_a_fault_of_ours_is_500_without_what_was_in_it(home, visitor, broken):
    broken(ValueError("a secret word"))
    response = visitor.get("/")

    assert response.status_code == 500
    assert "It is our fault, not yours" in response.text
    assert "a secret word" not in response.text
    assert "default-src 'none'" in response["Content-Security-Policy"]
    assert response["X-Content-Type-Options"] == "nosniff"


def test_a_fault_while_redirects_are_looked_up_is_answered(home, visitor, monkeypatch):
    def fail(request):
        raise OperationalError("gone")

    monkeypatch.setattr(redirects, "for_request", fail)

    assert visitor.get("/no-such-page/").status_code == 503


def test_without_a_manifest_a_page_is_a_500_that_is_readable(
    home, visitor, settings, tmp_path
):
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = settings.STORAGES | {"staticfiles": portal_storage()}

    for path in ["/", "/no-such-page/"]:
        response = visitor.get(path)
        assert response.status_code == 500
        assert "1-866-644-8360" in response.text


def portal_storage():
    return {
        "BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage",
    }


@pytest.mark.parametrize("name", STANDALONE)
def test_the_last_pages_ask_nothing_of_anybody(name, django_db_blocker):
    """Rendered without request, database or manifest, and valid."""
    text = engines["django"].get_template(name).render()

    html5lib.HTMLParser(strict=True).parse(text)
    assert "{" not in text
    assert not re.search(r'style="|<style|<script', text)
    for path in re.findall(r'(?:href|src)="/static/([^"]+)"', text):
        assert finders.find(path), f"{path} is not there"


@pytest.mark.parametrize("name", STANDALONE)
def test_the_last_pages_give_the_numbers_of_the_settings(name):
    """They cannot ask the database, so they must not drift from it."""
    numbers = yaml.safe_load((ROOT / "content" / "settings.yaml").read_text())
    text = (ROOT / "templates" / name).read_text()
    digits = re.sub(r"\D", "", numbers["phone"])

    assert re.findall(r'href="tel:([^"]+)"', text) == [f"+{digits}"]
    assert f'<bdi dir="ltr">{numbers["phone"]}</bdi>' in text
    assert f'href="{numbers["complaint_url"]}"' in text


def test_a_host_that_is_not_ours_is_400_without_a_traceback(home, visitor, caplog):
    caplog.set_level(logging.CRITICAL, "django.security")
    response = visitor.get("/", headers={"host": "evil.example.org"})

    assert response.status_code == 400
    assert "We could not read that address" in response.text
    assert "evil.example.org" not in response.text
    assert "default-src 'none'" in response["Content-Security-Policy"]


def test_nothing_there_is_404_with_ways_on_and_the_policy(home, visitor):
    response = visitor.get("/no-such-page/")

    assert response.status_code == 404
    assert "We cannot find that page" in response.text
    assert '<meta name="robots" content="noindex">' in response.text
    assert "canonical" not in response.text
    assert "script-src http://testserver/static/" in response["Content-Security-Policy"]
    html5lib.HTMLParser(strict=True).parse(response.text)


def test_what_somebody_may_not_open_is_403_in_our_words(home, visitor, broken):
    broken(PermissionDenied())
    response = visitor.get("/")

    assert response.status_code == 403
    assert "You cannot open this page" in response.text
    html5lib.HTMLParser(strict=True).parse(response.text)


@pytest.fixture(scope="module")
def collected(tmp_path_factory):
    """The static files of the project as production has them, under hashed names."""
    return tmp_path_factory.mktemp("collected")


@pytest.fixture
def production(collected, settings):
    """The static files of production: a name that is not in the manifest is an error."""
    settings.STATIC_ROOT = collected
    settings.STORAGES = settings.STORAGES | {"staticfiles": portal_storage()}
    if not (collected / "staticfiles.json").exists():
        call_command("collectstatic", interactive=False, verbosity=0)


def test_every_template_and_every_file_it_names_is_there_in_production(production):
    missing = {}
    for path in TEMPLATES:
        engines["django"].get_template(str(path.relative_to(ROOT / "templates")))
        for name in re.findall(r'{% static "([^"]+)"', path.read_text()):
            try:
                static(name)
            except ValueError as fault:
                missing[path.name, name] = str(fault)

    assert missing == {}


@pytest.mark.parametrize(
    ("path", "status"), [("/", 200), ("/no-such-page/", 404), ("/admin/login/", 200)]
)
def test_pages_render_under_the_static_files_of_production(
    home, production, visitor, path, status
):
    response = visitor.get(path)

    assert response.status_code == status
    assert re.search(r"/static/\w+/[\w/]+\.[0-9a-f]{12}\.", response.text)


def test_a_403_renders_under_the_static_files_of_production(
    home, production, visitor, broken
):
    broken(PermissionDenied())

    assert visitor.get("/").status_code == 403
