import logging
import signal
import time

from django.core.management.base import CommandError
from django.db import close_old_connections

from accounts.command import PortalCommand
from core import clock

logger = logging.getLogger(__name__)


class Command(PortalCommand):
    help = "Do what is due: run it every minute, by cron or by the tick service."

    def add_arguments(self, parser):
        parser.add_argument(
            "--every",
            type=float,
            metavar="SECONDS",
            help="do not end, but run again after so many seconds, until stopped",
        )

    def handle(self, *, every, **options):
        if every:
            self.run_until_stopped(every)
        elif failed := clock.tick():
            raise CommandError(f"These jobs failed: {', '.join(failed)}")

    def run_until_stopped(self, every):
        """A job that has begun is finished first; whatever fails is tried again next time."""
        self.stopped = False
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self.stop)
        while not self.stopped:
            due = time.monotonic() + every
            try:
                clock.tick()
            except Exception:  # the database may be back by the next time
                logger.exception("The clock failed")
            close_old_connections()
            while not self.stopped and time.monotonic() < due:
                time.sleep(min(0.2, every))

    def stop(self, *_signal):
        self.stopped = True
