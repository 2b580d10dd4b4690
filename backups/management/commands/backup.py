from django.conf import settings
from django.core.management.base import CommandError

from accounts.command import PortalCommand
from backups import services
from backups.command import careful


class Command(PortalCommand):
    help = "Save database and uploads into one encrypted file in BACKUP_ROOT."

    def add_arguments(self, parser):
        parser.add_argument(
            "--keep",
            type=int,
            metavar="N",
            help="once it is whole, delete all but the newest N",
        )

    def handle(self, *, keep, **options):
        if keep is not None and keep < 1:
            raise CommandError("--keep must leave at least one.")
        with careful("Nothing was saved."):
            path, left_out = services.save(settings.BACKUP_ROOT)
        self.stdout.write(f"{path}: {path.stat().st_size} bytes")
        for each in left_out:
            self.stderr.write(f"Not in it: {each}")
        with careful("It is saved."):
            for old in services.forget(path, keep) if keep else []:
                self.stdout.write(f"{old.name} is deleted")
