"""
What a text says, as plain words that can be compared.

Texts and queries go through the same door, and what comes out is letters and digits
alone: no database reads a number in "I-9" or a minus in "E-Verify". Endings are taken off
by the Snowball stemmer of the language; accents, vowel signs and forms of hamza are
folded; Chinese, which has no spaces, is cut into pairs of signs.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache

import snowballstemmer
from django.conf.locale import LANG_INFO

MARKS = "'’ʼ‘`´"  # apostrophes, as keyboards and editors have them
OF = re.compile(rf"(?<=\w)[{MARKS}](?:s\b|(?!\w))")  # "workers’", "worker's"
HELD_TOGETHER = re.compile(r"[^\W_]+(?:[-‐‑–./&][^\W_]+|\([^\W_]+\))*")
PART = re.compile(r"[^\W_]+")
CHINESE = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]+")
ARABIC = str.maketrans("أإآٱىةؤئ", "اااايهوي")
UNSEEN = dict.fromkeys([*range(0x064B, 0x0653), 0x0670, 0x0640, 0x00AD, 0x200B])
KEPT = 20_000  # stems that a process remembers
LONGEST = 60  # characters of a word; nothing that anybody looks for is longer


@dataclass(frozen=True)
class Word:
    """One word as it is written: its parts, and all of them as one if there are several."""

    written: str
    parts: tuple[str, ...]
    joined: str

    @property
    def tokens(self):
        several = self.joined and (self.joined,) != self.parts
        return (*self.parts, self.joined) if several else self.parts


def tokens(text: str, language: str) -> list[str]:
    """What a text says, in its order; a word of several parts gives them, and itself whole."""
    return [token for word in words(text, language) for token in word.tokens]


def words(text: str, language: str) -> list[Word]:
    """The words of a text, each as it is written and as it is compared."""
    stem = _stemmer(language)
    found = []
    for written in HELD_TOGETHER.findall(_plain(text)):
        parts = PART.findall(written)
        if CHINESE.search(written):
            found.append(Word(written, tuple(_pairs(parts)), ""))
            continue
        parts = [part[:LONGEST] for part in parts]
        joined = stem("".join(parts)[:LONGEST])
        found.append(Word(written, tuple(stem(part) for part in parts), joined))
    return found


def folded(text: str) -> str:
    """A text without capitals, accents and other marks, for comparing letter by letter."""
    text = unicodedata.normalize("NFKD", text.casefold())
    text = "".join(each for each in text if not unicodedata.combining(each))
    return unicodedata.normalize("NFC", text).translate(ARABIC)


def _plain(text):
    text = unicodedata.normalize("NFKC", text).translate(UNSEEN)
    return OF.sub("", text.casefold())


@cache
def _stemmer(language):
    """Takes endings off, if there is a stemmer for the language."""
    name = LANG_INFO.get(language.split("-")[0], {}).get("name", "").lower()
    if name not in snowballstemmer.algorithms():
        return folded
    stemmer = snowballstemmer.stemmer(name)
    # Folded before, since people leave accents out, and after, for what the stemmer adds.
    return lru_cache(KEPT)(lambda word: folded(stemmer.stemWord(folded(word))))


def _pairs(parts):
    for part in parts:
        run = CHINESE.fullmatch(part)
        if run and len(part) > 1:
            yield from (part[at : at + 2] for at in range(len(part) - 1))
        else:
            yield part
