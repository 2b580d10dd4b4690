import subprocess
import sys
from pathlib import Path

from django.conf import settings
from django.core.management.base import CommandError

from accounts.command import PortalCommand
from backups import scratch, services
from backups.archive import BackupError
from backups.command import HINDERED, careful, words
from backups.models import Drill


class Command(PortalCommand):
    help = (
        "Try whether a backup, the newest if none is named, can be restored: in a scratch "
        "database that is taken away again. How it ended is kept, and readiness tells it."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, nargs="?")

    def handle(self, *, file, **options):
        file = file or next(iter(reversed(services.saved(settings.BACKUP_ROOT))), None)
        with careful(), scratch.alone():
            scratch.clear(settings.BACKUP_ROOT)
            try:
                held, report = True, self.restored(file)
            except HINDERED as fault:  # a drill that could not be tried has failed
                held, report = False, words(fault)
            name = file.name if file else "Nothing"
            Drill.objects.create(backup=name[-120:], held=held, report=report[-2000:])
        if not held:
            raise CommandError(f"{name} could not be restored. {report}")
        self.stdout.write(f"{name} was restored in a scratch place. {report}")

    @staticmethod
    def restored(file):
        """What `restore` says of it in a scratch place; raises `BackupError` if that ends badly."""
        if file is None:
            raise BackupError("There is no backup yet: `manage.py backup` makes one.")
        with scratch.place() as environment:
            tried = subprocess.run(  # noqa: S603 - our own command
                [
                    sys.executable,
                    settings.BASE_DIR / "manage.py",
                    "restore",
                    file.resolve(),
                ],
                env=environment,
                capture_output=True,
                text=True,
                check=False,
            )
        if tried.returncode:
            raise BackupError(tried.stderr.strip())
        return tried.stdout.strip()
