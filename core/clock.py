"""The clock: what is due is done, every minute, by whoever runs `manage.py tick`."""

import logging

from django.utils import timezone
from wagtail import hooks

from core.hooks import CLOCK_JOB
from core.models import ClockJob

logger = logging.getLogger(__name__)


def tick():
    """Run each job once, whatever the others do; answers with the names of those that failed."""
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
    ClockJob.objects.update_or_create(
        name=job.__name__, defaults={"ran_at": timezone.now(), "failed": not ran}
    )
    return ran
