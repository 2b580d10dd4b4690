import subprocess
import sys
from pathlib import Path

from django.conf import settings
from django.core.management.base import CommandError

from accounts.command import PortalCommand
from backups import scratch, services
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
        if file is None:
            raise CommandError("There is no backup yet: `manage.py backup` makes one.")
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
        held = tried.returncode == 0
        report = (tried.stdout if held else tried.stderr).strip()
        Drill.objects.create(backup=file.name, held=held, report=report[-2000:])
        if not held:
            raise CommandError(f"{file.name} could not be restored. {report}")
        self.stdout.write(f"{file.name} was restored in a scratch place. {report}")
