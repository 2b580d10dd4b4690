"""
Finding a sealed text by what it says, without keeping what it says.

An exact hash is made for e-mail addresses and phone numbers only: of words as common as
names it would leak by counting. A name gets short tags, one a word, which many other
words share; whoever searches by them opens what was found and looks again.
"""

from records import normalise
from records.keys import newest, ring

SAME = {"email": normalise.same_email, "phone": normalise.same_phone}
TAG_SIGNS = 3  # hexadecimal: 4,096 tags, so that a tag says little about a word


def exact_hash(text, purpose):
    """`key:hash` of an address or number by the newest key; nothing of nothing."""
    plain = SAME[purpose](text)
    return _exact(newest(), purpose, plain) if plain else ""


def exact_hashes(text, purpose):
    """By every key: what a look-up asks for while keys turn."""
    plain = SAME[purpose](text)
    return [_exact(key, purpose, plain) for key in ring()] if plain else []


def _exact(key, purpose, plain):
    return f"{key.id}:{key.digest(purpose, plain)}"


def name_tags(text):
    """A short tag for each word of a name by the newest key, as one text."""
    tags = sorted({_tag(newest(), word) for word in normalise.name_words(text)})
    return f" {' '.join(tags)} " if tags else ""


def tags_of_word(word):
    """A word's tag by every key; a name that has none of them does not hold the word."""
    return [_tag(key, each) for key in ring() for each in normalise.name_words(word)]


def _tag(key, word):
    return f"{key.id}:{key.digest('name', word)[:TAG_SIGNS]}"
