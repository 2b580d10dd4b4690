"""Commands that are tried before there are tables say what comes first."""

import subprocess
import sys

import pytest
from django.conf import settings

from tests.running import NEEDED

COMMANDS = [
    "reset_admin",
    "ensure_admin",
    "sync_roles",
    "load_content",
    "load_demo",
    "tick",
]
# One process for all of them: most of what each would take is to start.
TRY = """
import sys
from django.core.management import execute_from_command_line
for name in sys.argv[1:]:
    try:
        execute_from_command_line(["manage.py", name])
    except SystemExit as end:
        print(name, end.code, file=sys.stderr)
"""


@pytest.fixture
def said(tmp_path):
    """What the commands say, of a database that is an empty file."""
    return subprocess.run(
        [sys.executable, "-c", TRY, *COMMANDS],
        cwd=settings.BASE_DIR,
        env={
            "PATH": "",
            "DJANGO_SETTINGS_MODULE": "crcl_portal.settings",
            **NEEDED,
            "DATABASE_URL": f"sqlite:///{tmp_path}/empty.sqlite3",
        },
        capture_output=True,
        text=True,
        check=True,
    ).stderr.splitlines()


def test_a_command_before_the_first_migrate_says_so_in_one_line(said):
    faults, ends = said[::2], said[1::2]

    assert ends == [f"{name} 1" for name in COMMANDS]
    for fault in faults:
        assert fault.startswith("CommandError: The database is not up to date yet.")
        assert "make run" in fault
        assert "manage.py migrate" in fault
