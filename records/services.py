"""Telling what was done with a record; in the transaction of the act itself."""

from records.models import Event


def note_event(record, act, *, actor=None, why="", **facts):
    """Keep who did what to a record and why; `facts` say nothing that a person wrote."""
    return Event.objects.create(
        kind=record._meta.label_lower,
        reference=str(record),
        act=act,
        actor=actor,
        why=why,
        facts=facts,
    )
