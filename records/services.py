"""Telling what was done with a record; in the transaction of the act itself."""

from records.models import Event


def note_event(record, act, *, actor=None, why="", **facts):
    """Keep who did what to a record and why; `facts` say nothing that a person wrote."""
    (event,) = note_events([record], act, actor=actor, why=why, **facts)
    return event


def note_events(records, act, *, actor=None, why="", **facts):
    """Keep the same of several records at once, an event for each."""
    return Event.objects.bulk_create(
        Event(
            kind=record._meta.label_lower,
            reference=str(record),
            act=act,
            actor=actor,
            why=why,
            facts=facts,
        )
        for record in records
    )
