"""Prints a .env for one's own machine, with secrets that nobody else has."""

import base64
import os
import secrets

print(  # noqa: T201 - printing is what it is for
    f"""\
DEBUG=True
HTTPS=False
ALLOWED_HOSTS=localhost,127.0.0.1
BASE_URL=http://localhost:8000
SECRET_KEY={secrets.token_urlsafe(50)}
LOG_FORMAT=line
FIELD_KEYS={base64.urlsafe_b64encode(os.urandom(32)).decode()}
# Two processes may write at once only under these settings of SQLite.
DATABASE_URL="sqlite:///db.sqlite3?transaction_mode=IMMEDIATE&timeout=20&init_command=PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;"
"""
)
