"""A backup or drill that something hinders: it saves what it can, says the rest, leaves nothing."""

import json
import os
import signal
import socket
import threading
import time
from contextlib import closing
from io import StringIO
from pathlib import Path

import psycopg2
import pytest
from django.core.files.storage import FileSystemStorage
from django.core.management import CommandError, call_command
from django.db import connection
from pyrage import x25519
from wagtail.models import Page

from backups import archive, scratch
from backups.models import Drill
from crcl_portal import places
from tests.database import ask, copy, database_url, drop, on_sqlite, template
from tests.elsewhere import in_database, uploads_on_disk
from tests.factories import HomePageFactory

NAME = f"hindered_{os.getpid()}"
pytestmark = pytest.mark.xdist_group("backups in this process")


@pytest.fixture(scope="module")
def database(django_db_blocker):
    """A portal's tables, with a home page."""
    if on_sqlite():
        pytest.skip("what is asked here of PostgreSQL, test_backups.py asks of SQLite")
    copy(NAME, template())
    with in_database(NAME, django_db_blocker):
        HomePageFactory(parent=Page.objects.get(depth=1), slug="portal")
    yield NAME
    drop(NAME)


@pytest.fixture
def media(database, settings, tmp_path, django_db_blocker):
    """The uploads of that portal, in whose place the test is."""
    settings.BACKUP_KEY = str(x25519.Identity.generate())
    settings.BACKUP_ROOT = tmp_path / "backups"
    settings.DATABASE_URL = database_url(database)
    media = uploads_on_disk(settings, tmp_path / "media")
    with in_database(database, django_db_blocker):
        yield media


def backup(**options):
    """What it says of what it left out, and the list of what it saved."""
    out, err = StringIO(), StringIO()
    call_command("backup", stdout=out, stderr=err, **options)
    path = Path(out.getvalue().partition(":")[0])
    with archive.read(path) as source:
        listed = json.loads(source.read("manifest.json"))
        assert sorted(source.namelist()) == sorted(
            ["manifest.json"]
            + [f"tables/{table}" for table in listed["tables"]]
            + [f"files/{name}" for name in listed["files"]]
        )
    path.unlink()
    return err.getvalue(), listed


def test_only_files_of_the_portal_are_saved_and_the_rest_is_said(media, tmp_path):
    (media / "images").mkdir()
    for name in ["a.png", "images/b.png"]:
        (media / name).write_text("-")
    (media / "also a").symlink_to("a.png")
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret").write_text("-")
    odd = {
        "dangling": "a link that leads nowhere",
        "itself": "a link that leads nowhere",
        "above": "a link to a folder",
        "around": "a link to a folder",
        "secret": "a link that leads out of MEDIA_ROOT",
        "pipe": "is no file",
        "socket": "is no file",
        "back\\slash": "a name that not every system takes",
        "\udcff": "a name that not every system takes",
    }
    for name, to in [
        ("dangling", "nowhere"),
        ("itself", "itself"),
        ("above", ".."),
        ("around", outside),
        ("secret", outside / "secret"),
    ]:
        (media / name).symlink_to(to)
    os.mkfifo(media / "pipe")
    for name in ["back\\slash", "\udcff"]:
        (media / name).write_text("-")
    with closing(socket.socket(socket.AF_UNIX)) as listener:
        listener.bind(os.path.relpath(media / "socket"))
        said, listed = backup()

    assert set(listed["files"]) == {"a.png", "images/b.png", "also a"}
    for name, why in odd.items():
        assert f"Not in it: {name!r}: {why}" in said
    assert len(said.splitlines()) == len(odd)


@pytest.mark.parametrize("when", ["a", "b"])
def test_an_upload_that_is_deleted_meanwhile_is_left_out(media, monkeypatch, when):
    for name in ["a", "b", "c"]:
        (media / name).write_text("-")
    opened = FileSystemStorage._open

    def _open(self, name, mode="rb"):
        if name == when:
            (media / "b").unlink()
        return opened(self, name, mode)

    monkeypatch.setattr(FileSystemStorage, "_open", _open)
    said, listed = backup()

    assert set(listed["files"]) == {"a", "c"}
    assert said == "Not in it: 'b': was deleted meanwhile\n"


def test_a_table_without_a_key_has_one_checksum_in_whatever_order(media):
    ask("ALTER TABLE core_clockjob DROP CONSTRAINT core_clockjob_pkey", in_there())
    ask("CREATE TABLE others (a json)", in_there())
    added = "INSERT INTO core_clockjob VALUES ({0}, '{0}', '2026-01-01', 'f')"
    sums = set()
    for keys in [[9, 10], [10, 9]]:
        ask("DELETE FROM core_clockjob", in_there())
        for key in keys:
            ask(added.format(key), in_there())
        said, listed = backup()
        assert said == "Not in it: table others: none of the portal's\n"
        sums.add(listed["tables"]["core_clockjob"]["sha256"])

    assert len(sums) == 1
    assert listed["tables"]["core_clockjob"]["rows"] == 2


