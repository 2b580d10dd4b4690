"""SQLite is what `make run` starts on: what is marked `on_sqlite_too` is run there as well."""

import os
import subprocess
import sys

import pytest
from django.conf import settings


@pytest.mark.long
def test_what_must_hold_on_sqlite_too_holds_there():
    ran = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-m", "on_sqlite_too", "-p", "no:xdist"]
        + ["-p", "no:cacheprovider", "--ignore=tests/browser", "tests"],
        cwd=settings.BASE_DIR,
        env=os.environ | {"TEST_DATABASE_URL": "sqlite://:memory:"},
        capture_output=True,
        text=True,
        check=False,
    )

    assert ran.returncode == 0, ran.stdout[-3000:]
    assert " passed" in ran.stdout
