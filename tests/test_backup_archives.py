"""Anybody may seal a file with the public key: what no `backup` has made is refused in a sentence."""

import hashlib
import json
import os
import zipfile

import pyrage
import pytest
from django.core.files.storage import FileSystemStorage
from django.core.management import CommandError, call_command
from pyrage import x25519

from backups import archive, services, tables, uploads
from records.keys import newest
from tests.database import ask, drop, on_sqlite
from tests.elsewhere import in_database, uploads_on_disk

EMPTY = hashlib.sha256(b"").hexdigest()
LIST = {
    "made": "2026-11-25T00:00:00+00:00",
    "kind": "postgresql",
    "migrations": [],
    "keys": [],
    "tables": {},
    "files": {},
}


@pytest.fixture(autouse=True)
def key(settings):
    identity = x25519.Identity.generate()
    settings.BACKUP_KEY = str(identity)
    return identity


@pytest.fixture
def sealed(tmp_path):
    """Makes a file that opens, from a list and whatever else is to be in it."""

    def sealed(listed=None, entries=(), **changed):
        path = tmp_path / "portal-20261125-000000.zip.age"
        with archive.written(path) as into:
            for name, content in entries:
                into.writestr(name, content)
            if listed is None:
                listed = json.dumps(LIST | changed)
            into.writestr("manifest.json", listed)
        return path

    return sealed


def refused(path, *options):
    """What is said, in one sentence or two; nothing is asked of the database before."""
    with pytest.raises(CommandError) as caught:
        call_command("restore", path, *options)
    said = str(caught.value)
    assert "\n" not in said
    return said


def test_what_is_no_zip_is_refused(key, tmp_path):
    path = tmp_path / "portal.zip.age"
    path.write_bytes(pyrage.encrypt(b"no zip " * 99, [key.to_public()]))

    assert "`backup` has not made" in refused(path)


def test_a_zip_without_a_list_is_refused(tmp_path):
    path = tmp_path / "portal.zip.age"
    with archive.written(path) as into:
        into.writestr("tables/a", "")

    assert "no item named 'manifest.json'" in refused(path)


@pytest.mark.parametrize(
    "listed", ["", "{", "\xff", "[" * 100_000, "1" * 5000, b"\xff\xfe", b"\0"]
)
def test_a_list_that_is_no_json_is_refused(sealed, listed):
    assert "`backup` has not made" in refused(sealed(listed))


@pytest.mark.parametrize("listed", ["[]", "null", "1", '"made"', "{}"])
def test_a_list_of_another_shape_is_refused(sealed, listed):
    assert "is wrong at" in refused(sealed(listed))


SHA = {"sha256": EMPTY}


@pytest.mark.parametrize(
    ("part", "odd"),
    [
        *[("made", odd) for odd in [None, 5, "yesterday", []]],
        *[("kind", odd) for odd in [None, "mysql", [], {}]],
        *[("migrations", odd) for odd in [None, {}, ["a"], [["a"]], [["a", 1]]]],
        *[("keys", odd) for odd in [None, {}, [1], ["x"], ["0123456\ud800"]]],
        *[("tables", odd) for odd in [None, [], {"a": 1}, {"a": {"rows": 1}}]],
        *[("tables", {"a": {"rows": odd} | SHA}) for odd in [None, "1", [1]]],
        *[
            ("tables", {odd: {"rows": 1} | SHA})
            for odd in ['a"; DROP TABLE b; --', "", "a b", "a.b", "../a", "a" * 64]
        ],
        *[("files", odd) for odd in [None, [], {"a": 1}, {"a": "x"}]],
        *[
            ("files", {odd: EMPTY})
            for odd in [
                *["", ".", "..", "../a", "a/../../b", "/etc/passwd", "a//b", "./a"],
                *["a/", "C:\\a", "C:/a", "c:a", "a\\b", "a\0b", "a\nb", "a\ud800"],
            ]
        ],
    ],
)
def test_what_the_list_may_not_say_is_refused(sealed, part, odd):
    assert f"is wrong at “{part}”" in refused(sealed(**{part: odd}))


def test_what_the_list_of_sqlite_lacks_is_refused(sealed):
    assert "is wrong at “sha256”" in refused(sealed(kind="sqlite"))


def test_what_is_listed_and_not_there_is_refused(sealed):
    lacks = sealed(files={"a": EMPTY}, tables={"b": {"rows": 0} | SHA})

    assert "does not hold: files/a, tables/b." in refused(lacks)


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_of_one_name_are_refused(sealed):
    twice = sealed(entries=[("files/a", "1"), ("files/a", "2")], files={"a": EMPTY})

    assert "two things of one name" in refused(twice)


def test_what_would_fill_the_disk_is_refused(sealed, tmp_path):
    path = tmp_path / "bomb.zip.age"
    with archive.written(path) as into:
        into.writestr("manifest.json", json.dumps(LIST))
        into.writestr("files/a", b"\0" * 1000)
        into.filelist[-1].file_size = 2**41

    assert "bytes would become" in refused(path)


