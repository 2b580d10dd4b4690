"""Events tell what was done with a record; nobody changes or deletes one."""

import pytest
from django.db import DatabaseError, connection, transaction

from records.models import Event, NeverChanged
from records.services import note_event
from tests import people


@pytest.fixture
def event(db):
    return note_event(people.InterestFactory(), "read", why="A reason")


def test_the_model_refuses(event):
    acts = [
        event.save,
        event.delete,
        lambda: Event.objects.update(act="x"),
        Event.objects.all().delete,
        lambda: Event.objects.bulk_update([event], ["act"]),
    ]
    for act in acts:
        with pytest.raises(NeverChanged):
            act()


@pytest.mark.on_sqlite_too
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE records_event SET act = 'x'",
        "UPDATE records_event SET why = 'x'",
        "DELETE FROM records_event",
    ],
)
def test_the_database_refuses(event, statement):
    with (
        pytest.raises(DatabaseError, match="never changed"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)

    assert Event.objects.get() == event


def test_a_reason_is_sealed(event):
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM records_event")
        assert "A reason" not in str(cursor.fetchall())
    assert Event.objects.get().why == "A reason"


def test_the_table_of_events_cannot_be_emptied_at_once(db):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite deletes row by row, which is refused")
    with (
        pytest.raises(DatabaseError),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("TRUNCATE records_event")
