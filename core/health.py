"""
Whether the portal is alive, and whether it is ready: for whoever starts and watches it.

Alive is said by a process that answers at all; it asks nobody, so that a database that
stands still does not have every process ended. Ready names each part, and no secret.
"""

import datetime
import uuid

from django.core.cache import cache
from django.db import InterfaceError, OperationalError, connection
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Max
from django.http import HttpResponse, JsonResponse
from django.utils import timezone
from wagtail import hooks

from core.hooks import CLOCK_JOB, HEALTH_PART
from core.models import ClockJob
from core.uploads import can_be_kept, has_room

BEGAN = timezone.now()
LATE = datetime.timedelta(minutes=10)  # without a tick, or in which a job only failed


class Unwell(Exception):
    """A part does not work; anybody may read why."""


class Health:
    """Answers before anything else is asked: no host, no session, no redirect to HTTPS."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.path_info == "/healthz/live":
            return _never_kept(HttpResponse("alive\n", content_type="text/plain"))
        if request.path_info == "/healthz/ready":
            parts, well = look()
            status = 200 if well else 503
            return _never_kept(
                JsonResponse({"ready": well, "parts": parts}, status=status)
            )
        return self.get_response(request)


def _never_kept(response):
    response["Cache-Control"] = "no-store"
    return response


def look():
    """How each part is, and whether all are well; what needs a database that is down is not asked."""
    parts, well, down = {}, True, False
    for part in hooks.get_hooks(HEALTH_PART):
        try:
            said = "not asked" if down else part()
        except Unwell as fault:
            said, well = str(fault), False
        except (OperationalError, InterfaceError):
            said, well, down = "does not answer", False, True
        except Exception as fault:  # whatever it is, the part's name is what helps
            said, well = type(fault).__name__, False
        parts[part.__name__] = said
    return parts, well


def disk():
    """Room for uploads, where they are files on this machine."""
    if not has_room():
        raise Unwell("nearly full")
    return "ok"


def files():
    """That what somebody uploads could be kept, and be read again."""
    if not can_be_kept():
        raise Unwell("cannot be kept")
    return "ok"


def database():
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return "ok"


_migrated = False


def migrations():
    """That no migration waits; once that is so, it stays so for this process."""
    global _migrated
    if not _migrated:
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            raise Unwell("some have not run")
        _migrated = True
    return "ok"


def counters():
    """The cache that all processes share."""
    mark = uuid.uuid4().hex
    cache.set(f"health.{mark[0]}", mark, 60)
    if not cache.get(f"health.{mark[0]}"):
        raise Unwell("does not keep what it is given")
    return "ok"


def clock():
    if is_still():
        raise Unwell("stands still")
    if waiting := jobs_not_run():
        raise Unwell(f"has not run {', '.join(waiting)}")
    if failing := ClockJob.objects.filter(failed=True, failing_since__lt=_late()):
        raise Unwell(f"fails at {', '.join(job.name for job in failing)}")
    return "ok"


def last_tick():
    """When the clock last did anything; nothing if it never has."""
    return ClockJob.objects.aggregate(last=Max("ran_at"))["last"]


def is_still():
    last = last_tick()
    return last is None or last < _late()


def jobs_not_run():
    """
    The jobs that have not run for long, though the clock may go: one may hold up the rest.

    One that came with a new version is given time, from when this process began.
    """
    ran = dict(ClockJob.objects.values_list("name", "ran_at"))
    names = [job.__name__ for job in hooks.get_hooks(CLOCK_JOB)]
    return [name for name in names if ran.get(name, BEGAN) < _late()]


def _late():
    return timezone.now() - LATE


PARTS = [disk, database, migrations, counters, clock, files]
