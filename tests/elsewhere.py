"""A database and uploads of a test's own, for commands that are run in its process."""

from contextlib import contextmanager

from django.contrib.contenttypes.models import ContentType
from django.db import connection


@contextmanager
def in_database(name, blocker):
    """For a while this database stands in the place of the tests' own, outside of any transaction."""
    own = connection.settings_dict["NAME"]
    with blocker.unblock():
        connection.close()
        connection.settings_dict["NAME"] = name
        ContentType.objects.clear_cache()
        try:
            yield
        finally:
            connection.close()
            connection.settings_dict["NAME"] = own
            ContentType.objects.clear_cache()


def uploads_on_disk(settings, folder):
    """From now on uploads lie in a folder, as on one machine."""
    folder.mkdir()
    settings.MEDIA_ROOT = folder
    storage = {"BACKEND": "django.core.files.storage.FileSystemStorage"}
    settings.STORAGES = settings.STORAGES | {"default": storage}
    return folder
