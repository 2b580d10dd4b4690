"""The one file of a backup: whole or not there, and nothing to anybody without the key."""

import os
import resource
import signal
from contextlib import nullcontext
from pathlib import Path

import pyrage
import pytest
from django.core.management import CommandError, call_command
from pyrage import x25519

from backups import archive, scratch, services


@pytest.fixture
def identity(settings):
    identity = x25519.Identity.generate()
    settings.BACKUP_KEY = str(identity)
    return identity


@pytest.fixture
def saved(identity, tmp_path):
    """A file as a backup is, with something in it."""
    path = tmp_path / "portal-20261125-000000.zip.age"
    with archive.written(path) as into:
        into.writestr("manifest.json", "{}")
        into.writestr("files/a", os.urandom(300_000))
    return path


def test_it_says_nothing_to_others(saved):
    sealed = saved.read_bytes()

    assert sealed.startswith(b"age-encryption.org/v1")
    for words in [b"manifest", b"files/a"]:
        assert words not in sealed


@pytest.mark.parametrize("harm", ["one bit", "cut", "cut short", "more", "empty"])
def test_a_file_that_was_changed_is_refused(saved, tmp_path, harm):
    whole = saved.read_bytes()
    changed = bytearray(whole)
    changed[len(whole) // 2] ^= 1
    harmed = tmp_path / "harmed" / saved.name
    harmed.parent.mkdir()
    harmed.write_bytes(
        {
            "one bit": bytes(changed),
            "cut": whole[: len(whole) // 2],
            "cut short": whole[:-1],
            "more": whole + b"\0",
            "empty": b"",
        }[harm]
    )

    with pytest.raises(CommandError, match="it was changed or cut"):
        call_command("restore", harmed)
    assert list(harmed.parent.iterdir()) == [harmed]


def test_another_key_is_refused(saved, settings):
    stranger = x25519.Identity.generate()
    settings.BACKUP_KEY = str(stranger)
    with pytest.raises(CommandError, match="not the key"):
        call_command("restore", saved)

    settings.BACKUP_KEY = str(stranger.to_public())
    with pytest.raises(CommandError, match="must be the secret key"):
        call_command("restore", saved)


def test_a_backup_that_fails_leaves_no_file(home, settings, tmp_path):
    settings.BACKUP_KEY, settings.BACKUP_ROOT = "no key", tmp_path
    with pytest.raises(CommandError, match="is no age key"):
        call_command("backup")
    assert list(tmp_path.iterdir()) == []

    settings.BACKUP_ROOT = Path("/proc/nowhere")
    with pytest.raises(CommandError, match="Nothing was saved"):
        call_command("backup")


@pytest.fixture
def nearly_full():
    """No file of this process may grow beyond a little."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    on_signal = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (40_960, before[1]))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, before)
    signal.signal(signal.SIGXFSZ, on_signal)


def test_a_full_disk_leaves_no_file(identity, tmp_path, nearly_full):
    with (
        pytest.raises(archive.BackupError, match="could not be written"),
        archive.written(tmp_path / "portal.zip.age") as into,
    ):
        into.writestr("files/a", os.urandom(1_000_000))

    assert list(tmp_path.iterdir()) == []


def test_who_knows_the_public_key_alone_can_save(settings, tmp_path):
    identity = x25519.Identity.generate()
    settings.BACKUP_KEY = str(identity.to_public())
    with archive.written(tmp_path / "portal.zip.age") as into:
        into.writestr("files/a", "-")

    (path,) = tmp_path.iterdir()
    assert pyrage.decrypt(path.read_bytes(), [identity]).startswith(b"PK")


def test_the_newest_are_kept_and_what_is_somebody_elses(tmp_path):
    names = [f"portal-2020010{day}-000000.zip.age" for day in range(1, 5)]
    for name in [*names, "somebody's own.txt"]:
        (tmp_path / name).write_text("-")
    services.forget(tmp_path / names[-1], 2)

    left = {path.name for path in tmp_path.iterdir()}
    assert left == {*names[2:], "somebody's own.txt"}


def test_what_was_made_just_now_is_kept_whatever_the_clock_said_before(tmp_path):
    made, later = (
        tmp_path / f"portal-{day}-000000.zip.age" for day in [20260101, 2099]
    )
    for path in [made, later]:
        path.write_text("-")
    services.forget(made, 1)

    assert list(tmp_path.iterdir()) == [made]


def test_a_much_smaller_one_puts_no_other_out(tmp_path):
    old, made = (tmp_path / f"portal-2020010{day}-000000.zip.age" for day in [1, 2])
    old.write_bytes(b"-" * 1001)
    made.write_bytes(b"-" * 100)
    with pytest.raises(archive.BackupError, match="less than a tenth"):
        services.forget(made, 1)

    assert {old, made} == set(tmp_path.iterdir())


def test_at_least_one_is_kept():
    with pytest.raises(CommandError, match="at least one"):
        call_command("backup", keep=0)


def test_two_of_one_second_do_not_write_over_each_other(identity, tmp_path):
    path = tmp_path / "portal-20261125-000000.zip.age"
    for when in ["meanwhile", "afterwards"]:
        with (
            archive.written(path) if when == "meanwhile" else nullcontext(),
            pytest.raises(archive.BackupError, match="Begin again"),
            archive.written(path),
        ):
            pytest.fail("It was begun")

    assert list(tmp_path.iterdir()) == [path]


def test_what_a_killed_one_left_goes_with_the_next(identity, tmp_path):
    left = tmp_path / "portal-20200101-000000.zip.age.partial"
    scratch_left = tmp_path / "portal-scratch-x" / "database.sqlite3"
    others = tmp_path / "somebody's own.partial"
    scratch_left.parent.mkdir()
    for path in [left, scratch_left, others]:
        path.write_text("-")
    with archive.written(tmp_path / "portal-20261125-000000.zip.age"):
        at_work = set(tmp_path.glob("*2026*"))
        scratch.clear(tmp_path)

        assert set(tmp_path.iterdir()) == {others} | at_work


def test_a_folder_in_use_is_left_to_its_drill(settings, tmp_path):
    settings.BACKUP_ROOT = tmp_path
    with scratch.folder() as place:
        scratch.clear(tmp_path)
        assert place.exists()

    assert list(tmp_path.iterdir()) == []
