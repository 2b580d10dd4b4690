"""The log tells what was done, in lines that machines read, and nothing of whom."""

import contextlib
import io
import json
import logging
import os
import pty
import re
import socket
import subprocess
import sys

import pytest
from django.contrib.auth.views import PasswordResetConfirmView
from django.test import Client
from wagtail.models import Page

from accounts.roles import ADMINISTRATOR, INTAKE
from core.logs import JsonLines
from tests import people, running


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


def test_the_server_of_make_run_tells_of_no_query(capsys):
    """A logger without a handler would have Python write its warnings itself."""
    logging.getLogger("django.server").warning("GET /search/?q=jail 404")

    assert capsys.readouterr().err == ""


def test_files_and_questions_about_health_leave_no_line(home, client, log):
    client.get("/healthz/live")
    client.get("/static/css/portal.css")

    assert log() == []


AS_DEPLOYED = {
    "LOG_FORMAT": "json",
    "TASK_BACKEND": "django_tasks_db.DatabaseBackend",
}
GONE = "postgres://portal@127.0.0.1:{port}/portal"
BREAKS = "import django; django.setup(); raise ValueError('Ada Lovelace')"
BREAKS_BESIDE = (
    "import django, threading; django.setup();"
    "threading.Thread(target=int, args=['Ada Lovelace']).start()"
)


def begun(tmp_path, *command, **streams):
    """A process of the portal, whose database is gone."""
    gone = GONE.format(port=running.free_port())
    return subprocess.Popen(
        [sys.executable, *command],
        env=running.environment(tmp_path, gone) | AS_DEPLOYED,
        cwd=running.ROOT,
        text=True,
        **streams,
    )


@pytest.mark.parametrize(
    ("command", "kind"),
    [
        (["manage.py", "db_worker", "--no-startup-delay"], "OperationalError"),
        (["manage.py", "tick"], "OperationalError"),
        (["-c", BREAKS], "ValueError"),
        (["-c", BREAKS_BESIDE], "ValueError"),
    ],
)
def test_what_ends_a_process_is_told_in_lines_too(tmp_path, command, kind):
    process = begun(tmp_path, *command, stderr=subprocess.PIPE)
    _, said = process.communicate(timeout=60)

    *_, last = [json.loads(line) for line in said.splitlines()]
    assert last["message"] == f"Nobody caught a fault: {kind}"
    assert last["faults"][0]["kind"].endswith(kind)
    for words in ["Traceback", "Lovelace", "portal@"]:
        assert words not in said


def test_whoever_sits_at_a_terminal_reads_the_fault_itself(tmp_path):
    person, terminal = pty.openpty()
    process = begun(tmp_path, "-c", BREAKS, stderr=terminal)
    process.wait(timeout=60)
    os.close(terminal)

    assert "ValueError: Ada Lovelace" in os.read(person, 10_000).decode()
    os.close(person)


def test_what_a_command_has_to_say_to_people_stays_in_words(tmp_path):
    process = begun(
        tmp_path, "manage.py", "backup", "--keep", "0", stderr=subprocess.PIPE
    )
    _, said = process.communicate(timeout=60)

    assert process.returncode == 1
    assert said == "CommandError: --keep must leave at least one.\n"


SENT = [
    b"GET /?who=Ada HTTX/9\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: x\r\nAda@example.org\r\n\r\n",
    b"GET /about/Ada%40example.org/?who=Grace HTTP/1.1\r\nHost: x\r\n\r\n",
]


def test_gunicorn_tells_nothing_of_whom_it_could_not_serve(tmp_path):
    """As it is deployed, before an application that breaks."""
    port = running.free_port()
    command = ["-m", "gunicorn", "--config", "deploy/gunicorn.conf.py"]
    where = ["--bind", f"127.0.0.1:{port}", "tests.breaking"]
    process = begun(tmp_path, *command, *where, stderr=subprocess.PIPE)
    said = ""
    while "Booting worker" not in said:
        said += process.stderr.readline()
    for each in SENT:
        with socket.create_connection(
            ("127.0.0.1", port), source_address=("127.0.0.9", 0)
        ) as visitor:
            visitor.sendall(each)
            with contextlib.suppress(ConnectionError):
                assert visitor.recv(10_000).startswith(b"HTTP/1.1 ")
    process.terminate()
    said += process.communicate(timeout=60)[1]

    told = [json.loads(line)["message"] for line in said.splitlines()]
    assert told.count("Invalid request") == 2
    assert "Error handling request GET /about/***/" in told
    for words in ["127.0.0.9", "Ada", "Grace", "who"]:
        assert words not in said
