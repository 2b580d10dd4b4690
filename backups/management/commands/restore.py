from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from backups import services
from backups.archive import BackupError


class Command(BaseCommand):
    help = "Bring a backup back, into an empty database and beside it its uploads."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)

    def handle(self, *, file, **options):
        try:
            manifest = services.restore(file)
        except (BackupError, OSError) as fault:
            raise CommandError(str(fault)) from fault
        rows = sum(each["rows"] for each in manifest["tables"].values())
        self.stdout.write(
            f"As it was at {manifest['made']}: {len(manifest['tables'])} tables, "
            f"{rows} rows, {len(manifest['files'])} files; each is what was saved."
        )
        if faults := services.look_around():
            raise CommandError("It is restored, but: " + "; ".join(faults))
        self.stdout.write("The pages that were tried answer.")
