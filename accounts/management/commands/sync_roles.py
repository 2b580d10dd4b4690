from django.core.management.base import CommandError

from accounts.command import PortalCommand
from accounts.roles import ROLES
from accounts.sync import sync_roles


class Command(PortalCommand):
    help = "Give each role what accounts/roles.py says, and nothing else."

    def handle(self, **options):
        if missing := sync_roles():
            names = ", ".join(missing)
            raise CommandError(f"accounts/roles.py names what does not exist: {names}")
        self.stdout.write(f"{', '.join(ROLES)}: as accounts/roles.py says.")
