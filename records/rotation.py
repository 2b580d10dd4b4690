"""Turning keys: everything sealed under an older key is sealed anew under the newest."""

from collections import Counter
from contextlib import contextmanager

from django.apps import apps
from django.db import connection, transaction
from django.db.models import F, QuerySet, TextField
from django.db.models.functions import Cast

from records.fields import SealedTextField, Unreadable
from records.keys import keys_needed, newest

BATCH = 200  # rows a transaction, so that the portal is used meanwhile


def sealed_models():
    """Each model with sealed columns, and the names of those."""
    for model in apps.get_models():
        names = [
            field.name
            for field in model._meta.concrete_fields
            if isinstance(field, SealedTextField)
        ]
        if names:
            yield model, names


def needed_keys(model, names):
    """(primary key, ids of the keys it needs) of each row."""
    # Hashes too: saved by hand, a row may be sealed anew and keep the hashes of an old key.
    look_ups = model().look_ups() if hasattr(model, "look_ups") else {}
    stored = {f"stored_{n}": Cast(F(n), TextField()) for n in [*names, *look_ups]}
    rows = model._base_manager.annotate(**stored).order_by("pk")
    for pk, *texts in rows.values_list("pk", *stored).iterator():
        yield pk, {key for text in texts if text for key in keys_needed(text)}


def keys_in_use():
    """How many rows need each key, by its id."""
    counts = Counter()
    for model, names in sealed_models():
        for _pk, needed in needed_keys(model, names):
            counts.update(needed)
    return counts


def turn(model, names):
    """
    Seal a model's rows under the newest key, batch by batch.

    Rows that are under it already are passed over, so that it may be stopped and begun
    again. Answers with how many were turned, and which could not be read.
    """
    older = [pk for pk, needed in needed_keys(model, names) if needed - {newest().id}]
    turned, unreadable = 0, []
    for start in range(0, len(older), BATCH):
        with transaction.atomic(), _while_keys_turn():
            rows = model._base_manager.select_for_update().filter(
                pk__in=older[start : start + BATCH]
            )
            for row in rows:
                if any(isinstance(getattr(row, name), Unreadable) for name in names):
                    unreadable.append(row.pk)
                    continue
                looked_up_by = row.look_ups() if hasattr(row, "look_ups") else {}
                columns = {name: getattr(row, name) for name in names} | looked_up_by
                # By the plain query set: events refuse, though no word of theirs changes.
                QuerySet(model).filter(pk=row.pk).update(**columns)
                turned += 1
    return turned, unreadable


@contextmanager
def _while_keys_turn():
    """The one reason for which the database lets an event's sealed reason be written anew."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL records.turning_keys = 'on'")
            yield
            return
        # SQLite has no settings of a session; until we commit, nobody else writes.
        rule = "records_event_no_update"
        cursor.execute("SELECT sql FROM sqlite_master WHERE name = %s", [rule])
        (statement,) = cursor.fetchone()
        cursor.execute(f"DROP TRIGGER {rule}")
        yield
        cursor.execute(statement)
