"""An object storage on this machine, and a portal whose uploads go there."""

from contextlib import contextmanager

import boto3
import pytest
from django.conf import settings as portal
from moto.server import ThreadedMotoServer

from crcl_portal import places


@pytest.fixture
def keys(monkeypatch):
    """Those that any object storage here takes."""
    for name in ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"]:
        monkeypatch.setenv(name, "for-tests")


def kept_at(port):
    """The settings of a portal whose uploads go to the object storage at a port."""
    url = f"s3://uploads/portal?endpoint_url=http://127.0.0.1:{port}&region_name=us-east-1"
    return portal.STORAGES | {"default": places.files(url)}


@contextmanager
def answering(port=0):
    """An S3 that is nobody's, with a bucket for uploads; how it is reached."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=port, verbose=False)
    server.start()
    where = "http://127.0.0.1:{1}".format(*server.get_host_and_port())
    here = {"endpoint_url": where, "region_name": "us-east-1"}
    boto3.client("s3", **here).create_bucket(Bucket="uploads")
    try:
        yield here
    finally:
        server.stop()
