"""Several machines share counters, the clock and the work; and one of them may go."""

import shutil
import socket
import subprocess
import sys
import time
from contextlib import nullcontext
from datetime import timedelta

import psycopg2
import pytest
from django.conf import settings as portal
from django.core.cache import caches
from django.core.management import call_command
from django.db import connection
from django.test import RequestFactory
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from backups import scratch
from contact.limits import within
from core import clock
from core.models import ClockJob
from crcl_portal import places
from tests.database import database_url
from tests.running import NEEDED, ROOT


@pytest.fixture
def gone(settings):
    """A cache on a machine that does not answer any more."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    there = places.cache(f"redis://127.0.0.1:{port}/0", "default", 0)
    settings.CACHES = portal.CACHES | {"default": there}


@pytest.mark.django_db
def test_a_shared_cache_that_is_gone_takes_nothing_along(home, gone, client):
    assert client.get("/").status_code == 200
    assert within(RequestFactory().post("/"), "form", 1, 60)
    for act, answer in [("get", None), ("has_key", False), ("delete", False)]:
        assert getattr(caches["default"], act)("key") is answer
    assert caches["default"].get("key", 7) == 7
    assert caches["default"].get_many(["key"]) == {}
    ready = client.get("/healthz/ready")
    assert ready.status_code == 503
    assert ready.json()["parts"]["counters"] == "does not keep what it is given"


SILENT_NAMES = """
import socket, time
from core.patience import limit_waiting

limit_waiting()
server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
server.bind(("127.0.0.1", 53))
began = time.monotonic()
try:
    socket.getaddrinfo("redis.internal", 6379)
except socket.gaierror:
    print(time.monotonic() - began)
"""


def test_a_name_server_that_says_nothing_is_not_waited_for_long(tmp_path):
    """On a network of its own, and where that network's name server is noted."""
    (tmp_path / "resolv.conf").write_text("nameserver 127.0.0.1\n")
    script = tmp_path / "ask.sh"
    script.write_text(
        "ip link set lo up && mount --bind resolv.conf /etc/resolv.conf || exit\n"
        f'PYTHONPATH={portal.BASE_DIR} exec "{sys.executable}" -c "$1"\n'
    )
    apart = [shutil.which("unshare") or "false", "--mount", "--net"]
    if subprocess.run([*apart, "true"], capture_output=True, check=False).returncode:
        pytest.skip("NO NETWORK OF ITS OWN: this machine lets nobody make one")
    asked = subprocess.run(
        [*apart, "sh", script, SILENT_NAMES],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        check=True,
    )
    assert float(asked.stdout) < 4


def test_a_restore_that_is_tried_touches_nothing_that_is_shared(
    settings, monkeypatch, tmp_path
):
    """Addresses may come from files, as in containers, and a file is read first."""
    settings.BACKUP_ROOT = tmp_path
    (tmp_path / "address").write_text("redis://127.0.0.1:1/0")
    for name in ["CACHE_URL", "PAGE_CACHE_URL", "FILES_URL"]:
        monkeypatch.setenv(f"{name}_FILE", str(tmp_path / "address"))
    own = nullcontext("sqlite://")
    monkeypatch.setattr("backups.scratch._database", lambda path: own)
    tell = "from django.conf import settings as s; print(s.CACHES, s.STORAGES)"
    with scratch.place() as environment:
        told = subprocess.run(
            [sys.executable, "manage.py", "shell", "-v0", "-c", tell],
            env={
                **NEEDED,
                **environment,
                "DJANGO_SETTINGS_MODULE": "crcl_portal.settings",
            },
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=True,
        ).stdout

    assert "DatabaseCache" in told
    assert "redis" not in told
    assert "Bucket" not in told


@pytest.mark.django_db
def test_of_two_clocks_one_acts_and_the_other_takes_over_when_it_dies():
    if connection.vendor != "postgresql":
        pytest.skip("which is on one machine")
    other = psycopg2.connect(database_url(connection.settings_dict["NAME"]))
    with other.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [clock.LOCK])
    call_command("tick")
    assert not ClockJob.objects.exists()

    other.close()
    deadline = time.monotonic() + 10
    while not ClockJob.objects.exists() and time.monotonic() < deadline:
        call_command("tick")
    assert ClockJob.objects.exists()


@pytest.mark.django_db
def test_a_task_whose_worker_was_killed_is_taken_up_again():
    now = timezone.now()
    task = {
        "task_path": "a",
        "backend_name": "default",
        "args_kwargs": {"args": [], "kwargs": {}},
    }
    lost, busy = (
        DBTaskResult.objects.create(
            status="RUNNING", started_at=now - timedelta(minutes=minutes), **task
        )
        for minutes in [11, 9]
    )
    old = DBTaskResult.objects.create(
        status="SUCCESSFUL", finished_at=now - timedelta(days=2), **task
    )
    call_command("tick")

    assert DBTaskResult.objects.get(pk=lost.pk).status == "READY"
    assert DBTaskResult.objects.get(pk=busy.pk).status == "RUNNING"
    assert not DBTaskResult.objects.filter(pk=old.pk).exists()