def in_there():
    return database_url(NAME)


def test_a_database_that_is_not_set_up_is_not_saved_and_puts_no_other_out(
    media, settings, django_db_blocker
):
    """Neither one that holds nothing nor one with tables alone."""
    settings.BACKUP_ROOT.mkdir()
    good = settings.BACKUP_ROOT / "portal-20200101-000000.zip.age"
    good.write_text("-")
    for name in ["template1", template()]:
        with (
            in_database(name, django_db_blocker),
            pytest.raises(CommandError, match="no page of the portal"),
        ):
            call_command("backup", keep=1)

    assert list(settings.BACKUP_ROOT.iterdir()) == [good]


def test_uploads_in_a_storage_that_does_not_answer_are_told(
    media, settings, monkeypatch
):
    for name in ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"]:
        monkeypatch.setenv(name, "for-tests")
    monkeypatch.setenv("AWS_MAX_ATTEMPTS", "1")
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    url = f"s3://uploads?endpoint_url=http://127.0.0.1:{port}&region_name=us-east-1"
    settings.STORAGES = settings.STORAGES | {"default": places.files(url)}

    with pytest.raises(CommandError, match="Nothing was saved. Object storage"):
        call_command("backup")
    assert list(settings.BACKUP_ROOT.iterdir()) == []


def test_backups_among_the_uploads_are_refused(media, settings):
    settings.BACKUP_ROOT = media / "backups"

    with pytest.raises(CommandError, match="it would save itself"):
        call_command("backup")


def test_a_backup_that_is_stopped_leaves_nothing(media, settings, monkeypatch):
    (media / "a").write_text("-")
    stopped = FileSystemStorage._open

    def _open(self, name, mode="rb"):
        os.kill(os.getpid(), signal.SIGTERM)
        return stopped(self, name, mode)

    monkeypatch.setattr(FileSystemStorage, "_open", _open)
    with pytest.raises(SystemExit, match="It was stopped"):
        call_command("backup")

    assert list(settings.BACKUP_ROOT.iterdir()) == []
    assert signal.getsignal(signal.SIGTERM) is signal.SIG_DFL


@pytest.fixture
def a_backup(media, settings):
    settings.BACKUP_ROOT.mkdir()
    path = settings.BACKUP_ROOT / "portal-20261125-000000.zip.age"
    with archive.written(path) as into:
        into.writestr("manifest.json", "{}")
    yield path
    Drill.objects.all().delete()


def refused(words):
    with pytest.raises(CommandError, match=words):
        call_command("drill_restore")


def drill_databases():
    rows = ask("SELECT datname FROM pg_database")
    return [name for (name,) in rows if name == f"{NAME}_drill"]


def test_a_drill_without_a_backup_has_failed(media):
    refused("There is no backup yet")

    assert Drill.objects.get().held is False
    Drill.objects.all().delete()


def test_a_drill_that_may_make_no_database_has_failed(a_backup):
    ask("CREATE ROLE hindered", in_there())
    try:
        ask("GRANT ALL ON ALL TABLES IN SCHEMA public TO hindered", in_there())
        ask("GRANT ALL ON ALL SEQUENCES IN SCHEMA public TO hindered", in_there())
        with connection.cursor() as cursor:
            cursor.execute("SET ROLE hindered")
        refused("permission denied to create database")
        assert "permission denied" in Drill.objects.get().report
        assert "FAILED" in str(Drill.objects.get())
    finally:
        connection.close()
        ask("DROP OWNED BY hindered", in_there())
        ask("DROP ROLE hindered", in_there())


def test_a_second_drill_waits_its_turn_and_takes_nothing_from_the_first(a_backup):
    with closing(psycopg2.connect(in_there())) as first, first.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [scratch.DRILLING])
        refused("Another drill is under way")

    assert not Drill.objects.exists()


def test_a_database_that_no_drill_has_made_is_left_alone(a_backup):
    copy(f"{NAME}_drill", "template0")
    try:
        refused("no drill has made")
        assert drill_databases()
    finally:
        drop(f"{NAME}_drill")
    assert Drill.objects.get().held is False


@pytest.fixture
def _late_signals_are_ignored():
    """One that comes when the command has ended must not end the tests."""
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("_late_signals_are_ignored")
def test_a_drill_that_is_stopped_leaves_nothing(a_backup, settings):
    def stop_it():
        deadline = time.monotonic() + 60
        while not drill_databases() and time.monotonic() < deadline:
            time.sleep(0.05)
        os.kill(os.getpid(), signal.SIGINT)

    stopper = threading.Thread(target=stop_it)
    stopper.start()
    with pytest.raises(SystemExit, match="It was stopped"):
        call_command("drill_restore")
    stopper.join()

    assert drill_databases() == []
    assert list(settings.BACKUP_ROOT.iterdir()) == [a_backup]
