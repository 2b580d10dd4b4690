"""A cache that several processes share, over the wire: what one counts, the others know."""

import subprocess
import sys
import threading

import pytest
from django.conf import settings as portal
from django.core.cache import caches
from fakeredis import TcpFakeServer
from redis import Redis

from crcl_portal import places
from tests import running

SET_UP = "import django; django.setup();"
TAKE = SET_UP + (
    "from django.core.cache import cache;"
    "print(*[n for n in range(300) if cache.add(f'mark.{n}', 'taken', 60)])"
)
COUNT = SET_UP + (
    "from django.test import RequestFactory; from contact.limits import within;"
    "print(*[within(RequestFactory().post('/'), 'form', 3, 10**6) for _ in range(2)])"
)


@pytest.fixture
def url():
    """Where a server that speaks as Redis does is asked."""
    server = TcpFakeServer(("127.0.0.1", 0), server_type="redis")
    serving = threading.Thread(target=server.serve_forever)
    serving.start()
    yield f"redis://127.0.0.1:{server.server_address[1]}/0"
    server.shutdown()
    server.server_close()
    serving.join()


@pytest.fixture
def portals(url, tmp_path):
    """Begins a process of the portal, of which there may be several."""
    shared = running.environment(tmp_path, "sqlite://") | {
        "CACHE_URL": url,
        "PAGE_CACHE_URL": url,
    }

    def begin(code):
        return subprocess.Popen(
            [sys.executable, "-c", code],
            env=shared,
            cwd=running.ROOT,
            stdout=subprocess.PIPE,
            text=True,
        )

    return begin


def said(process):
    words, _ = process.communicate(timeout=60)
    assert process.returncode == 0
    return words.split()


def test_what_one_process_counts_another_goes_on_with(portals):
    assert said(portals(COUNT)) == ["True", "True"]
    assert said(portals(COUNT)) == ["True", "False"]


def test_of_processes_that_take_the_same_marks_each_mark_goes_to_one(portals):
    processes = [portals(TAKE) for _ in range(2)]
    first, second = (said(each) for each in processes)

    assert not set(first) & set(second)
    assert len(first) + len(second) == 300


@pytest.mark.django_db
def test_pages_and_counters_on_one_server_do_not_meet(client, settings, url):
    settings.CACHES = portal.CACHES | {
        alias: places.cache(url, alias, 0) for alias in ["default", "pages"]
    }
    caches["pages"].set("key", "a page")
    caches["default"].set("key", "a count", 60)

    assert caches["pages"].get("key") == "a page"
    assert caches["default"].get("key") == "a count"
    assert caches["default"].get_many(["key", "no"]) == {"key": "a count"}
    assert not caches["default"].add("key", "another", 60)
    with Redis.from_url(url) as server:
        kept = {key.partition(b":")[0] for key in server.scan_iter()}
    assert kept == {b"default", b"pages"}
    assert caches["default"].delete("key")
    assert caches["pages"].get("key") == "a page"
    assert client.get("/healthz/ready").json()["parts"]["counters"] == "ok"
