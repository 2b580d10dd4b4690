"""Where uploads are kept, and whether they can be kept there now."""

import os
import shutil

from django.conf import settings
from django.core.files.storage import default_storage

ROOM = 200 * 1024 * 1024  # bytes that must be free where files are kept


class StorageDown(OSError):
    """Object storage does not answer, or does not let us in."""


def can_be_kept():
    """Whether object storage answers; or a folder of this machine is ours, and has room."""
    if ask := getattr(default_storage, "ask", None):
        try:
            ask()
        except StorageDown:
            return False
        return True
    return os.access(_folder(), os.W_OK) and has_room()


def has_room():
    """Whether uploads find room, where they are files on this machine."""
    return shutil.disk_usage(_folder()).free >= ROOM


def _folder():
    """Where uploads lie, or will; the first above it that is there."""
    place = settings.MEDIA_ROOT
    while not place.exists():
        place = place.parent
    return place
