"""What somebody asks the search: words, each with others that would do in its place."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml
from modelsearch.query import And, Or, PlainText

from search.tokens import Word, tokens, words

LONGEST = 200  # characters of a query
MOST_WORDS = 12
IN_QUOTES = re.compile(r"[\"“”„«»]([^\"“”„«»]+)[\"“”„«»]")
# Words that say nothing of what is looked for.
SMALL = {
    "en": "a an and are as at be by can do does for from get have how i if in into is it me "
    "my of on or our that the their they this to was we what when where which who why will "
    "with you your",
    "es": "a al como con cual cuando de del donde e el ella en es esta este la las lo los me "
    "mi mis o para pero por porque que se si sin su sus un una unas unos y yo",
}


@dataclass(frozen=True)
class Asked:
    """One word of a query: what stands for it in a text, the nearest first."""

    written: str
    itself: tuple[tuple[str, ...], ...]
    others: tuple[tuple[str, ...], ...]

    @property
    def instead(self):
        return (*self.itself, *self.others)

    def nearness(self, terms: str) -> int:
        """How near a text of terms comes: 2 has the word itself, 1 another for it, 0 neither."""
        for near, forms in [(2, self.itself), (1, self.others)]:
            if any(all(f" {token} " in terms for token in each) for each in forms):
                return near
        return 0


class Query:
    """A query as it is understood in one language."""

    def __init__(self, text: str, language: str):
        self.language = language
        self.phrases = [
            " ".join(tokens(phrase, language)) for phrase in IN_QUOTES.findall(text)
        ]
        found = words(text, language)[:MOST_WORDS]
        small = _small(language)
        telling = [word for word in found if not set(word.parts) <= small] or found
        self.terms = " ".join(token for word in telling for token in word.parts)
        self.words = list(_with_synonyms(telling, language))

    def __bool__(self):
        return bool(self.words)

    def for_the_index(self):
        """The same, as the library takes it."""
        return And([_any(word.instead) for word in self.words])

    def fits(self, texts) -> bool:
        """Whether texts of terms have all the words between them, and each phrase in one."""
        everything = "".join(texts)
        return all(word.nearness(everything) for word in self.words) and all(
            any(f" {phrase} " in terms for terms in texts) for phrase in self.phrases
        )

    def tokens(self):
        """Every token that a text may have been found by, but for small words."""
        found = {
            token
            for word in self.words
            for instead in word.instead
            for token in instead
        }
        return found - _small(self.language) or found


def _any(instead):
    texts = [PlainText(" ".join(each), operator="and") for each in instead]
    return Or(texts) if len(texts) > 1 else texts[0]


def _with_synonyms(found: list[Word], language):
    """Each word, or run of words, with what people say for it."""
    known, longest = _synonyms(language)
    at = 0
    while at < len(found):
        for length in range(min(longest, len(found) - at), 0, -1):
            run = found[at : at + length]
            key = tuple(part for word in run for part in word.parts)
            others = known.get(key, ())
            if others or length == 1:
                whole = [(run[0].joined,)] if length == 1 and run[0].joined else []
                itself = tuple(dict.fromkeys([*whole, key]))
                written = " ".join(word.written for word in run)
                yield Asked(written, itself, tuple(dict.fromkeys(others)))
                at += length
                break


@cache
def _synonyms(language):
    """By what is typed: what else would do; and how many words the longest of them has."""
    groups = yaml.safe_load((Path(__file__).parent / "synonyms.yaml").read_text())
    known = {}
    for group in groups.get(language, []):
        keys = [
            tuple(part for word in words(each, language) for part in word.parts)
            for each in group
        ]
        for key in keys:
            known.setdefault(key, []).extend(other for other in keys if other != key)
    return known, max(map(len, known), default=1)


@cache
def _small(language):
    return {
        token
        for word in SMALL.get(language, "").split()
        for token in tokens(word, language)
    }
