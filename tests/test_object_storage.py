"""Uploads in object storage; and what still works while that does not."""

import json
import time
from contextlib import contextmanager
from io import BytesIO
from urllib.parse import urlsplit

import boto3
import pytest
from botocore.client import Config
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image
from pyrage import x25519

from backups import archive, uploads
from core import storage
from core.models import PortalDocument, PortalImage
from tests import factories, pictures
from tests.object_storage import answering, kept_at, keys
from tests.running import free_port
from tests.silence import refusing, silent

__all__ = ["keys"]

ONCE = 10  # seconds that one request may wait for a storage which says nothing


@pytest.fixture
def bucket(settings, keys):
    """Where uploads go from now on."""
    with answering() as here:
        settings.STORAGES = kept_at(urlsplit(here["endpoint_url"]).port)
        yield boto3.resource("s3", **here).Bucket("uploads")


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


@contextmanager
def stopped():
    """A port that nobody listens at any more."""
    yield free_port()


@pytest.fixture(params=[silent, refusing, stopped])
def down(request, settings, keys):
    """To be called: from then on object storage is of no use, in one of three ways."""
    with request.param() as port:

        def act():
            settings.STORAGES = kept_at(port)

        yield act


@pytest.fixture
def impatient(monkeypatch):
    """Who waits less than on a real portal sees the same, and sooner."""
    monkeypatch.setattr(
        storage, "WAITING", storage.WAITING.merge(Config(read_timeout=1))
    )


@contextmanager
def within(seconds):
    began = time.monotonic()
    yield
    assert time.monotonic() - began < seconds


def page_with_pictures(home, *images):
    blocks = [{"type": "image", "value": {"image": each.pk}} for each in images]
    return factories.StandardPageFactory(parent=home, body=json.dumps(blocks))


def image(number):
    return PortalImage.objects.create(
        title=f"{number}", description=f"Picture {number}", file=picture()
    )


def test_a_page_comes_without_its_pictures_while_they_cannot_be_made(
    home, client, bucket, down
):
    page = page_with_pictures(home, *[image(number) for number in range(3)])
    down()
    with within(ONCE):  # for all three
        answer = client.get(page.url)
    assert answer.status_code == 200
    assert 'alt="Picture 2"' in answer.text

    with within(1):
        assert client.get(page.url).status_code == 200


def test_pictures_that_are_made_are_asked_of_nobody(home, client, bucket, down):
    page = page_with_pictures(home, image(1))
    made = client.get(page.url).text
    down()
    with within(1):
        again = client.get(page.url).text

    assert again == made
    assert "/media/images/" in again


def test_a_picture_that_cannot_be_brought_is_not_said_to_be_gone(client, db, down):
    down()
    with within(ONCE):
        answer = client.get("/media/images/a.png")

    assert answer.status_code == 503
    assert "no-store" in answer["Cache-Control"]
    with within(1):
        assert client.get("/media/images/a.png").status_code == 503


def test_a_document_that_cannot_be_brought_is_not_said_to_be_gone(
    home, client, bucket, down, impatient
):
    document = PortalDocument.objects.create(
        title="Law", file=ContentFile(b"-", "law.pdf")
    )
    down()
    client.raise_request_exception = False
    with within(ONCE):
        answer = client.get(document.url)

    assert answer.status_code == 503
    assert "cannot answer right now" in answer.text


def test_what_is_uploaded_meanwhile_is_refused_in_words_and_no_word_is_lost(
    home, admin_client, down, impatient
):
    down()
    words = {"title": "An open door", "description": "Somebody waits", "collection": 1}
    file, law = pictures.picture(), ContentFile(b"-", "law.pdf")
    chooser = {f"image-chooser-upload-{name}": said for name, said in words.items()}
    with within(ONCE):
        for address, sent in [
            ("images/add/", {**words, "file": file}),
            ("documents/add/", {"title": "An open door", "collection": 1, "file": law}),
            (
                "images/chooser/create/",
                {**chooser, "image-chooser-upload-file": pictures.picture()},
            ),
        ]:
            answer = admin_client.post(f"/admin/{address}", sent)
            assert answer.status_code == 200
            assert "Files cannot be kept right now" in answer.text
            assert "An open door" in answer.text
        many = {"title": "A door", "files[]": pictures.picture(), "collection": 1}
        answer = admin_client.post("/admin/images/multiple/add/", many).json()
    assert answer["error_message"].startswith("Files cannot be kept right now")
    assert not PortalImage.objects.exists()
    assert not PortalDocument.objects.exists()


def test_words_for_a_picture_that_waits_are_not_lost_either(
    home, admin_client, bucket, down, impatient
):
    many = {"title": "A door", "files[]": pictures.picture(), "collection": 1}
    answer = admin_client.post("/admin/images/multiple/add/", many).json()
    number = answer["uploaded_file_id"]
    address = f"/admin/images/multiple/create_from_uploaded_image/{number}/"
    name = f"uploaded-image-{number}"
    down()
    words = {"title": "A door", "description": "Somebody waits", "collection": 1}
    sent = {f"{name}-{field}": said for field, said in words.items()}
    answer = admin_client.post(address, sent).json()

    assert not answer["success"]
    assert "Files cannot be kept right now" in answer["form"]
    assert "Somebody waits" in answer["form"]


def test_object_storage_that_is_back_is_asked_again(
    client, db, settings, keys, impatient, monkeypatch
):
    monkeypatch.setattr(storage, "PAUSE", 1)
    with silent() as port:
        settings.STORAGES = kept_at(port)
        assert client.get("/media/images/a.png").status_code == 503
    with answering(port) as here:
        boto3.client("s3", **here).put_object(
            Bucket="uploads", Key="portal/images/a.png", Body=b"-"
        )
        time.sleep(storage.PAUSE)
        assert client.get("/media/images/a.png").status_code == 200
        assert client.get("/media/images/b.png").status_code == 404


def test_uploads_in_a_bucket_are_saved_and_come_back(bucket, settings, tmp_path):
    """What stands under no plain name is left out, and said; it is a folder within itself."""
    settings.BACKUP_KEY = str(x25519.Identity.generate())
    bucket.objects.all().delete()  # of other tests
    for name in ["images/a.png", "b.pdf"]:
        default_storage.save(name, ContentFile(name.encode()))
    bucket.put_object(Key="portal/images//c", Body=b"-")
    path, left_out = tmp_path / "portal.zip.age", []
    with archive.written(path) as into:
        sums = uploads.save(into, left_out)
    bucket.objects.all().delete()

    assert sums.keys() == {"images/a.png", "b.pdf"}
    assert left_out == ["'images/.': a name that not every system takes"]
    with archive.read(path) as source, uploads.brought(source, sums):
        pass
    assert {each.key for each in bucket.objects.all()} == {
        "portal/images/a.png",
        "portal/b.pdf",
    }
