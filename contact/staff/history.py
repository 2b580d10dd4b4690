"""What was done with an interest, in sentences."""

from accounts.models import User
from contact.models import Interest


def told(events):
    """Each event with `what`, the words for it; who was assigned is asked for once."""
    events = list(events)
    assigned = {each.facts.get("to") for each in events if each.act == "assigned"}
    people = User.objects.in_bulk(assigned - {None})
    for event in events:
        event.what = _what(event, people)
    return events


def _what(event, people):
    to = event.facts.get("to")
    if event.act == "moved":
        outcome = event.facts.get("outcome")
        decided = f": {Interest.Outcome(outcome).label}" if outcome else ""
        return f"Now {Interest.State(to).label.lower()}{decided}"
    if event.act == "assigned":
        return f"Assigned to {people[to]}" if to in people else "Assigned to nobody"
    return WORDS.get(event.act, event.act)


WORDS = {
    "received": "Received",
    "note": "A note",
    "read": "Read",
    "rescued": "Taken in: it is from a person",
    "exported": "Taken out as a file",
}
