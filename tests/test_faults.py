"""A database that really stops, processes that are really killed: nothing is lost, nothing doubled."""

import asyncio
import os
import re
import signal
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from http.client import HTTPException
from urllib.error import URLError

import psutil
import pytest
from aiosmtpd.controller import Controller

from tests import running
from tests.faulty import (
    REFERENCE,
    SECONDS,
    ask_of,
    assert_given_back,
    assert_kept_once,
    checked,
    connect,
    environment,
    process,
    references,
    server,
    until,
    visitor,
)
from tests.interest import ANSWERS, start
from tests.visiting import Visitor

__all__ = ["environment", "process", "server", "visitor"]

pytestmark = pytest.mark.xdist_group("faults")


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
def stuck_in_the_middle(visitor, server, carried, follow=True):
    """Somebody sends, and the portal waits inside the sending for a table that is locked."""
    holder, answers = connect(server), []
    with holder.cursor() as cursor:
        cursor.execute("BEGIN; LOCK TABLE contact_interest IN ACCESS EXCLUSIVE MODE")

    def send():
        try:
            answers.append(visitor.post("/interest/check/", carried, follow))
        except (URLError, HTTPException, OSError) as cut_off:
            answers.append(cut_off)

    sending = threading.Thread(target=send)
    sending.start()
    until(lambda: ask_of(server, "SELECT 1 FROM pg_locks WHERE NOT granted"))
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


def test_a_portal_that_is_told_to_stop_finishes_what_has_begun(
    server, environment, visitor
):
    own = {**environment, "BASE_URL": f"http://127.0.0.1:{running.free_port()}"}
    with running.serving(own) as portal:
        person = Visitor(own["BASE_URL"])
        carried = checked(person)
        with stuck_in_the_middle(person, server, carried, follow=False) as answers:
            portal.terminate()
            time.sleep(1)  # it has begun to stop, and takes nobody any more
            assert portal.poll() is None
            ask_of(
                server,
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE state = 'idle in transaction'",
            )
            until(lambda: answers)
        assert portal.wait(SECONDS) == 0

    assert answers[0].status_code == 303
    assert len(references(server)) == 1


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
    assert ask_of(server, "SELECT state, tries FROM mailing_mail") == [("sending", 1)]

    ask_of(server, "UPDATE mailing_mail SET leased_until = now()")
    running.python(by_mail, "manage.py", "tick")
    assert ask_of(server, "SELECT state, tries FROM mailing_mail") == [("sent", 2)]
    first, second = (
        re.search("(?im)^message-id: (.+)$", mail)[1] for mail in sink.seen
    )
    assert first == second
    assert_kept_once(server, sent)
    assert ANSWERS["statement"].split("\r\n")[0] not in "".join(sink.seen)


CLOCK_WITH_LONG_WORK = """
import time
import django
django.setup()
from wagtail import hooks
from core import clock

def work():
    print("at work", flush=True)
    time.sleep(600)

clock.GIVE_UP["idle_session_timeout"] = "2s"
with hooks.register_temporarily("clock_job", work, order=-9):
    clock.tick()
"""


def test_a_clock_that_is_frozen_over_its_work_is_relieved_by_another(
    server, environment
):
    server.start()
    ask_of(server, "DELETE FROM core_clockjob")
    clock = subprocess.Popen(
        [sys.executable, "-c", CLOCK_WITH_LONG_WORK],
        env=environment,
        cwd=running.ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert clock.stdout.readline() == "at work\n"
        os.kill(clock.pid, signal.SIGSTOP)
        held = "SELECT 1 FROM pg_locks WHERE locktype = 'advisory'"
        assert ask_of(server, held)
        until(lambda: not ask_of(server, held))
        running.python(environment, "manage.py", "tick")
        assert ask_of(server, "SELECT 1 FROM core_clockjob")
    finally:
        clock.kill()
        clock.communicate()


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
