"""Uploads, on this machine or in object storage: into a backup, and out of it."""

import os
import stat
from contextlib import ExitStack, contextmanager
from pathlib import Path

from django.core.files import File
from django.core.files.storage import FileSystemStorage, default_storage

from backups.archive import BackupError
from backups.checksums import sha256_of
from backups.manifest import file_entry, may_be_named


def save(into, left_out):
    """Save every upload; answers with the checksum of each, by its name."""
    on_disk = isinstance(default_storage, FileSystemStorage)
    names = _on_disk(Path(default_storage.location), left_out) if on_disk else _stored()
    sums = {}
    for name in names:
        if not may_be_named(name):
            left_out.append(f"{name!r}: a name that not every system takes")
            continue
        try:
            sums[name] = _save_file(name, into)
        except FileNotFoundError:
            left_out.append(f"{name!r}: was deleted meanwhile")
    return sums


def _on_disk(root, left_out):
    """What lies below MEDIA_ROOT and belongs there: a link could lead to any file of the machine."""
    for folder, folders, files in os.walk(root, onerror=_unless_it_is_gone):
        folders.sort()
        place = Path(folder).relative_to(root)
        for name in folders:
            if Path(folder, name).is_symlink():
                left_out.append(f"{str(place / name)!r}: a link to a folder")
        for name in sorted(files):
            if why := _why_not(Path(folder, name), root):
                left_out.append(f"{str(place / name)!r}: {why}")
            else:
                yield str(place / name)


def _unless_it_is_gone(fault):
    if not isinstance(fault, FileNotFoundError):
        raise fault


def _why_not(path, root):
    try:
        real = Path(os.path.realpath(path, strict=True))
        kind = real.stat().st_mode
    except OSError as fault:
        if path.is_symlink():
            return "a link that leads nowhere"
        if isinstance(fault, FileNotFoundError):
            return "was deleted meanwhile"
        raise
    if not real.is_relative_to(root.resolve()):
        return "a link that leads out of MEDIA_ROOT"
    return None if stat.S_ISREG(kind) else "is no file"


def _stored(folder=""):
    folders, files = default_storage.listdir(folder)
    for name in sorted(files):
        yield f"{folder}{name}"
    for name in sorted(folders):
        if may_be_named(f"{folder}{name}"):
            yield from _stored(f"{folder}{name}/")
        else:  # "a//b" is listed as a folder "." of itself
            yield f"{folder}{name}"


def _save_file(name, into):
    with (
        default_storage.open(name) as source,
        into.open(file_entry(name), "w", force_zip64=True) as out,
    ):
        return sha256_of(source, out)


@contextmanager
def brought(archive, sums):
    """Uploads are where they were; taken away again, should what follows go wrong."""
    with ExitStack() as undo:
        for name, sha256 in sums.items():
            _bring(name, sha256, archive, undo)
        yield
        undo.pop_all()


def _bring(name, sha256, archive, undo):
    if default_storage.exists(name):
        with default_storage.open(name) as there:
            if sha256_of(there) == sha256:
                return
        raise BackupError(
            f"Another file stands where {name} belongs. Move it away, and begin again."
        )
    undo.callback(default_storage.delete, name)
    with archive.open(file_entry(name)) as saved:
        stored_as = default_storage.save(name, File(saved))
    if stored_as != name:
        undo.callback(default_storage.delete, stored_as)
        raise BackupError(f"{name} could be stored as {stored_as} only.")
    with default_storage.open(name) as there:
        if sha256_of(there) != sha256:
            raise BackupError(f"{name} is not what was saved.")
