"""Saving everything that a portal holds into one file, and bringing it back into an empty place."""

import json
from datetime import UTC, datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.core.files import File
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.test import Client
from wagtail import hooks
from wagtail.models import Page

from backups import archive, tables
from backups.archive import BackupError
from core.hooks import AFTER_RESTORE
from core.languages import public_languages
from core.logs import requests
from core.readable import readable
from records.keys import ring
from records.rotation import keys_in_use

SUFFIX = ".zip.age"
MANIFEST = "manifest.json"
LOOKED_AT = 20  # pages


def save(folder):
    """Save database and uploads; answers with the file, which is whole or not there."""
    folder.mkdir(parents=True, exist_ok=True)
    made = datetime.now(UTC)
    path = folder / f"portal-{made:%Y%m%d-%H%M%S}{SUFFIX}"
    with archive.written(path) as into:
        manifest = {"made": made.isoformat(), "kind": connection.vendor}
        manifest |= tables.database().save(into)
        manifest["files"] = {name: _save_file(name, into) for name in _uploads()}
        into.writestr(MANIFEST, json.dumps(manifest))
    return path


def saved(folder):
    """Every backup in a folder, the newest last."""
    return sorted(folder.glob(f"portal-*{SUFFIX}"))


def forget(folder, keep):
    """Delete all but the newest `keep` backups of a folder."""
    old = saved(folder)[:-keep]
    for path in old:
        path.unlink()
    return old


def _uploads(folder=""):
    try:
        folders, files = default_storage.listdir(folder)
    except FileNotFoundError:  # nobody has uploaded anything yet
        return
    for name in sorted(files):
        yield f"{folder}{name}"
    for name in sorted(folders):
        yield from _uploads(f"{folder}{name}/")


def _save_file(name, into):
    with (
        default_storage.open(name) as source,
        into.open(f"files/{name}", "w", force_zip64=True) as out,
    ):
        return tables.sha256_of(source, out)


def restore(path):
    """
    Bring a backup into an empty database, its uploads beside it; answers with its manifest.

    Raises `BackupError`, before anything is touched where that can be known.
    """
    with archive.read(path) as source:
        manifest = json.loads(source.read(MANIFEST))
        _must_fit(manifest)
        found = tables.database().load(source, manifest)
        _must_agree(manifest["tables"], found)
        for name, sha256 in manifest["files"].items():
            _bring_file(name, sha256, source)
    call_command("migrate", verbosity=0)
    for act in hooks.get_hooks(AFTER_RESTORE):
        act(manifest)
    return manifest


def _must_fit(manifest):
    if manifest["kind"] != connection.vendor:
        raise BackupError(
            f"It was made of {manifest['kind']}, and this database is {connection.vendor}."
        )
    if tables.names():
        raise BackupError(
            "This database holds something already. A backup is brought into an empty one."
        )
    known = set(MigrationLoader(connection, ignore_no_migrations=True).disk_migrations)
    if unknown := [each for each in manifest["migrations"] if tuple(each) not in known]:
        raise BackupError(
            f"It was made by another version of the portal: nothing here is known of {unknown}."
        )


def _must_agree(saved, found):
    for table, facts in saved.items():
        if found.get(table) != facts:
            raise BackupError(f"{table} is not what was saved: {facts}, {found[table]}")


def _bring_file(name, sha256, source):
    if default_storage.exists(name):
        with default_storage.open(name) as there:
            if tables.sha256_of(there) == sha256:
                return
        raise BackupError(f"Another file stands where {name} belongs.")
    with source.open(f"files/{name}") as saved:
        default_storage.save(name, File(saved))
    with default_storage.open(name) as brought:
        if tables.sha256_of(brought) != sha256:
            raise BackupError(f"{name} is not what was saved.")


def look_around():
    """What is wrong with a portal that was restored: pages that do not answer, keys it lacks."""
    faults = []
    missing = set(keys_in_use()) - {key.id for key in ring()}
    if missing:
        ids = ", ".join(sorted(missing))
        faults.append(f"Sealed columns need keys that FIELD_KEYS does not hold: {ids}")
    requests.disabled = True  # nobody asked
    host = urlsplit(settings.BASE_URL).hostname
    visitor = Client(SERVER_NAME=host, raise_request_exception=False)
    for path in _sample():
        status = visitor.get(path, secure=settings.SECURE_SSL_REDIRECT).status_code
        if status != 200:
            faults.append(f"{path} answers {status}")
    return faults


def _sample():
    """Addresses of what visitors read, from the whole tree, spread evenly."""
    offered = Page.objects.filter(
        depth__gt=1, locale__language_code__in=public_languages()
    )
    pages = list(readable(offered).order_by("path"))
    step = max(1, len(pages) // LOOKED_AT)
    return [urlsplit(url).path for page in pages[::step] if (url := page.url)]
