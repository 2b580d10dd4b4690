"""Alive and ready: what whoever starts and watches the portal asks."""

import datetime
import os
import shutil
import time
from collections import namedtuple

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone
from wagtail import hooks

from accounts.roles import ADMINISTRATOR, EDITOR
from backups.models import Drill
from core import health
from core.hooks import CLOCK_JOB, HEALTH_PART
from core.models import ClockJob
from crcl_portal import places
from mailing.models import Mail
from mailing.services import queue_mail
from tests import people
from tests.object_storage import kept_at, keys
from tests.silence import refusing, silent

__all__ = ["keys"]

READY = "/healthz/ready"


@pytest.fixture
def ticked(db):
    call_command("tick")


def parts(client, status):
    response = client.get(READY)
    assert response.status_code == status
    assert response["Cache-Control"] == "no-store"
    said = response.json()
    assert said["ready"] is (status == 200)
    return said["parts"]


def ago(minutes):
    return timezone.now() - datetime.timedelta(minutes=minutes)


def test_alive_asks_nobody(client):
    """Without `db`: a query would fail this test."""
    response = client.get("/healthz/live", headers={"host": "10.0.0.7"})

    assert (response.status_code, response.text) == (200, "alive\n")


@pytest.mark.on_sqlite_too
def test_ready_names_each_part(client, ticked):
    assert parts(client, 200) == {
        "disk": "ok",
        "database": "ok",
        "migrations": "ok",
        "counters": "ok",
        "clock": "ok",
        "files": "ok",
        "mail": "ok",
        "drill": "never",
    }


@pytest.mark.parametrize(
    ("days", "held", "said"),
    [
        (0, True, "held"),
        (39, True, "held"),
        (41, True, "held, long ago"),
        (1, False, "FAILED"),
    ],
)
def test_the_last_drill_is_told_and_takes_nobody_out(client, ticked, days, held, said):
    """However it ended, the portal answers as well as before."""
    day = timezone.now() - datetime.timedelta(days=days)
    drill = Drill.objects.create(backup="-", held=held, report="-")
    Drill.objects.filter(pk=drill.pk).update(at=day)

    assert parts(client, 200)["drill"] == f"{day:%Y-%m-%d} {said}"


def test_ready_is_answered_under_any_name_and_without_tls(client, ticked, settings):
    settings.SECURE_SSL_REDIRECT = True

    assert client.get(READY, headers={"host": "10.0.0.7"}).status_code == 200


def test_a_clock_that_stands_is_named(client, db):
    assert parts(client, 503)["clock"] == "stands still"

    call_command("tick")
    ClockJob.objects.update(ran_at=ago(11))
    assert parts(client, 503)["clock"] == "stands still"


def test_a_job_that_another_holds_up_is_named(client, ticked):
    ClockJob.objects.filter(name="deliver_due").update(ran_at=ago(11))

    assert parts(client, 503)["clock"] == "has not run deliver_due"


def test_a_job_that_has_just_come_is_given_time(client, ticked, monkeypatch):
    def come():
        pass

    with hooks.register_temporarily(CLOCK_JOB, come):
        monkeypatch.setattr(health, "BEGAN", ago(9))
        assert parts(client, 200)["clock"] == "ok"
        monkeypatch.setattr(health, "BEGAN", ago(11))
        assert parts(client, 503)["clock"] == "has not run come"


def test_a_job_that_has_long_only_failed_is_named(client, ticked):
    deliver = ClockJob.objects.filter(name="deliver_due")
    deliver.update(failed=True, failing_since=ago(9))
    assert parts(client, 200)["clock"] == "ok"

    deliver.update(failing_since=ago(11))
    assert parts(client, 503)["clock"] == "fails at deliver_due"


def test_a_mail_that_nobody_sends_is_named(client, ticked, settings):
    settings.EMAIL_HOST = "mail.example.gov"
    queue_mail("purpose", to="a@example.org", subject="-", body="-", language="en")
    assert parts(client, 200)["mail"] == "ok"

    Mail.objects.update(due_at=ago(16))
    assert parts(client, 503)["mail"] == "waits too long"

    Mail.objects.update(state="sending", leased_until=ago(1))
    assert parts(client, 200)["mail"] == "ok"
    Mail.objects.update(leased_until=ago(16))  # maybe sent, and nobody took it up
    assert parts(client, 503)["mail"] == "waits too long"


