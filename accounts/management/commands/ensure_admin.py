from accounts import first
from accounts.command import PortalCommand


class Command(PortalCommand):
    help = "Make an administrator if there is none, and print the password, once."

    def add_arguments(self, parser):
        first.add_email_argument(parser)

    def handle(self, *, email, **options):
        existing = first.administrators().order_by("pk").first()
        if existing:
            self.stdout.write(
                f"  Sign in as  {existing.email}\n"
                "  Password    shown when the account was made; `make admin` gives a new one"
            )
            return
        password = first.let_in(email)
        self.stdout.write(
            f"  Sign in as  {email}\n"
            f"  Password    {password}\n"
            "              It is not shown again; `make admin` gives a new one."
        )
