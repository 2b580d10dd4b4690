"""
The list of what a backup holds, and whether the rest of it agrees.

That a file opens does not say who made it: anybody may know the public key. So the list and
every byte that it names are looked at before anything is touched.
"""

import json
import re
import zipfile
from datetime import datetime
from pathlib import PurePosixPath

from backups.archive import BackupError, legible
from backups.checksums import sha256_of

NAME = "manifest.json"
WHOLE = "database.sqlite3"
LONGEST = 256 * 1024 * 1024  # bytes of the list: a million files
# More than that is no portal that was packed, but a file made to fill the disk.
AT_ONCE, TIMES = 1024**3, 100
PACKED = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}

_TABLE = re.compile("[A-Za-z_][A-Za-z0-9_]{0,62}")
_KEY = re.compile("[0-9a-f]{8}|[?]")
_SHA256 = re.compile("[0-9a-f]{64}")
_UNSAFE = re.compile(r"[\x00-\x1f\x7f\\\ud800-\udfff]|^[A-Za-z]:")


def table_entry(table):
    return f"tables/{table}"


def file_entry(name):
    return f"files/{name}"


def may_be_named(name):
    """Whether an upload may have this name: a plain path below MEDIA_ROOT, on any system."""
    path = PurePosixPath(name)
    return bool(
        name
        and str(path) == name
        and not path.is_absolute()
        and ".." not in path.parts
        and name != "."
        and not _UNSAFE.search(name)
    )


def read(archive):
    """The list, and nothing else than `backup` writes; `check_bytes` looks at the rest."""
    with legible():
        _must_be_packed_as_usual(archive)
        manifest = _listed(archive)
    for part, right in _parts(manifest):
        if not right:
            raise BackupError(f"The list of what is in it is wrong at “{part}”.")
    entries = archive.namelist()
    if len(entries) != len(set(entries)):
        raise BackupError("It holds two things of one name.")
    if lacking := sorted(_sums(manifest).keys() - set(entries)):
        raise BackupError(f"It lists what it does not hold: {', '.join(lacking[:5])}.")
    return manifest


def check_bytes(archive, manifest):
    """Read all of it once, so that nothing is begun that cannot be brought to an end."""
    for entry, sha256 in _sums(manifest).items():
        with legible(), archive.open(entry) as source:
            found = sha256_of(source)
        if found != sha256:
            raise BackupError(f"{entry} is not what was saved.")


def _listed(archive):
    if archive.getinfo(NAME).file_size > LONGEST:
        raise ValueError(f"{NAME} is too long")
    return json.loads(archive.read(NAME))


def _must_be_packed_as_usual(archive):
    members = archive.infolist()
    if any(each.compress_type not in PACKED for each in members):
        raise ValueError("it is packed in another way")
    unpacked = sum(each.file_size for each in members)
    packed = archive.fp.seek(0, 2)
    if unpacked > max(AT_ONCE, TIMES * packed):
        raise ValueError(f"{packed} bytes would become {unpacked}")


def _parts(manifest):
    """Each part of the list, and whether it is as `backup` writes it."""
    if not isinstance(manifest, dict):
        yield "the whole", False
        return
    kind, tables = manifest.get("kind"), manifest.get("tables")
    yield "made", _is_moment(manifest.get("made"))
    yield "kind", kind in ("postgresql", "sqlite")
    yield "migrations", _is_list(manifest.get("migrations"), _is_migration)
    yield "keys", _is_list(manifest.get("keys", []), _is_key)  # old ones name none
    if kind == "sqlite":
        yield "sha256", _is_sha256(manifest.get("sha256"))
        yield "tables", _is_map(tables, _is_text, _counts_rows)
    else:
        yield "tables", _is_map(tables, _TABLE.fullmatch, _knows_rows)
    yield "files", _is_map(manifest.get("files"), may_be_named, _is_sha256)


def _sums(manifest):
    """Each thing that a backup must hold, and its checksum."""
    sums = {file_entry(name): sha256 for name, sha256 in manifest["files"].items()}
    if manifest["kind"] == "sqlite":
        return sums | {WHOLE: manifest["sha256"]}
    tables = manifest["tables"].items()
    return sums | {table_entry(table): facts["sha256"] for table, facts in tables}


def _is_text(value):
    return isinstance(value, str)


def _is_key(value):
    return _is_text(value) and bool(_KEY.fullmatch(value))


def _is_sha256(value):
    return _is_text(value) and bool(_SHA256.fullmatch(value))


def _is_moment(value):
    try:
        return bool(datetime.fromisoformat(value))
    except (TypeError, ValueError):
        return False


def _is_migration(value):
    return _is_list(value, _is_text) and len(value) == 2


def _counts_rows(value):
    return isinstance(value, dict) and isinstance(value.get("rows"), int)


def _knows_rows(value):
    return _counts_rows(value) and _is_sha256(value.get("sha256"))


def _is_list(value, of):
    return isinstance(value, list) and all(map(of, value))


def _is_map(value, of, to):
    return isinstance(value, dict) and all(
        of(key) and to(each) for key, each in value.items()
    )
