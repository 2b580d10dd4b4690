"""A place beside the real one, in which a restore is tried."""

import os
import tempfile
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from django.conf import settings
from django.db import connection


@contextmanager
def place():
    """The environment of a portal with an empty database and no uploads; gone afterwards."""
    with (
        tempfile.TemporaryDirectory(dir=settings.BACKUP_ROOT) as folder,
        _database(Path(folder)) as url,
    ):
        yield os.environ | {
            "DATABASE_URL": url,
            "DATABASE_URL_FILE": "",
            "MEDIA_ROOT": f"{folder}/media",
            "FILES_URL": "",
            "CACHE_URL": "",
        }


@contextmanager
def _database(folder):
    if connection.vendor == "sqlite":
        yield f"sqlite:///{folder}/drill.sqlite3"
        return
    name = connection.ops.quote_name(f"{connection.settings_dict['NAME']}_drill")
    try:
        _ask(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        _ask(f"CREATE DATABASE {name} TEMPLATE template0")
        url = urlsplit(settings.DATABASE_URL)
        yield urlunsplit(url._replace(path=f"{url.path}_drill"))
    finally:
        _ask(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


def _ask(statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)
