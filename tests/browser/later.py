"""Runs the portal's clock as it would run an hour from now, so that no test has to wait."""

import datetime
import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.portal_settings")
django.setup()

from django.core.management import call_command  # noqa: E402 - after django.setup()
from django.utils import timezone  # noqa: E402 - after django.setup()

if __name__ == "__main__":
    now = timezone.now
    timezone.now = lambda: now() + datetime.timedelta(hours=1)
    call_command("tick")
