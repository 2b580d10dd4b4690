"""A backup is one file that nobody else can read, and from it everything comes back."""

import os
import re
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest
from pyrage import x25519

from tests import running
from tests.database import ask, content_template, copy, database_url, drop

pytestmark = pytest.mark.xdist_group("backups")
ANOTHER_KEY = "YW5vdGhlciBrZXksIGFuZCBub3Qgb25lIG9mIHRoZW0="
PICTURE = b"\x89PNG" + bytes(range(256)) * 5000
WRITE = """
from contact.models import Interest, InterestTopic
from contact.services import receive_interest
from uuid import uuid4
answers = dict.fromkeys(["organization", "role", "email", "phone", "other_language"], "")
for name in ["Ada\\tLovelace", "\\\\N", "Ñandú\\nمرحبا"]:
    receive_interest(uuid4(), {**answers, "wants_committee": True, "wants_other": False,
        "for_someone_else": False, "reachable_by": "post", "message_is_safe": None,
        "preferred_language": "en", "name": name, "post": "1 Example Street",
        "statement": name}, written_in="en")
"""
READ = """
from contact.models import Interest
from records.models import Event
from wagtail.models import Page
print([each.name for each in Interest.objects.order_by("pk")])
print(Event.objects.count(), Page.objects.live().count())
"""
GO_ON = """
from contact.models import Interest
from home.models import HomePage, StandardPage
HomePage.objects.first().add_child(instance=StandardPage(title="New", slug="new", summary="-"))
"""


class Portal:
    """A portal with a database and uploads of its own, on which commands are run."""

    def __init__(self, folder, database):
        folder.mkdir(exist_ok=True)
        self.folder, self.backups = folder, folder / "backups"
        self.environment = running.environment(folder, database) | {
            "DJANGO_SETTINGS_MODULE": "crcl_portal.settings",
            "BACKUP_ROOT": str(self.backups),
            "BACKUP_KEY": str(x25519.Identity.generate()),
        }

    def run(self, *command, **environment):
        return subprocess.run(
            [sys.executable, "manage.py", *map(str, command)],
            env=self.environment | environment,
            cwd=running.ROOT,
            capture_output=True,
            text=True,
            check=False,
        )

    def says(self, *command):
        done = self.run(*command)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def refuses(self, *command, **environment):
        done = self.run(*command, **environment)
        assert done.returncode != 0
        assert "Traceback" not in done.stderr
        return done.stderr

    def shell(self, code):
        return self.says("shell", "-v0", "-c", code)

    def rows(self, statement):
        """What the database answers; to ask it directly spares a process."""
        url = self.environment["DATABASE_URL"]
        if not url.startswith("sqlite"):
            return ask(statement, url)
        with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as database:
            return database.execute(statement).fetchall()

    @property
    def last_drill(self):
        asked = "SELECT held, report FROM backups_drill ORDER BY at DESC LIMIT 1"
        ((held, report),) = self.rows(asked)
        return bool(held), report

    @property
    def backup(self):
        (path,) = self.backups.iterdir()
        return path

    def beside(self, name, database):
        """Another portal, with the same keys, which holds nothing."""
        other = Portal(self.folder.parent / name, database)
        for key in ["BACKUP_KEY", "FIELD_KEYS", "STATIC_ROOT"]:
            other.environment[key] = self.environment[key]
        return other


@pytest.fixture(scope="module", params=["postgresql", "sqlite"])
def empty(request, tmp_path_factory):
    """Gives the address of a new database that holds nothing."""
    made = []

    def empty():
        if request.param == "sqlite":
            return f"sqlite:///{tmp_path_factory.mktemp('db')}/db.sqlite3"
        made.append(f"backup_{os.getpid()}_{len(made)}")
        ask(f'CREATE DATABASE "{made[-1]}"')
        return database_url(made[-1])

    empty.kind = request.param
    yield empty
    for name in made:
        drop(name)


@pytest.fixture(scope="module")
def portal(empty, tmp_path_factory):
    """The real words, three interests, a picture; and one backup of it all."""
    folder = tmp_path_factory.mktemp("portal")
    if empty.kind == "sqlite":
        portal = Portal(folder, empty())
        portal.says("set_up")
    else:
        name = f"backup_{os.getpid()}_full"
        copy(name, content_template())
        portal = Portal(folder, database_url(name))
    portal.says("collectstatic", "--noinput", "-v0", "--ignore=wagtail*")
    portal.written = portal.shell(WRITE + READ)
    for name in ["images/a.png", "documents/ü ö/b.pdf"]:
        path = Path(portal.environment["MEDIA_ROOT"], name)
        path.parent.mkdir(parents=True)
        path.write_bytes(PICTURE)
    portal.says("backup")
    yield portal
    if empty.kind == "postgresql":
        drop(name)


def test_everything_comes_back_and_goes_on(portal, empty):
    other = portal.beside("other", empty())
    # Before anything is touched: the next one finds the place as empty as before.
    keyless = other.refuses("restore", portal.backup, FIELD_KEYS=ANOTHER_KEY)
    assert re.search("FIELD_KEYS does not hold: [0-9a-f]{8}", keyless)
    said = other.says("restore", portal.backup)

    assert "each is what was saved" in said
    assert "The pages that were tried answer" in said
    # Keys of rows go on where they were.
    assert other.shell(READ + WRITE + GO_ON) == portal.written
    for name in ["images/a.png", "documents/ü ö/b.pdf"]:
        assert Path(other.environment["MEDIA_ROOT"], name).read_bytes() == PICTURE


def test_a_place_that_holds_something_is_left_alone(portal):
    assert "holds something already" in portal.refuses("restore", portal.backup)
    assert portal.shell(READ) == portal.written


def scratch_of(portal):
    """What a drill has in clear just now: its folder, and the restored database."""
    if portal.environment["DATABASE_URL"].startswith("sqlite"):
        return list(portal.backups.glob("*/drill.sqlite3*"))
    return ask("SELECT 1 FROM pg_database WHERE datname LIKE 'backup%_drill'")


def kill_amid_a_drill(portal):
    drill = subprocess.Popen(
        [sys.executable, "manage.py", "drill_restore"],
        env=portal.environment,
        cwd=running.ROOT,
        start_new_session=True,
    )
    deadline = time.monotonic() + 120
    while not scratch_of(portal) and time.monotonic() < deadline:
        time.sleep(0.05)
    os.killpg(drill.pid, signal.SIGKILL)
    drill.wait()


def test_a_drill_leaves_nothing_but_a_report(portal):
    backup = portal.backup
    kill_amid_a_drill(portal)
    assert scratch_of(portal)
    assert len(list(portal.backups.iterdir())) == 2
    said = portal.says("drill_restore")

    assert f"{backup.name} was restored in a scratch place" in said
    held, report = portal.last_drill
    assert held
    assert "each is what was saved" in report
    assert list(portal.backups.iterdir()) == [backup]
    assert scratch_of(portal) == []

    cut = portal.folder / "portal-cut.zip.age"
    cut.write_bytes(backup.read_bytes()[:-1])
    assert "could not be restored" in portal.refuses("drill_restore", cut)
    held, report = portal.last_drill
    assert not held
    assert "it was changed or cut" in report
