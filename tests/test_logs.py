"""The log tells what was done, in lines that machines read, and nothing of whom."""

import io
import json
import logging
import re

import pytest
from django.contrib.auth.views import PasswordResetConfirmView
from django.test import Client
from wagtail.models import Page

from accounts.roles import ADMINISTRATOR, INTAKE
from core.logs import JsonLines
from tests import people


@pytest.fixture
def log():
    """What the portal's own handler would print."""
    said = io.StringIO()
    handler = logging.StreamHandler(said)
    handler.setFormatter(JsonLines())
    loggers = [logging.getLogger(), logging.getLogger("django")]
    for each in loggers:
        each.addHandler(handler)
    yield lambda: [json.loads(line) for line in said.getvalue().splitlines()]
    for each in loggers:
        each.removeHandler(handler)


def test_each_request_leaves_one_line_under_the_id_it_is_answered_with(
    home, client, log
):
    response = client.get("/search/?q=secret", headers={"user-agent": "somebody"})

    (line,) = log()
    ms = line.pop("ms")
    assert line.pop("at").endswith("+00:00")
    assert line == {
        "level": "INFO",
        "logger": "portal.requests",
        "message": f"GET /search/ 200 {ms} ms",
        "request": response["X-Request-ID"],
        "method": "GET",
        "path": "/search/",
        "status": 200,
    }


def test_a_proxys_id_is_taken_over_and_nobody_elses_words(home, client, log):
    proxys = "0123456789abcdef" * 2
    for given in [proxys, "a\nline", "x" * 32, ""]:
        client.get("/robots.txt", headers={"x-request-id": given})

    first, *others = [line["request"] for line in log()]
    assert first == proxys
    assert len(set(others)) == 3
    assert all(len(each) == 32 and each.isalnum() for each in others)


def test_a_fault_is_told_by_its_kind_and_place_not_in_its_words(home, log, monkeypatch):
    def broken(*_):
        try:
            int("Ada Lovelace")
        except ValueError as fault:
            raise RuntimeError("Grace Hopper") from fault

    monkeypatch.setattr(Page, "route_for_request", broken)
    Client(raise_request_exception=False).get("/about/?who=Ada")

    fault, request = log()
    assert fault["message"] == "Internal Server Error: /about/"
    assert fault["request"] == request["request"]
    assert [each["kind"] for each in fault["faults"]] == [
        "builtins.RuntimeError",
        "builtins.ValueError",
    ]
    assert any("broken" in place for place in fault["faults"][0]["where"])
    assert request["status"] == 500
    for words in ["Ada", "Grace"]:
        assert words not in json.dumps([fault, request])


@pytest.mark.django_db
@pytest.mark.parametrize("ends", ["/", ""])
def test_a_link_that_signs_somebody_in_is_in_no_line(client, log, ends, monkeypatch):
    """Asked as it should be, without its last slash, and where it breaks."""
    desk = Client()
    desk.force_login(people.somebody(ADMINISTRATOR))
    made = desk.post(f"/admin/users/sign-in-link/{people.somebody(INTAKE).pk}/")
    link = re.search(r"/admin/password_reset/confirm/[^\"<]+", made.text)[0]
    client.get(link.removesuffix("/") + ends)
    monkeypatch.setattr(PasswordResetConfirmView, "get_user", _breaks)
    Client(raise_request_exception=False).get(link)

    *_, key, token, _ = link.split("/")
    told = log()
    assert len(told) == 4
    for line in told[1:]:
        assert token not in json.dumps(line)
        assert f"/{key}/" not in json.dumps(line)
        assert "/admin/password_reset/confirm/***" in line["message"]


def test_an_address_that_stands_in_a_path_is_in_no_line(home, client, log):
    client.get("/about/ada@example.org/")

    (line,) = log()
    assert line["path"] == "/about/***/"
    assert "ada" not in json.dumps(line)


def _breaks(*_):
    raise RuntimeError


def test_files_and_questions_about_health_leave_no_line(home, client, log):
    client.get("/healthz/live")
    client.get("/static/css/portal.css")

    assert log() == []
