"""Fills the browser's portal with what its journeys need beyond the real content."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.portal_settings")
django.setup()

from django.contrib.auth.models import Group  # noqa: E402 - after django.setup()

from accounts.models import User  # noqa: E402 - after django.setup()
from accounts.roles import ROLES  # noqa: E402 - after django.setup()
from tests import pseudo  # noqa: E402 - after django.setup()

PASSWORD = "a long pass phrase for tests"

if __name__ == "__main__":
    pseudo.catalogue(os.environ["PSEUDO_LOCALE"])
    for role in ROLES:
        name = role.split()[0].lower()
        user = User.objects.create_user(f"{name}@example.gov", PASSWORD)
        user.groups.add(Group.objects.get(name=role))
    pseudo.translate_all()
