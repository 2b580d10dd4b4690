"""
One encrypted file that holds many: a zip inside age (age-encryption.org/v1).

age vouches for every byte: a file that was changed or cut, or a wrong key, is refused as a
whole. Until it is whole it bears another name.
"""

import fcntl
import os
import struct
import tempfile
import threading
import zipfile
import zlib
from contextlib import contextmanager

import pyrage
from django.conf import settings

SECRET = "AGE-SECRET-KEY-"  # noqa: S105 - how each begins
SUFFIX, PARTIAL = ".zip.age", ".partial"
# What Python raises for a zip that somebody has made by hand.
BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    KeyError,
    NotImplementedError,
    OverflowError,
    RuntimeError,
    ValueError,
)


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


def lock(path, mode="ab"):
    """
    The file, open, and ours while it stays so; nothing, if it is another process's.

    It is let go of by itself when its process ends, however that happens.
    """
    file = path.open(mode)
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as fault:
        file.close()
        if isinstance(fault, BlockingIOError):
            return None
        raise
    if os.fstat(file.fileno()).st_nlink:
        return file
    file.close()  # taken away by the other one, which took it for forgotten
    return None


@contextmanager
def written(path):
    """A zip to write into; under its own name only once every byte is on the disk."""
    partial = path.with_name(f"{path.name}{PARTIAL}")
    try:
        target = lock(partial, "xb")
    except FileExistsError:
        target = None
    if target is None:
        raise BackupError(f"Another backup writes {path.name}. Begin again.")
    try:
        with target:
            os.fchmod(target.fileno(), 0o600)
            if path.exists():
                raise BackupError(f"There is a {path.name} already. Begin again.")
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
    finally:
        encrypting.join()
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
        with legible():
            archive = _zip(plain, "r")
        with archive:
            yield archive


@contextmanager
def legible():
    """Whoever has the public key can seal anything: what is no backup is refused in words."""
    try:
        yield
    except BROKEN as fault:
        raise BackupError(
            f"The key fits, but `backup` has not made what is in it: {fault}"
        ) from fault
