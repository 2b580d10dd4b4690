"""What somebody may have meant: words of ours that are one letter away."""

import re

from django.db.models.functions import Length

from search.asking import MOST_WORDS, Query
from search.models import KnownWord
from search.searching import matching
from search.tokens import LONGEST, folded

SHORTEST = 4  # letters; shorter words are one letter away from too many others
WORD = re.compile(rf"[^\W\d_]{{{SHORTEST},}}")


def learn(entry):
    """Remember the words of an entry, as they are written the first time."""
    text = f"{entry.title} {entry.summary} {entry.text}".casefold()
    words = {folded(word): word for word in reversed(WORD.findall(text))}
    KnownWord.objects.bulk_create(
        (
            KnownWord(language=entry.language, folded=key, written=word)
            for key, word in words.items()
            if max(len(key), len(word)) <= LONGEST
        ),
        ignore_conflicts=True,
    )


def nearest(text, languages) -> str:
    """
    The text with each unknown word replaced by one of ours a letter away, or nothing.

    The first of the languages is preferred in which visitors then find something.
    """
    ours = _known(text, languages)
    meant = {code: _put_right(text, ours.get(code, {})) for code in languages}
    found = matching({code: Query(said, code) for code, said in meant.items()})
    which = {entry.language for entry in found}
    return next((said for code, said in meant.items() if code in which), "")


def _known(text, languages):
    """By language: our words that are about as long as one of the text's."""
    lengths = {len(word) for word in map(folded, text.split()) if len(word) >= SHORTEST}
    about = {length + more for length in lengths for more in (-1, 0, 1)}
    rows = KnownWord.objects.alias(length=Length("folded")).filter(
        language__in=languages, length__in=about
    )
    ours = {}
    for language, key, word in rows.values_list("language", "folded", "written"):
        ours.setdefault(language, {})[key] = word
    return ours


def _put_right(text, ours):
    said, changed = [], False
    for written in text.split()[:MOST_WORDS]:
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
