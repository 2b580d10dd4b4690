"""Fills the browser's portal with what its journeys need beyond the real content."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.portal_settings")
django.setup()

from django.contrib.auth.models import Group  # noqa: E402 - after django.setup()
from django.core.management import call_command  # noqa: E402 - after django.setup()
from wagtail.signal_handlers import (  # noqa: E402 - after django.setup()
    disable_reference_index_auto_update,
)

from accounts.models import User  # noqa: E402 - after django.setup()
from accounts.roles import ROLES  # noqa: E402 - after django.setup()
from tests import pseudo  # noqa: E402 - after django.setup()

PASSWORD = "a long pass phrase for tests"

if __name__ == "__main__":
    call_command("collectstatic", interactive=False, verbosity=0)
    with disable_reference_index_auto_update():  # a third of the time, for no journey
        pseudo.translate_all()
    pseudo.catalogue(os.environ["PSEUDO_LOCALE"])
    for role in ROLES:
        name = role.split()[0].lower()
        user = User.objects.create_user(f"{name}@example.gov", PASSWORD)
        user.groups.add(Group.objects.get(name=role))
