"""A real portal for tests: gunicorn and all, on a database of its own."""

import os
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

ROOT = Path(__file__).resolve().parents[1]
THREADS = 4  # that serve a portal here
# What no portal starts without, but for its database.
NEEDED = {
    "DEBUG": "False",
    "HTTPS": "False",
    "SECRET_KEY": "only for tests, and long enough for that",
    "FIELD_KEYS": "dGVzdHMgb25seSwgbmV2ZXIgaW4gcHJvZHVjdGlvbiE=",
    "ALLOWED_HOSTS": "testserver,localhost,127.0.0.1",
    "BASE_URL": "http://testserver",
}


def environment(folder, database):
    """What a portal reads from its environment: its files in a folder, its database, an address."""
    return {
        **os.environ,
        **NEEDED,
        "BASE_URL": f"http://127.0.0.1:{free_port()}",
        "DATABASE_URL": database,
        "STATIC_ROOT": str(folder / "static"),
        "MEDIA_ROOT": str(folder / "media"),
        "PSEUDO_LOCALE": str(folder / "locale"),
        "DJANGO_SETTINGS_MODULE": "tests.portal_settings",
        "PYTHONPATH": str(ROOT),
    }


def python(environment, *command, **options):
    """Runs Python beside a portal: on its database, with its settings."""
    command = [sys.executable, *command]
    subprocess.run(command, env=environment, cwd=ROOT, check=True, **options)


@contextmanager
def serving(environment, application="crcl_portal.wsgi", path="/robots.txt"):
    """The process of a site that answers at its BASE_URL, once it answers there."""
    address = environment["BASE_URL"]
    server = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", application]
        + ["--bind", address.removeprefix("http://")]
        + ["--worker-class", "gthread", "--threads", str(THREADS)]
        + ["--log-level", "error"],
        env=environment,
        cwd=ROOT,
    )
    try:
        _wait_for(f"{address}{path}", server)
        yield server
    finally:
        server.terminate()
        server.wait()


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def _wait_for(address, server, seconds=60):
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        assert server.poll() is None, "gunicorn ended before it answered"
        try:
            urlopen(address, timeout=5)
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise TimeoutError(address)
