"""Saving everything that a portal holds into one file, and bringing it back into an empty place."""

import json
from datetime import UTC, datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import Client
from wagtail import hooks
from wagtail.models import Page

from backups import archive, manifest, scratch, tables, uploads
from backups.archive import SUFFIX, BackupError
from core.hooks import AFTER_RESTORE
from core.languages import public_languages
from core.logs import requests
from core.readable import readable
from records.keys import ring
from records.rotation import keys_in_use

LOOKED_AT = 20  # pages
MUCH_SMALLER = 10  # times


def save(folder):
    """
    Save database and uploads; answers with the file and what had to be left out.

    The file is whole or not there.
    """
    _must_be_set_up()
    if folder.resolve().is_relative_to(settings.MEDIA_ROOT.resolve()):
        raise BackupError("BACKUP_ROOT lies in MEDIA_ROOT: it would save itself.")
    folder.mkdir(parents=True, exist_ok=True)
    scratch.clear(folder)
    made, left_out = datetime.now(UTC), []
    path = folder / f"portal-{made:%Y%m%d-%H%M%S}{SUFFIX}"
    with archive.written(path) as into:
        listed = {"made": made.isoformat(), "kind": connection.vendor}
        listed |= tables.database().save(into, left_out)
        listed["files"] = uploads.save(into, left_out)
        into.writestr(manifest.NAME, json.dumps(listed))
    return path, left_out


def _must_be_set_up():
    """Else a wrong DATABASE_URL would be saved well, day by day, and push out what is good."""
    there = Page._meta.db_table in tables.names()
    if not (there and Page.objects.not_exact_type(Page).exists()):
        raise BackupError(
            "This database holds no page of the portal: it has not been set up, or "
            "DATABASE_URL names another one."
        )


def saved(folder):
    """Every backup in a folder, the newest last."""
    return sorted(folder.glob(f"portal-*{SUFFIX}"))


def forget(made, keep):
    """Delete all but `keep` backups: the one that was made just now, and the newest others."""
    others = [each for each in saved(made.parent) if each != made]
    size = made.stat().st_size * MUCH_SMALLER
    if any(size < each.stat().st_size for each in others):
        raise BackupError(
            f"{made.name} is whole, but less than a tenth of an earlier one: nothing is "
            "deleted. Look whether something is missing; if not, delete the old ones."
        )
    old = others[: max(0, len(others) - keep + 1)]
    for path in old:
        path.unlink()
    return old


def restore(path, *, without_keys=False):
    """
    Bring a backup into an empty database, its uploads beside it; answers with its manifest.

    Raises `BackupError`, before anything is touched where that can be known, and leaves
    nothing behind where it cannot.
    """
    database = tables.database()
    with archive.read(path) as source:
        listed = manifest.read(source)
        _must_fit(listed)
        if not without_keys:
            _must_be_legible(listed)
        manifest.check_bytes(source, listed)
        # In this order, so that uploads go again also if the last COMMIT fails.
        with uploads.brought(source, listed["files"]), database.restoring():
            _must_agree(listed["tables"], database.load(source, listed))
            call_command("migrate", verbosity=0)
            for act in hooks.get_hooks(AFTER_RESTORE):
                act(listed)
    return listed


def _must_fit(listed):
    if listed["kind"] != connection.vendor:
        raise BackupError(
            f"It was made of {listed['kind']}, and this database is {connection.vendor}."
        )
    if tables.names():
        raise BackupError(
            "This database holds something already. A backup is brought into an empty one: "
            "name another in DATABASE_URL. If a restore was cut off here, drop this database "
            "and create it anew (SQLite: delete the file)."
        )
    ran = {tuple(each) for each in listed["migrations"]}
    if unknown := sorted(ran - tables.known_migrations()):
        raise BackupError(
            f"It was made by another version of the portal: nothing here is known of {unknown}."
        )
    if listed["kind"] == "sqlite":  # one file, which holds whatever it holds
        return
    if odd := sorted(listed["tables"].keys() - tables.made_by(ran)):
        raise BackupError(
            f"It holds tables that its migrations do not make: {', '.join(odd[:5])}."
        )


def _must_be_legible(listed):
    # "?" is what was never sealed as it should be: no key would help.
    if lacking := _lacking(set(listed.get("keys", [])) - {"?"}):
        raise BackupError(
            f"{lacking} Put them back; if they are lost, --without-keys brings all the rest."
        )


def _lacking(needed):
    """Says which keys are not at hand; nothing, if all are."""
    if ids := ", ".join(sorted(set(needed) - {key.id for key in ring()})):
        return f"Sealed columns need keys that FIELD_KEYS does not hold: {ids}."


def _must_agree(saved, found):
    for table in sorted(saved.keys() | found.keys()):
        if saved.get(table) != found.get(table):
            raise BackupError(
                f"{table} is not what was saved: {saved.get(table)}, {found.get(table)}"
            )


def look_around():
    """What is wrong with a portal that was restored: pages that do not answer, keys it lacks."""
    faults = []
    if lacking := _lacking(keys_in_use()):
        faults.append(lacking)
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
