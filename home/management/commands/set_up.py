import time

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import OperationalError, connection

LOCK_NOT_AVAILABLE = "55P03"  # PostgreSQL, Appendix A
TRIES, PAUSE = 10, 5  # seconds


class Command(BaseCommand):
    help = (
        "Bring database and words to this version: migrations, cache tables, content. "
        "Run it once before the portal starts, and again with each new version."
    )

    def handle(self, **options):
        self.stdout.write("Bringing the database up to date …")
        self.migrate()
        call_command("createcachetable", verbosity=0)
        call_command("load_content", stdout=self.stdout)

    def migrate(self):
        """
        Without stopping those who read meanwhile: a migration that waits for a table would
        have everybody behind it wait too, so it gives up soon, and tries again.
        """
        for left in reversed(range(TRIES)):
            try:
                self.be_impatient()
                call_command("migrate", verbosity=0)
            except OperationalError as fault:
                if (
                    getattr(fault.__cause__, "pgcode", None) != LOCK_NOT_AVAILABLE
                    or not left
                ):
                    raise
                self.stdout.write("A table is in use; trying again …")
                time.sleep(PAUSE)
            else:
                return

    @staticmethod
    def be_impatient():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET lock_timeout = '3s'")
