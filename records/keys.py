"""
The keys that seal personal columns: FIELD_KEYS, the newest first.

The first seals, all of them open. A key's id is made from the key, so that it says which
one a column needs and nothing about it.
"""

import hashlib
import hmac
import re
from functools import cache

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings

_KEY_ID = re.compile("(?:^| )([0-9a-f]{8}):")
_SEALED = re.compile("[0-9a-f]{8}:gAAAA[0-9A-Za-z_-]+=*")


class CannotOpen(Exception):
    """A sealed text whose key is not at hand, or that somebody has altered."""


class Key:
    """One key: it seals, opens, and gives keys of its own to what must not share it."""

    def __init__(self, text):
        self._fernet = Fernet(text)
        self._text = text.encode()
        self.id = hashlib.sha256(self._text).hexdigest()[:8]

    def __repr__(self):
        return f"<Key {self.id}>"

    def seal(self, plain):
        return f"{self.id}:{self._fernet.encrypt(plain.encode()).decode()}"

    def open(self, token):
        try:
            return self._fernet.decrypt(token.encode()).decode()
        except InvalidToken:
            raise CannotOpen from None

    def digest(self, purpose, plain):
        """A keyed hash, of no use to whoever lacks the key; 64 hexadecimal signs."""
        own = hmac.new(self._text, f"hash {purpose}".encode(), hashlib.sha256).digest()
        return hmac.new(own, plain.encode(), hashlib.sha256).hexdigest()


def ring():
    """All keys at hand, the newest first."""
    return _ring(tuple(settings.FIELD_KEYS))


@cache
def _ring(texts):
    return [Key(text) for text in texts]


def newest():
    return ring()[0]


def seal(plain):
    return newest().seal(plain)


def is_sealed(text):
    """Whether a text looks like a sealed one, whatever key it needs."""
    return bool(_SEALED.fullmatch(text))


def open_sealed(sealed):
    """The text of a sealed column; raises `CannotOpen`, which says nothing of its content."""
    key_id, _, token = sealed.partition(":")
    for key in ring():
        if key.id == key_id:
            return key.open(token)
    raise CannotOpen


def keys_needed(stored):
    """The ids of the keys that a sealed text, a hash or tags need; "?" if none is named."""
    return set(_KEY_ID.findall(stored)) or {"?"}
