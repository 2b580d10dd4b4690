"""What somebody asks the search: words, each with others that would do in its place."""

import re
import unicodedata
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import yaml
from modelsearch.query import Or, PlainText

from search.tokens import Word, tokens, words

LONGEST = 200  # characters of a query
MOST_WORDS = 12  # of a query
MOST_PARTS = 24  # of its words: one of Chinese has as many as it has pairs of signs
IN_QUOTES = re.compile(r"[\"“”„«»]([^\"“”„«»]+)[\"“”„«»]")
# Words that say nothing of what is looked for.
SMALL = {
    "en": "a about after am an and any are as ask asked asking at be because been before being "
    "but by can cannot could did do does don dont during for from get gets getting got had has "
    "have he her him his how i if im in into is it its ive just know like ll m many may me more "
    "my need not of on or our please re s said say she should so somebody someone t tell that "
    "the their them there they this to u us ve want was we were what when where which while who "
    "why will with would you your",
    "es": "a al algo alguien como con cual cuando cuanto de del desde donde e el ella en era es "
    "esa ese eso esta estan estar este esto estoy fue ha hace hacer han hay he la las le les lo "
    "los me mi mis muy necesito ni nos o para pero poner pongo por porque puede pueden puedo que quien "
    "quiero sabe se ser si sin sobre soy su sus te tengo tiene tu un una unas uno unos y ya yo",
}


@dataclass(frozen=True)
class Asked:
    """One word of a query: what stands for it in a text, the nearest first."""

    itself: tuple[tuple[str, ...], ...]
    others: tuple[tuple[str, ...], ...]

    @property
    def instead(self):
        return (*self.itself, *self.others)

    def nearness(self, terms: str) -> int:
        """How near a text of terms comes: 2 has the word itself, 1 another for it, 0 neither."""
        if any(f" {' '.join(run)} " in terms for run in self.itself):
            return 2
        # Of another saying only the whole is the same: "law" and "enforcement" are not.
        return int(
            any(f" {' '.join(run)} " in terms for run in self.others)
            or any(all(f" {each} " in terms for each in run) for run in self.itself)
        )


class Query:
    """A query as it is understood in one language."""

    def __init__(self, text: str, language: str):
        self.language = language
        self.phrases = [
            " ".join(tokens(phrase, language)) for phrase in IN_QUOTES.findall(text)
        ]
        whole = unicodedata.normalize("NFKC", text)[
            :LONGEST
        ]  # one sign may stand for six
        found = _first(words(whole, language))
        small = _small(language)
        telling = [word for word in found if not set(word.parts) <= small] or found
        self.terms = " ".join(token for word in telling for token in word.parts)
        self.words = list(_with_synonyms(telling, language))

    def __bool__(self):
        return bool(self.words)

    def for_the_index(self):
        """The same, as the library takes it: whatever has any of the words, or all of them."""
        return [_any(word.instead) for word in self.words]

    def fits(self, texts) -> bool:
        """Whether texts of terms have all the words between them, and each phrase in one."""
        return not self.lacking(*texts) and all(
            any(f" {phrase} " in terms for terms in texts) for phrase in self.phrases
        )

    def lacking(self, *texts):
        """The words that none of some texts of terms has."""
        everything = "".join(texts)
        return [word for word in self.words if not word.nearness(everything)]

    def terms_of(self, text):
        """The terms of a text in the language of the query, as an entry keeps them."""
        return f" {' '.join(tokens(text, self.language))} "

    def runs(self):
        """What a text may have been found by: runs of tokens, of one for the most part."""
        runs = {
            run
            for word in self.words
            for run in [
                *((token,) for each in word.itself for token in each),
                *word.others,
            ]
        }
        small = _small(self.language)
        return {run for run in runs if not set(run) <= small} or runs


def _first(found):
    """The words with which a query begins; nobody types as many as it would take to stop us."""
    kept, room = [], MOST_PARTS
    for word in found[:MOST_WORDS]:
        kept.append(replace(word, parts=word.parts[:room]))
        room -= len(word.parts)
        if room <= 0:
            break
    return kept


def _any(instead):
    texts = [PlainText(" ".join(each), operator="and") for each in instead]
    return Or(texts) if len(texts) > 1 else texts[0]


def _with_synonyms(found: list[Word], language):
    """Each word, or run of words, with what people say for it."""
    known, longest = synonyms(language)
    at = 0
    while at < len(found):
        for length in range(min(longest, len(found) - at), 0, -1):
            run = found[at : at + length]
            key = tuple(part for word in run for part in word.parts)
            others = known.get(key, ())
            if others or length == 1:
                whole = [(run[0].joined,)] if length == 1 and run[0].joined else []
                itself = tuple(dict.fromkeys([*whole, key]))
                yield Asked(itself, tuple(dict.fromkeys(others)))
                at += length
                break


@cache
def synonyms(language):
    """By what is typed: what else would do; and how many words the longest of them has."""
    small, known = _small(language), {}
    for group in sayings(language):
        said = [
            (_typed(each, language, small), _written(each, language)) for each in group
        ]
        for key, own in said:
            others = [run for _, runs in said for run in runs if run not in own]
            known.setdefault(key, []).extend(others)
    return known, max(map(len, known), default=1)


@cache
def sayings(language):
    """The groups of the file of synonyms, as they stand there."""
    groups = yaml.safe_load((Path(__file__).parent / "synonyms.yaml").read_text())
    return groups.get(language, [])


def _typed(saying, language, small):
    """A saying as it is asked for: without the small words that are taken out of a query."""
    found = words(saying, language)
    telling = [word for word in found if not set(word.parts) <= small] or found
    return tuple(part for word in telling for part in word.parts)


def _written(saying, language):
    """A saying as it stands in a text, with and without what holds its words together."""
    parts = tuple(part for word in words(saying, language) for part in word.parts)
    return list(dict.fromkeys([parts, tuple(tokens(saying, language))]))


def small_words(language):
    """Words that say nothing of what is looked for, as they are written."""
    return SMALL.get(language, "")


@cache
def _small(language):
    return set(tokens(small_words(language), language))
