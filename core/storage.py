"""
Uploads in object storage, for portals on more than one machine.

What goes wrong there is an OSError, as it would be on a disk: whoever does without a file
that cannot be read does without it here, too. And it is not waited for long: one request
waits once, and for a while afterwards nobody else does.
"""

import threading
import time
from contextlib import contextmanager

from boto3.exceptions import Boto3Error
from botocore.client import Config
from botocore.exceptions import BotoCoreError, ClientError
from django.conf import settings
from django.utils.encoding import filepath_to_uri
from storages.backends.s3 import S3Storage

from core.uploads import StorageDown

# Seconds, and twice at most; botocore's own wait is a minute, five times.
WAITING = Config(
    connect_timeout=2,
    read_timeout=4,
    retries={"mode": "standard", "total_max_attempts": 2},
)
LONG = 1.5  # seconds, for who has nothing to give in the end
PAUSE = 10  # seconds in which nobody asks again who kept somebody waiting


class _Patience:
    """What this process knows of the storage; after a pause one asks for all."""

    def __init__(self):
        self._to_look = threading.Lock()
        self._silent_until = 0

    @contextmanager
    def asking(self):
        self._wait_for_nobody()
        began, silent_until = time.monotonic(), 0
        try:
            yield
        except (BotoCoreError, Boto3Error, ClientError) as fault:
            is_answer = isinstance(fault, ClientError)
            if not is_answer and time.monotonic() - began > LONG:
                silent_until = time.monotonic() + PAUSE
            kind = type(fault).__name__
            raise StorageDown(f"Object storage does not do it: {kind}") from fault
        finally:
            self._silent_until = silent_until

    def _wait_for_nobody(self):
        with self._to_look:
            if not self._silent_until:
                return
            if time.monotonic() < self._silent_until:
                raise StorageDown("Object storage was silent a moment ago")
            self._silent_until = time.monotonic() + PAUSE


def _patient(name):
    act = getattr(S3Storage, name)

    def asked(self, *args, **options):
        with self.patience.asking():
            return act(self, *args, **options)

    return asked


class BucketStorage(S3Storage):
    """
    A bucket that the portal alone reads: visitors ask the portal, and nobody else.

    A name that is taken is never written over, as on a disk.
    """

    file_overwrite = False
    default_acl = None
    querystring_auth = False

    def __init__(self, **options):
        super().__init__(**options)
        self.client_config = self.client_config.merge(WAITING)
        self.transfer_config.num_download_attempts = 1  # each of which is tried twice
        self.patience = _Patience()

    _save = _patient("_save")
    delete = _patient("delete")
    exists = _patient("exists")
    listdir = _patient("listdir")
    size = _patient("size")
    get_modified_time = _patient("get_modified_time")

    def _open(self, name, mode="rb"):
        """The whole file at once: who has it open reads it to its end."""
        with self.patience.asking():
            file = super()._open(name, mode)
            if "r" in mode:
                file.seek(0)
            return file

    def url(self, name, parameters=None, expire=None, http_method=None):
        return settings.MEDIA_URL + filepath_to_uri(name)

    def ask(self):
        """Nothing but whether the bucket is there, and ours to use."""
        with self.patience.asking():
            self.connection.meta.client.head_bucket(Bucket=self.bucket_name)
