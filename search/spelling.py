"""What somebody may have meant: words of ours that are one letter away."""

from django.db.models.functions import Length

from search.asking import MOST_WORDS, sayings, small_words
from search.learning import SHORTEST, WORD
from search.models import KnownWord
from search.tokens import folded

# Words that are no slip, though one of ours is a letter away.
NO_SLIPS = (
    "black brown court courts county count state states stage white grace trace shares "
    "women woman parent parents friend friends school lawyer judge judges bonds"
)


def mended(text, ours) -> dict[str, str]:
    """By language: the text with each unknown word replaced by one of ours a letter away."""
    said = {code: _put_right(text, words) for code, words in ours.items()}
    return {code: text for code, text in said.items() if text}


def known_words(text, languages):
    """
    By language: our words that are about as long as one of the text's, how many things
    say each, and how it is written.

    What people say for our words is known too, and is no slip.
    """
    lengths = {len(word) for word in map(folded, WORD.findall(text))}
    about = {length + more for length in lengths for more in (-1, 0, 1)}
    rows = KnownWord.objects.alias(length=Length("folded")).filter(
        language__in=languages, length__in=about
    )
    ours = {code: {} for code in languages}
    for code in languages:
        said = [saying for group in sayings(code) for saying in group]
        real = " ".join([*said, small_words(code), NO_SLIPS])
        for word in WORD.findall(real.casefold()):
            ours[code][folded(word)] = (0, word)
    for language, key, *word in rows.values_list(
        "language", "folded", "said_by", "written"
    ):
        ours[language][key] = tuple(word)
    return ours


def _put_right(text, ours):
    """The text with its slips mended, or nothing if it has none that we know of."""

    def mended(slip):
        near = [ours[each] for each in _near(folded(slip[0]), ours)]
        _, word = max(near, default=(0, slip[0]))
        return word

    begun = " ".join(text.split()[:MOST_WORDS])
    said = WORD.sub(mended, begun)
    return said if said != begun else ""


def _near(word, ours):
    """
    Which of our words may have been meant by one that is not ours.

    Nobody errs in the first letter; and of a short word only letters that have changed
    places are a slip, else "wage" would be "page".
    """
    if word in ours:
        return []
    return [
        other
        for other in one_letter_away(word, ours)
        if other[0] == word[0]
        and (len(word) > SHORTEST or sorted(other) == sorted(word))
    ]


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
