"""Writes a folder of secrets that nobody else has, one file each; never over those that are there."""

import base64
import os
import secrets
import sys
from pathlib import Path

from pyrage import x25519

folder = Path(sys.argv[1])
password = secrets.token_urlsafe(32)
new = {
    "secret_key": secrets.token_urlsafe(50),
    "field_keys": base64.urlsafe_b64encode(os.urandom(32)).decode(),
    "backup_key": str(x25519.Identity.generate()),
    "database_password": password,
    "database_url": f"postgres://portal:{password}@database/portal",
}
# Of other services, which not everybody has: empty until somebody writes one in.
given = ["cache_url", "page_cache_url", "email_host_password", "aws_credentials"]

folder.mkdir(mode=0o700, exist_ok=True)
folder.chmod(0o700)
there = {path.name for path in folder.iterdir()}
if there & set(new):
    if lost := ", ".join(sorted(set(new) - there)):
        # Some belong together: a new password is not the one that the database has.
        sys.exit(f"{folder} lacks {lost}. Put back what it was, or begin with none.")
    new = {}
missing = {**new, **dict.fromkeys(given, "")}.keys() - there
if not missing:
    sys.exit(f"There are secrets in {folder} already; they are left as they are.")
for name in sorted(missing):
    (folder / name).write_text(new.get(name, ""))
    # A container reads it as its own user; the folder is closed.
    (folder / name).chmod(0o444)
