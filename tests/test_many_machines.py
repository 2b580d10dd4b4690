"""Several machines share counters, files, the clock and the work; and one of them may go."""

import socket
import time
from datetime import timedelta
from io import BytesIO

import boto3
import psycopg2
import pytest
from django.conf import settings as portal
from django.core.cache import caches
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import connection
from django.test import RequestFactory
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from moto.server import ThreadedMotoServer
from PIL import Image

from contact.limits import within
from core import clock
from core.models import ClockJob, PortalImage
from crcl_portal import places
from tests.database import database_url


@pytest.fixture
def bucket(settings, monkeypatch):
    """A bucket of an S3 that is nobody's, where uploads go."""
    for name in ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"]:
        monkeypatch.setenv(name, "for-tests")
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    where = "http://127.0.0.1:{1}".format(*server.get_host_and_port())
    here = {"endpoint_url": where, "region_name": "us-east-1"}
    boto3.client("s3", **here).create_bucket(Bucket="uploads")
    url = f"s3://uploads/portal?endpoint_url={where}&region_name=us-east-1"
    settings.STORAGES = portal.STORAGES | {"default": places.files(url)}
    yield boto3.resource("s3", **here).Bucket("uploads")
    server.stop()


def picture():
    file = BytesIO()
    Image.new("RGB", (900, 600), "navy").save(file, "PNG")
    return ContentFile(file.getvalue(), "a.png")


@pytest.mark.django_db
def test_a_picture_in_object_storage_is_read_from_us(bucket, client):
    image = PortalImage.objects.create(title="A", description="Blue", file=picture())
    url = image.get_rendition("width-400|format-webp").url

    assert url.startswith("/media/images/")
    answer = client.get(url)
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/webp")
    assert "sandbox" in answer["Content-Security-Policy"]
    assert Image.open(BytesIO(b"".join(answer.streaming_content))).width == 400
    kept = [each.key for each in bucket.objects.all()]
    assert len(kept) == 2
    assert all(key.startswith("portal/") for key in kept)


def test_what_has_a_name_there_is_never_written_over(bucket):
    first, second = (
        default_storage.save("a.txt", ContentFile(b)) for b in [b"1", b"2"]
    )

    assert first != second
    assert default_storage.open(first).read() == b"1"


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path",
    [
        "original_images/a.png",
        "documents/a.pdf",
        "images/no.png",
        "images/",
        "images/../a",
    ],
)
def test_only_pictures_are_brought(home, client, path):
    for name in ["original_images/a.png", "documents/a.pdf"]:
        default_storage.save(name, ContentFile(b"-"))

    assert client.get(f"/media/{path}").status_code in {400, 404}


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