def test_what_is_packed_in_another_way_is_refused(sealed, tmp_path):
    path = tmp_path / "other.zip.age"
    with archive.written(path) as into:
        into.writestr("manifest.json", json.dumps(LIST), zipfile.ZIP_BZIP2)

    assert "packed in another way" in refused(path)


@pytest.fixture(scope="module")
def empty():
    """The name of a database that holds nothing."""
    if on_sqlite():
        pytest.skip("its restores are in test_backups.py")
    name = f"archives_{os.getpid()}"
    ask(f'CREATE DATABASE "{name}"')
    yield name
    drop(name)


@pytest.fixture
def into_empty(empty, django_db_blocker):
    """For a test that database is ours; nothing is in it afterwards."""
    with in_database(empty, django_db_blocker):
        yield
        assert tables.names() == []


@pytest.mark.usefixtures("into_empty")
def test_what_differs_from_its_checksum_is_refused_before_anything_is_touched(sealed):
    other = sealed(entries=[("files/a", "-")], files={"a": EMPTY})

    assert "files/a is not what was saved" in refused(other)


@pytest.mark.usefixtures("into_empty")
def test_tables_that_nothing_here_makes_are_refused(sealed):
    odd = sealed(entries=[("tables/odd", "")], tables={"odd": {"rows": 0} | SHA})

    assert "tables that its migrations do not make: odd" in refused(odd)


@pytest.mark.usefixtures("into_empty")
def test_migrations_of_another_version_are_refused(sealed):
    assert "nothing here is known of" in refused(sealed(migrations=[["core", "9"]]))


@pytest.mark.usefixtures("into_empty")
def test_keys_that_are_not_at_hand_are_named_before_anything_is_touched(sealed):
    said = refused(sealed(keys=[newest().id, "0a1b2c3d", "?"]))

    assert "FIELD_KEYS does not hold: 0a1b2c3d." in said
    assert "--without-keys" in said


@pytest.fixture
def on_disk(settings, tmp_path):
    return uploads_on_disk(settings, tmp_path / "media")


@pytest.mark.usefixtures("into_empty")
@pytest.mark.parametrize(
    ("row", "said"),
    [
        (b"core\t1\tpage\tPage\n", "django_content_type is not what was saved"),
        (b"core\t1\n", "missing data for column"),
        (b"\xff\t1\tpage\tPage\n", "invalid byte sequence"),
    ],
)
def test_a_restore_that_fails_half_way_leaves_nothing(sealed, on_disk, row, said):
    """The table has been made by then, and in the first case filled; uploads are there."""
    facts = {"rows": 2, "sha256": hashlib.sha256(row).hexdigest()}
    lies = sealed(
        entries=[("tables/django_content_type", row), ("files/a", "1")],
        files={"a": hashlib.sha256(b"1").hexdigest()},
        migrations=[["contenttypes", "0001_initial"]],
        tables={"django_content_type": facts},
    )

    assert said in refused(lies)
    assert list(on_disk.iterdir()) == []


@pytest.fixture
def with_upload(sealed):
    path = sealed(entries=[("files/a", "1")])
    with archive.read(path) as source:
        yield source


ONE = hashlib.sha256(b"1").hexdigest()


def test_an_upload_that_is_there_already_is_left(on_disk, with_upload):
    (on_disk / "a").write_text("1")
    with uploads.brought(with_upload, {"a": ONE}):
        pass
    (on_disk / "a").write_text("another")
    with (
        pytest.raises(archive.BackupError, match="Another file stands where a belongs"),
        uploads.brought(with_upload, {"a": ONE}),
    ):
        pass

    assert (on_disk / "a").read_text() == "another"


def test_an_upload_that_is_stored_under_another_name_is_told(
    on_disk, with_upload, monkeypatch
):
    other = staticmethod(lambda name, max_length: f"{name}2")
    monkeypatch.setattr(FileSystemStorage, "get_available_name", other)
    with (
        pytest.raises(archive.BackupError, match="a could be stored as a2 only"),
        uploads.brought(with_upload, {"a": ONE}),
    ):
        pass

    assert list(on_disk.iterdir()) == []


def test_uploads_go_again_where_what_follows_fails(on_disk, with_upload):
    with pytest.raises(archive.BackupError), uploads.brought(with_upload, {"a": ONE}):
        services._must_agree({"a": {"rows": 1}}, {})

    assert list(on_disk.iterdir()) == []


def test_what_is_no_database_leaves_none(sealed, tmp_path, django_db_blocker):
    """On SQLite; of its commands no process is needed for this."""
    path = sealed(entries=[("database.sqlite3", "no database " * 99)])
    with (
        in_database(str(tmp_path / "db.sqlite3"), django_db_blocker),
        archive.read(path) as source,
        pytest.raises(archive.BackupError, match="What is in it is no database"),
        tables.SQLite().restoring(),
    ):
        tables.SQLite().load(source, LIST)

    assert list(tmp_path.iterdir()) == [path]


def test_a_table_that_is_lacking_is_told():
    with pytest.raises(archive.BackupError, match="a is not what was saved"):
        services._must_agree({"a": {"rows": 1}}, {})
