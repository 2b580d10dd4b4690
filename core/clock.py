"""The clock: what is due is done, every minute, by whoever runs `manage.py tick`."""

import logging
from contextlib import contextmanager

from django.db import connection
from django.utils import timezone
from wagtail import hooks

from core.hooks import CLOCK_JOB
from core.models import ClockJob

logger = logging.getLogger(__name__)

LOCK = 5381  # the advisory lock of the clock that acts
# After which the database ends the clock's connection, and so frees the lock: when its
# machine has vanished (half a minute), and when it says nothing for longer than any job.
GIVE_UP = {
    "tcp_keepalives_idle": "15",
    "tcp_keepalives_interval": "5",
    "tcp_keepalives_count": "3",
    "tcp_user_timeout": "30s",
    "idle_session_timeout": "5min",
    "idle_in_transaction_session_timeout": "5min",
}


def tick():
    """
    Run each job once, whatever the others do; answers with the names of those that failed.

    Of several clocks one acts; should it die or freeze over it, the database frees the lock.
    """
    with _alone() as is_alone:
        return _run_all() if is_alone else []


@contextmanager
def _alone():
    if connection.vendor != "postgresql":  # which is on one machine, and has one clock
        yield True
        return
    with connection.cursor() as cursor:
        for name, value in GIVE_UP.items():
            cursor.execute("SELECT set_config(%s, %s, false)", [name, value])
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [LOCK])
        (is_alone,) = cursor.fetchone()
    try:
        yield is_alone
    finally:
        if is_alone:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])


def _run_all():
    jobs = hooks.get_hooks(CLOCK_JOB)
    # First: where there are no tables, that is one fault and not one of every job.
    ClockJob.objects.exclude(name__in=[job.__name__ for job in jobs]).delete()
    return [job.__name__ for job in jobs if not _ran(job)]


def _ran(job):
    try:
        job()
    except Exception:
        logger.exception("The job %s failed", job.__name__)
        ran = False
    else:
        ran = True
    _note(job.__name__, ran)
    return ran


def _note(name, ran):
    now = timezone.now()
    before = ClockJob.objects.filter(name=name, failed=True).first()
    since = (before and before.failing_since) or now
    ClockJob.objects.update_or_create(
        name=name,
        defaults={
            "ran_at": now,
            "failed": not ran,
            "failing_since": None if ran else since,
        },
    )
