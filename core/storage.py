"""Uploads in object storage, for portals on more than one machine."""

from django.conf import settings
from django.utils.encoding import filepath_to_uri
from storages.backends.s3 import S3Storage


class BucketStorage(S3Storage):
    """
    A bucket that the portal alone reads: visitors ask the portal, and nobody else.

    A name that is taken is never written over, as on a disk.
    """

    file_overwrite = False
    default_acl = None
    querystring_auth = False

    def url(self, name, parameters=None, expire=None, http_method=None):
        return settings.MEDIA_URL + filepath_to_uri(name)
