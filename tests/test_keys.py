"""Keys turn without a word lost, and none is retired while anything needs it."""

import base64
import os
from contextlib import nullcontext
from io import StringIO
from unittest import mock

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import DatabaseError, connection, transaction

from contact.models import Interest
from mailing.services import queue_mail
from records import rotation
from records.keys import ring
from records.models import Event
from records.services import note_event
from tests import people


def new_key():
    return base64.urlsafe_b64encode(os.urandom(32)).decode()


def rotate(**options):
    said = StringIO()
    call_command("rotate_keys", stdout=said, stderr=said, **options)
    return said.getvalue()


@pytest.fixture
def kept(db):
    """Three interests, an event with a reason and a mail, under today's key."""
    interests = [people.InterestFactory(statement=f"Words {n}") for n in range(3)]
    note_event(interests[0], "note", why="A reason")
    queue_mail("test", to="a@example.org", subject="s", body="b", language="en")
    return interests


@pytest.mark.on_sqlite_too
def test_everything_is_sealed_anew_and_the_old_key_may_go(kept, settings):
    old = ring()[0].id
    settings.FIELD_KEYS = [new_key(), *settings.FIELD_KEYS]
    with pytest.raises(CommandError, match="rows need this key"):
        rotate(retire=old)

    assert "contact.Interest: 3 sealed anew" in rotate()
    assert "it may go. Keep it with the backups" in rotate(retire=old)
    settings.FIELD_KEYS = settings.FIELD_KEYS[:1]
    assert {each.statement for each in Interest.objects.all()} == {
        "Words 0",
        "Words 1",
        "Words 2",
    }
    assert Event.objects.get().why == "A reason"
    assert Interest.objects.found_by("ada@example.org").count() == 3
    assert Interest.objects.found_by("lovelace").count() == 3


def test_added_last_a_key_lets_a_machine_read_what_others_seal_under_it(kept, settings):
    """Why it is added everywhere before it is put in front anywhere."""
    old, new = settings.FIELD_KEYS, [new_key()]
    settings.FIELD_KEYS = new + old
    people.InterestFactory(statement="Sealed by another machine", email="b@example.org")

    settings.FIELD_KEYS = old + new
    (found,) = Interest.objects.found_by("b@example.org")
    assert found.statement == "Sealed by another machine"
    settings.FIELD_KEYS = old
    assert list(Interest.objects.found_by("b@example.org")) == []


@pytest.mark.on_sqlite_too
def test_once_the_keys_have_turned_no_reason_can_be_written_anew(kept, settings):
    settings.FIELD_KEYS = [new_key(), *settings.FIELD_KEYS]
    rotate()
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":  # the transaction of this test goes on
            cursor.execute("SET LOCAL records.turning_keys = 'off'")
        with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
            cursor.execute("UPDATE records_event SET why = 'x'")


def test_stopped_half_way_it_goes_on_where_it_was(kept, settings):
    settings.FIELD_KEYS = [new_key(), *settings.FIELD_KEYS]
    with (
        mock.patch.object(rotation, "BATCH", 1),
        mock.patch.object(
            rotation,
            "_while_keys_turn",
            side_effect=[nullcontext(), KeyboardInterrupt],
        ),
        pytest.raises(KeyboardInterrupt),
    ):
        rotate()

    assert "contact.Interest: 2 sealed anew" in rotate()
    assert "contact.Interest: 0 sealed anew" in rotate()


def test_what_cannot_be_read_is_counted_named_and_left_as_it_is(kept, settings):
    keys = settings.FIELD_KEYS
    settings.FIELD_KEYS = [new_key()]
    with pytest.raises(CommandError, match="5 rows need a key"):
        rotate()

    settings.FIELD_KEYS = keys
    assert Interest.objects.get(pk=kept[0].pk).statement == "Words 0"


def test_a_row_that_was_saved_between_is_still_found_when_the_old_key_is_gone(
    kept, settings
):
    old = ring()[0].id
    settings.FIELD_KEYS = [new_key(), *settings.FIELD_KEYS]
    for interest in Interest.objects.all():
        interest.save()  # sealed anew, but found by hashes of the old key
    with pytest.raises(CommandError, match="rows need this key"):
        rotate(retire=old)

    rotate()
    settings.FIELD_KEYS = settings.FIELD_KEYS[:1]
    assert Interest.objects.found_by("ada@example.org").count() == 3
    assert Interest.objects.found_by("lovelace").count() == 3


def test_a_key_that_is_mistyped_is_not_said_to_be_free(db):
    with pytest.raises(CommandError, match="no key with this id"):
        rotate(retire="0000000")


def test_the_key_that_seals_is_never_retired(db):
    with pytest.raises(CommandError, match="put another one first"):
        rotate(retire=ring()[0].id)
