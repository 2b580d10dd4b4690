"""A place beside the real one, in which a restore is tried, or a database is copied."""

import os
import shutil
import tempfile
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote, urlsplit, urlunsplit

from django.conf import settings
from django.db import connection

from backups.archive import PARTIAL, SUFFIX, BackupError, lock

PREFIX = "portal-scratch-"
OURS = "Made by drill_restore, which takes it away again"
DRILLING = 5383  # the advisory lock of whoever drills


@contextmanager
def folder():
    """A folder that nobody else reads; gone afterwards, or with `clear` if we are killed."""
    settings.BACKUP_ROOT.mkdir(parents=True, exist_ok=True)
    made = tempfile.TemporaryDirectory(prefix=PREFIX, dir=settings.BACKUP_ROOT)
    with made as path, lock(Path(path, "lock")) or _taken():
        yield Path(path)


def _taken():
    raise BackupError("Another process tidies up in BACKUP_ROOT. Begin again.")


def clear(root):
    """Take away what was left in clear or by half, and nobody is at work on any more."""
    for partial in root.glob(f"portal-*{SUFFIX}{PARTIAL}"):
        if held := _forgotten(partial):
            with held:
                partial.unlink(missing_ok=True)
    for left in root.glob(f"{PREFIX}*"):
        if held := _forgotten(left / "lock"):
            with held:
                shutil.rmtree(left, ignore_errors=True)


def _forgotten(path):
    try:
        return lock(path)
    except OSError:  # gone meanwhile, or another account's
        return None


@contextmanager
def alone():
    """One drill at a time, where all would use one database; let go of if we are killed."""
    if connection.vendor == "sqlite":
        yield
        return
    if not _ask("SELECT pg_try_advisory_lock(%s)", [DRILLING])[0][0]:
        raise BackupError("Another drill is under way. Wait until it has ended.")
    try:
        yield
    finally:
        _ask("SELECT pg_advisory_unlock(%s)", [DRILLING])


@contextmanager
def place():
    """The environment of a portal with an empty database and no uploads; gone afterwards."""
    with folder() as path, _database(path) as url:
        own = {"DATABASE_URL": url, "MEDIA_ROOT": f"{path}/media"}
        own |= dict.fromkeys(["FILES_URL", "CACHE_URL", "PAGE_CACHE_URL"], "")
        # A file would be read first: the real one's counters and uploads are not ours.
        yield os.environ | own | {f"{name}_FILE": "" for name in own}


@contextmanager
def _database(path):
    if connection.vendor == "sqlite":
        yield f"sqlite:///{path}/drill.sqlite3"
        return
    name = f"{connection.settings_dict['NAME']}_drill"
    quoted = connection.ops.quote_name(name)
    if _is_left(name):
        _ask(f"DROP DATABASE {quoted} WITH (FORCE)")
    _ask(f"CREATE DATABASE {quoted} TEMPLATE template0")
    try:
        _ask(f"COMMENT ON DATABASE {quoted} IS %s", [OURS])
        url = urlsplit(settings.DATABASE_URL)
        yield urlunsplit(url._replace(path=f"/{quote(name, safe='')}"))
    finally:
        _ask(f"DROP DATABASE IF EXISTS {quoted} WITH (FORCE)")


def _is_left(name):
    """Whether a drill that was killed has left its database; nobody else's is touched."""
    found = _ask(
        "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s",
        [name],
    )
    if found and found[0][0] != OURS:
        raise BackupError(
            f"There is a database {name} that no drill has made. A drill needs this name: "
            "rename that one, or drop it if a drill was killed as it began."
        )
    return bool(found)


def _ask(statement, values=None):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall() if cursor.description else []
