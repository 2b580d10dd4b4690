from accounts import first
from accounts.command import PortalCommand


class Command(PortalCommand):
    help = "Give an administrator a new password, and print it."

    def add_arguments(self, parser):
        first.add_email_argument(parser)

    def handle(self, *, email, **options):
        self.stdout.write(
            f"  Sign in as  {email}\n"
            f"  Password    {first.let_in(email)}\n"
            "              It is not shown again."
        )
