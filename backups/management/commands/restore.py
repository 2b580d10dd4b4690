from pathlib import Path

from django.core.management.base import CommandError

from accounts.command import PortalCommand
from backups import services
from backups.command import careful


class Command(PortalCommand):
    help = "Bring a backup back, into an empty database and beside it its uploads."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--without-keys",
            action="store_true",
            help="also where FIELD_KEYS lacks keys, and what they sealed stays sealed",
        )

    def handle(self, *, file, without_keys, **options):
        with careful():
            manifest = services.restore(file, without_keys=without_keys)
        rows = sum(each["rows"] for each in manifest["tables"].values())
        self.stdout.write(
            f"As it was at {manifest['made']}: {len(manifest['tables'])} tables, "
            f"{rows} rows, {len(manifest['files'])} files; each is what was saved."
        )
        with careful("It is restored, but:"):
            faults = services.look_around()
        if faults:
            raise CommandError("It is restored, but: " + "; ".join(faults))
        self.stdout.write("The pages that were tried answer.")
