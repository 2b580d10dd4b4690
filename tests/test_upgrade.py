"""A new version comes while people read."""

import os
import subprocess
import sys
import threading
import time
from contextlib import closing

import psycopg2
import pytest

from tests import running
from tests.database import copy, database_url, drop, on_sqlite, template

# What `set_up` begins with; it goes on with content, which takes no locks of tables.
MIGRATE = """
from home.management.commands.set_up import Command
Command().migrate()
"""
ASK = "SELECT count(*) FROM core_clockjob"


@pytest.fixture
def database(tmp_path):
    """One that lacks a column, as it is before an upgrade; and who is to upgrade it."""
    if on_sqlite():
        pytest.skip("which has no locks of tables")
    name = f"upgrade_{os.getpid()}"
    copy(name, template())
    environment = running.environment(tmp_path, database_url(name))
    environment["DJANGO_SETTINGS_MODULE"] = "crcl_portal.settings"
    running.python(environment, "manage.py", "migrate", "-v0", "core", "0004")
    yield environment
    drop(name)


def test_an_upgrade_that_waits_for_a_table_soon_lets_others_pass(database):
    """Somebody reads for long; the upgrade wants the table alone; visitors come behind it."""
    url, waits, done = database["DATABASE_URL"], [], threading.Event()

    def visit():
        with closing(psycopg2.connect(url)) as visiting, visiting.cursor() as cursor:
            while not done.is_set():
                began = time.monotonic()
                cursor.execute(ASK)
                visiting.rollback()
                waits.append(time.monotonic() - began)
                time.sleep(0.05)

    visitor = threading.Thread(target=visit)
    with closing(psycopg2.connect(url)) as reading, reading.cursor() as cursor:
        cursor.execute(ASK)  # and does not end
        visitor.start()
        upgrade = subprocess.Popen(
            [sys.executable, "manage.py", "shell", "-v0", "-c", MIGRATE],
            env=database,
            cwd=running.ROOT,
            stdout=subprocess.PIPE,
            text=True,
        )
        try:
            assert upgrade.stdout.readline() == "A table is in use; trying again …\n"
            time.sleep(1)
            reading.rollback()
            assert upgrade.wait(60) == 0
        finally:
            upgrade.kill()
            done.set()
            visitor.join()
        cursor.execute("SELECT failing_since FROM core_clockjob")

    assert 1 < max(waits) < 8  # three seconds, and what a slow machine adds
