"""
One encrypted file that holds many: a zip inside age (age-encryption.org/v1).

age vouches for every byte: a file that was changed or cut, or a wrong key, is refused as a
whole. Until it is whole it bears another name.
"""

import os
import tempfile
import threading
import zipfile
from contextlib import contextmanager

import pyrage
from django.conf import settings

SECRET = "AGE-SECRET-KEY-"  # noqa: S105 - how each begins


class BackupError(Exception):
    """What hinders a backup or restore, in words for an operator."""


def _recipient():
    """Whom backups are encrypted to: BACKUP_KEY, or the public half of it."""
    if settings.BACKUP_KEY.startswith(SECRET):
        return _identity().to_public()
    try:
        return pyrage.x25519.Recipient.from_str(settings.BACKUP_KEY)
    except pyrage.RecipientError as fault:
        raise BackupError(
            "BACKUP_KEY is no age key. `make secrets` makes one, as age-keygen does."
        ) from fault


def _identity():
    try:
        return pyrage.x25519.Identity.from_str(settings.BACKUP_KEY)
    except pyrage.IdentityError as fault:
        raise BackupError(
            "To read a backup, BACKUP_KEY must be the secret key: AGE-SECRET-KEY-1…"
        ) from fault


class _Encrypting(threading.Thread):
    """Takes what is written into a pipe, encrypted, to a file."""

    def __init__(self, source, target, recipient):
        super().__init__()
        self._source, self._target, self._recipient = source, target, recipient
        self._fault = None

    def run(self):
        with self._source:
            try:
                pyrage.encrypt_io(self._source, self._target, [self._recipient])
            except Exception as fault:  # told in the thread that waits for this one
                self._fault = fault

    def finish(self):
        self.join()
        if self._fault:
            raise BackupError(f"It could not be written: {self._fault}")


@contextmanager
def written(path):
    """A zip to write into; under its own name only once every byte is on the disk."""
    partial = path.with_name(f"{path.name}.partial")
    try:
        with partial.open("wb") as target:
            with _encrypted(target) as sink, _zip(sink, "w") as archive:
                yield archive
            target.flush()
            os.fsync(target.fileno())
        partial.rename(path)
        _sync(path.parent)
    finally:
        partial.unlink(missing_ok=True)


@contextmanager
def _encrypted(target):
    recipient = _recipient()
    reading, writing = os.pipe()
    encrypting = _Encrypting(os.fdopen(reading, "rb"), target, recipient)
    encrypting.start()
    try:
        with os.fdopen(writing, "wb") as sink:
            yield sink
    except BrokenPipeError:
        encrypting.finish()  # says why nobody reads any more
        raise
    encrypting.finish()


def _zip(file, mode):
    return zipfile.ZipFile(file, mode, zipfile.ZIP_DEFLATED, compresslevel=6)


def _sync(folder):
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def read(path):
    """The zip of a backup, every byte of which has been vouched for."""
    identity = _identity()
    # Beside the backup, where there is room; it has no name and goes with this process.
    with path.open("rb") as source, tempfile.TemporaryFile(dir=path.parent) as plain:
        try:
            pyrage.decrypt_io(source, plain, [identity])
        except (pyrage.DecryptError, OSError) as fault:
            if getattr(fault, "errno", None):  # the disk's own
                raise
            raise BackupError(
                f"{path.name} cannot be read: it was changed or cut, or BACKUP_KEY is "
                "not the key it was made for."
            ) from fault
        plain.seek(0)
        with _zip(plain, "r") as archive:
            yield archive
