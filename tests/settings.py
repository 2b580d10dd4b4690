"""The portal's own settings, with a quick hasher, memory for files and a database to throw away."""

import os

from tests.database import on_sqlite, server_url, template_name
from tests.running import NEEDED

os.environ |= NEEDED | {"DATABASE_URL": server_url()}

if not on_sqlite():
    template_name()  # before other processes of this run are started

from crcl_portal.settings import *  # noqa: F403
from crcl_portal.settings import STORAGES

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = STORAGES | {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
CACHES = {
    alias: {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": alias,
    }
    for alias in ["default", "pages"]
}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
OUTBOX_BACKEND = EMAIL_BACKEND
MAIL_AT_ONCE = False  # a thread would look past the test's transaction
WAGTAILADMIN_BASE_URL = "http://testserver"
WHITENOISE_AUTOREFRESH = True  # no scan of files before each test process
