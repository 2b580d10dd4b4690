"""The log tells what was done, in lines that machines read, and nothing of whom."""

import io
import json
import logging

import pytest
from django.test import Client
from wagtail.models import Page

from core.logs import JsonLines


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


def test_files_and_questions_about_health_leave_no_line(home, client, log):
    client.get("/healthz/live")
    client.get("/static/css/portal.css")

    assert log() == []
