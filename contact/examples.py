"""
Examples of what people send, labelled as such, for whoever looks at the portal.

They go the way of all others, so what was done with them is kept; but no mail leaves.
"""

from django.conf import settings
from django.db import transaction

from contact.handling import add_note, move_interest
from contact.models import Interest
from contact.services import ANSWERS, receive_interest
from core.addresses import translation_key
from core.models import Topic
from records.models import PrivacyNotice

State, Outcome, Intake = Interest.State, Interest.Outcome, Interest.Intake

EXAMPLES = {
    "clinic": {
        "name": "Example: a legal aid clinic",
        "organization": "Example organization",
        "email": "clinic@example.org",
        "wants_committee": True,
        "topics": ["vulnerable-populations", "immigrant-relief"],
        "statement": "This is an example.\nWe help people with their papers and would like "
        "to take part in the Committee.",
    },
    "interpreters": {
        "name": "Ejemplo: una persona que llamó",
        "phone": "202-555-0142",
        "message_is_safe": False,
        "wants_other": True,
        "preferred_language": "es",
        "intake": Intake.CALL,
        "interpreter": True,
        "topics": ["limited-english-proficiency"],
        "statement": "Esto es un ejemplo. Ofrece intérpretes para un encuentro.",
        "moves": [State.IN_REVIEW],
    },
    "teacher": {
        "name": "مثال: معلّمة",
        "email": "teacher@example.org",
        "wants_other": True,
        "preferred_language": "ar",
        "topics": ["e-verify"],
        "statement": "هذا مثال. نودّ أن نعرف المزيد عن التدريب.",
        "moves": [State.IN_REVIEW, State.AWAITING_REPLY],
        "note": "Example of a note: we asked which training they mean.",
    },
    "center": {
        "name": "Example: a workers’ center",
        "organization": "Example organization",
        "post": "1 Example Street\nExample Town",
        "wants_committee": True,
        "wants_other": True,
        "intake": Intake.LETTER,
        "topics": ["labor-and-employment-law", "worksite-enforcement"],
        "statement": "This is an example of what a letter says.",
        "moves": [State.IN_REVIEW, (State.DECIDED, Outcome.LISTED)],
    },
    "case": {
        "name": "Example: somebody with a case",
        "email": "case@example.org",
        "for_someone_else": True,
        "wants_other": True,
        "statement": "This is an example of a message that belongs in a complaint.",
        "moves": [State.IN_REVIEW, (State.DECIDED, Outcome.REFERRED), State.CLOSED],
    },
    "links": {
        "name": "Example: likely spam",
        "phone": "202-555-0143",
        "wants_other": True,
        "suspicion": Interest.Suspicion.MANY_LINKS,
        "statement": "This is an example of a message with many web addresses.",
    },
}
NONCES = {name: translation_key(f"demo/interests/{name}") for name in EXAMPLES}


def _notice_of(example):
    """What somebody who wrote on the site would have been shown."""
    if "intake" not in example:
        return PrivacyNotice.objects.current(settings.LANGUAGE_CODE)


def examples():
    """Those that are there."""
    return Interest.objects.filter(nonce__in=NONCES.values())


def is_example(interest):
    return interest.nonce in NONCES.values()


@transaction.atomic
def show_examples():
    """Make those that are not there yet; answers with how many were made."""
    there = set(examples().values_list("nonce", flat=True))
    missing = [name for name, nonce in NONCES.items() if nonce not in there]
    for name in missing:
        _show(NONCES[name], EXAMPLES[name])
    return len(missing)


def remove_examples():
    """Take them away; what was done with them stays written, as with every record."""
    examples().delete()


def _show(nonce, example):
    example = {"preferred_language": "en"} | example
    blank = Interest()
    answers = {name: example.get(name, getattr(blank, name)) for name in ANSWERS}
    answers["reachable_by"] = next(way for way in Interest.Way.values if answers[way])
    topics = Topic.objects.filter(
        locale__language_code="en", slug__in=example.get("topics", [])
    )
    interest, _is_new = receive_interest(
        nonce,
        answers,
        topics=[(topic, topic.name) for topic in topics],
        suspicion=example.get("suspicion", ""),
        tell=False,
        written_in=answers["preferred_language"],
        notice=_notice_of(example),
        intake=example.get("intake", Intake.WEB),
        interpreter=example.get("interpreter", False),
    )
    for move in example.get("moves", []):
        to, outcome = move if isinstance(move, tuple) else (move, "")
        seen = Interest.objects.get(pk=interest.pk).version
        move_interest(interest.pk, seen=seen, to=to, outcome=outcome, by=None)
    if note := example.get("note"):
        add_note(interest.pk, text=note, by=None)
