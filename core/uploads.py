"""Where uploads are kept, and whether they can be kept there now."""

import os

from django.conf import settings
from django.core.files.storage import default_storage


class StorageDown(OSError):
    """Object storage does not answer, or does not let us in."""


def can_be_kept():
    """Whether object storage answers; of a folder of this machine, whether we may write there."""
    if ask := getattr(default_storage, "ask", None):
        try:
            ask()
        except StorageDown:
            return False
        return True
    place = settings.MEDIA_ROOT
    while not place.exists():
        place = place.parent
    return os.access(place, os.W_OK)
