"""The account that everything begins with: the first administrator's."""

import secrets

from django.conf import settings
from django.contrib.auth.models import Group

from accounts.models import User
from accounts.roles import ADMINISTRATOR


def add_email_argument(parser):
    """`--email`, else ADMIN_EMAIL of the settings."""
    parser.add_argument(
        "--email",
        default=settings.ADMIN_EMAIL,
        help="the administrator's address (default: ADMIN_EMAIL, or %(default)s)",
    )


def administrators():
    """Those who can let others in."""
    return User.objects.filter(is_active=True, groups__name=ADMINISTRATOR)


def let_in(email):
    """Make somebody an administrator, or let them in again; gives a new password."""
    password = "-".join(secrets.token_hex(3) for _ in range(4))
    user = User.objects.filter(email__iexact=email).first()
    if user is None:
        user = User.objects.create_user(
            email, first_name="Portal", last_name="Administrator"
        )
    user.is_active = True
    user.set_password(password)
    user.save()
    user.groups.add(Group.objects.get(name=ADMINISTRATOR))
    return password
