"""What the three commands have in common: they say in words what hinders them, and tidy up."""

import signal
import sys
from contextlib import contextmanager

from django.core.management.base import CommandError
from django.db import DatabaseError

from accounts.command import PortalCommand
from backups import tables
from backups.archive import BackupError

HINDERED = (BackupError, OSError, DatabaseError)


def words(fault):
    """What to tell; of a database one line, since the others may repeat a row."""
    said = str(fault).strip()
    return said.partition("\n")[0] if isinstance(fault, DatabaseError) else said


@contextmanager
def careful(before=""):
    """Says `before`, and then what hindered; told to stop, it tidies up first."""
    earlier = {
        each: signal.signal(each, _stop) for each in (signal.SIGTERM, signal.SIGINT)
    }
    try:
        yield
    except HINDERED as fault:
        if isinstance(fault, DatabaseError) and _waits_for_migrations():
            raise  # for PortalCommand, which says what to do
        raise CommandError(f"{before} {words(fault)}".strip()) from fault
    finally:
        for each, handler in earlier.items():
            signal.signal(each, handler)


def _waits_for_migrations():
    return PortalCommand.waits_for_migrations() and tables.names()


def _stop(number, frame):
    """Python would end here and now, and leave what lies in clear."""
    for each in (signal.SIGTERM, signal.SIGINT):
        signal.signal(each, signal.SIG_IGN)  # tidying up is not cut short
    sys.exit("It was stopped, and has tidied up.")
