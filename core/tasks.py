"""Work that is put off to the worker, where there is one: what it leaves behind is seen to."""

from datetime import timedelta

from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

LONGEST = timedelta(minutes=10)  # that any task of ours takes
KEPT = timedelta(days=1)  # the arguments of what is done


def take_up_lost_tasks():
    """Let a task run again whose worker was killed over it; forget those that are long done."""
    now = timezone.now()
    lost = DBTaskResult.objects.filter(
        status=TaskResultStatus.RUNNING, started_at__lt=now - LONGEST
    )
    lost.update(status=TaskResultStatus.READY, started_at=None)
    DBTaskResult.objects.filter(finished_at__lt=now - KEPT).delete()
