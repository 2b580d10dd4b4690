"""What staff do with an interest: each act under a lock, with the event that tells of it."""

from django.core.exceptions import ValidationError
from django.db import transaction

from contact.letters import acknowledge
from contact.models import Interest
from records.services import note_event


class ChangedMeanwhile(Exception):
    """Somebody else has acted since the page was drawn on which this act was chosen."""


def _locked(pk, seen):
    interest = Interest.objects.select_for_update().get(pk=pk)
    if interest.version != seen:
        raise ChangedMeanwhile
    interest.version += 1
    return interest


@transaction.atomic
def move_interest(pk, *, seen, to, by, outcome="", why=""):
    """Move a record on by the table of moves; raises `ValidationError` in words."""
    interest = _locked(pk, seen)
    before = interest.state
    if to not in interest.MOVES[before]:
        raise ValidationError("It cannot go there from where it is.")
    if (before, to) in interest.NEEDS_A_REASON and not why:
        raise ValidationError("Say why it is opened again.")
    if to == Interest.State.DECIDED and outcome not in Interest.Outcome.values:
        raise ValidationError("Choose what was decided.")
    if outcome == Interest.Outcome.DECLINED and not why:
        raise ValidationError("Say why it is declined.")
    interest.state = to
    if to == Interest.State.DECIDED:
        interest.outcome = outcome
    elif to == Interest.State.IN_REVIEW:
        interest.outcome = ""
    interest.save(update_fields=["state", "outcome", "version"])
    facts = {"from": before, "to": to, "outcome": interest.outcome}
    note_event(interest, "moved", actor=by, why=why, **facts)
    return interest


@transaction.atomic
def assign_interest(pk, *, seen, to, by):
    """Give a record to somebody who may handle it, or to nobody."""
    interest = _locked(pk, seen)
    if to is not None and not (to.is_active and to.has_perm("contact.change_interest")):
        raise ValidationError("This person may not handle what people send us.")
    interest.assignee = to
    interest.save(update_fields=["assignee", "version"])
    note_event(interest, "assigned", actor=by, to=to.pk if to else None)
    return interest


@transaction.atomic
def add_note(pk, *, text, by):
    """Keep a note with a record; nobody changes or deletes it afterwards."""
    if not text:
        raise ValidationError("Write the note first.")
    return note_event(Interest.objects.get(pk=pk), "note", actor=by, why=text)


@transaction.atomic
def rescue_interest(pk, *, seen, by):
    """Take a record out of quarantine; only now is its sender told that we have it."""
    interest = _locked(pk, seen)
    if interest.held_apart_at is None:
        raise ValidationError("It is not held apart.")
    interest.held_apart_at = None
    interest.save(update_fields=["held_apart_at", "version"])
    note_event(interest, "rescued", actor=by, suspicion=interest.suspicion)
    acknowledge(interest)
    return interest
