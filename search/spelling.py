"""What somebody may have meant: a word of ours that is one letter away."""

import re

from search.models import Entry
from search.tokens import folded

WORD = re.compile(r"[^\W\d_]{4,}")
SHORTEST = 4  # letters; shorter words are one letter away from too many others


def nearest(asked) -> str:
    """The query with each unknown word replaced by one of ours a letter away, or nothing."""
    language = asked.language
    ours = {}
    texts = Entry.objects.public().filter(language=language)
    for title, summary, text in texts.values_list("title", "summary", "text"):
        for word in WORD.findall(f"{title} {summary} {text}".casefold()):
            ours.setdefault(folded(word), word)
    said, changed = [], False
    for written in asked.text.split():
        word = folded(written)
        if len(word) < SHORTEST or word in ours:
            said.append(written)
            continue
        near = sorted(ours[each] for each in one_letter_away(word, ours))
        said.append(near[0] if near else written)
        changed = changed or bool(near)
    return " ".join(said) if changed else ""


def one_letter_away(word, others):
    """Words with one letter more, less, another, or two that have changed places."""
    for other in others:
        if abs(len(other) - len(word)) <= 1 and _differ_by_one(word, other):
            yield other


def _differ_by_one(one, other):
    at = 0
    while at < min(len(one), len(other)) and one[at] == other[at]:
        at += 1
    rest, others = one[at:], other[at:]
    return (
        rest[1:] == others[1:]
        or rest[1:] == others
        or rest == others[1:]
        or (rest[:2] == others[:2][::-1] and rest[2:] == others[2:])
    )