@pytest.mark.parametrize(
    ("fault", "minutes", "said"),
    [
        ("no_answer", 16, "is not taken by the server"),
        ("no_service", 16, "is not taken by the server"),
        ("no_answer", 14, "ok"),
        ("refused_now", 60 * 24, "ok"),
    ],
)
def test_a_mail_server_is_named_and_not_whoever_refuses_mail_for_now(
    client, ticked, settings, fault, minutes, said
):
    settings.EMAIL_HOST = "mail.example.gov"
    queue_mail("purpose", to="a@example.org", subject="-", body="-", language="en")
    Mail.objects.update(fault=fault, queued_at=ago(minutes), due_at=ago(-60))
    assert parts(client, 200 if said == "ok" else 503)["mail"] == said

    # Another mail is taken meanwhile: so there is a server.
    queue_mail("purpose", to="b@example.org", subject="-", body="-", language="en")
    Mail.objects.filter(fault="").update(state="sent", sent_at=ago(5))
    assert parts(client, 200)["mail"] == "ok"


def test_a_migration_that_has_not_run_is_named(client, ticked, monkeypatch):
    monkeypatch.setattr(health, "_migrated", False)
    MigrationRecorder(connection).migration_qs.filter(app="records").latest(
        "name"
    ).delete()

    assert parts(client, 503)["migrations"] == "some have not run"


def test_a_full_disk_is_named(client, ticked, monkeypatch):
    usage = namedtuple("usage", "total used free")(10**10, 10**10 - 10**6, 10**6)
    monkeypatch.setattr(shutil, "disk_usage", lambda place: usage)

    said = parts(client, 503)
    assert said["disk"] == "nearly full"
    assert said["files"] == "cannot be kept"  # and so whoever uploads is told


def test_a_folder_that_takes_no_file_is_named(client, ticked, monkeypatch):
    monkeypatch.setattr(os, "access", lambda *_: False)

    assert parts(client, 503)["files"] == "cannot be kept"


@pytest.mark.parametrize("way", [silent, refusing])
def test_object_storage_that_is_of_no_use_is_named(client, ticked, settings, keys, way):
    with way() as port:
        settings.STORAGES = kept_at(port)
        assert parts(client, 503)["files"] == "cannot be kept"


def test_whoever_says_nothing_holds_the_answer_up_for_a_moment_only(
    client, ticked, settings, keys
):
    """The cache and object storage both take what is sent, and never answer."""
    with silent() as redis, silent() as s3:
        there = places.cache(f"redis://127.0.0.1:{redis}/0", "default", 0)
        settings.CACHES = settings.CACHES | {"default": there}
        settings.STORAGES = kept_at(s3)
        began = time.monotonic()
        said = parts(client, 503)
        assert time.monotonic() - began < 12

    assert said["counters"] == "does not keep what it is given"
    assert said["files"] == "cannot be kept"
    assert said["database"] == said["clock"] == "ok"


def test_counters_that_are_lost_are_named(client, ticked, monkeypatch):
    monkeypatch.setattr(cache, "get", lambda *_: None)

    assert parts(client, 503)["counters"] == "does not keep what it is given"


def test_whatever_fails_is_named_and_says_nothing_of_itself(client, ticked):
    def broken():
        raise ValueError("a secret")

    with hooks.register_temporarily(HEALTH_PART, broken):
        assert parts(client, 503)["broken"] == "ValueError"


@pytest.mark.parametrize(
    ("days", "held", "said"),
    [
        (None, True, "No restore drill has been tried."),
        (41, True, "The last restore drill was on "),
        (1, False, " failed."),
        (39, True, ""),
    ],
)
def test_administrators_are_told_that_no_restore_has_held_of_late(
    home, client, days, held, said
):
    if days:
        day = timezone.now() - datetime.timedelta(days=days)
        drill = Drill.objects.create(backup="-", held=held, report="-")
        Drill.objects.filter(pk=drill.pk).update(at=day)
    for role in [ADMINISTRATOR, EDITOR]:
        client.force_login(people.somebody(role))
        page = client.get("/admin/").text
        told = bool(said) and role == ADMINISTRATOR
        assert ("manage.py drill_restore" in page) is told
        assert not told or said in page
