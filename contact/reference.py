"""
References such as EOI-7KQ4-M9TX: read aloud, typed by hand, and a key to nothing.

Seven random signs and a check sign. The 23 signs leave out vowels, so that no word comes
of them, and whatever is read or heard as another. 23 is prime: one wrong sign, or two
that changed places, never make another reference.
"""

import re
import secrets

KIND = "EOI"  # an expression of interest
SIGNS = "23456789CDFGHJKMPQRTVWX"
LENGTH = 8
MEANT = re.compile(rf"\W*{KIND}[\W\d]", re.IGNORECASE)  # and not somebody called Eoin
# What a hand writes for one of the signs, and is itself none of them.
LOOK_ALIKES = str.maketrans({"S": "5", "Z": "2", "B": "8"})


class NotAReference(ValueError):
    """Text that no reference was ever written as; its message says what is wrong."""


def new_reference():
    signs = "".join(secrets.choice(SIGNS) for _ in range(LENGTH - 1))
    return _written(signs + _check_sign(signs))


def read_reference(text):
    """The reference that somebody typed, with spaces, in lower case, without its kind."""
    signs = re.sub(r"[\W_]", "", text.upper()).removeprefix(KIND)
    signs = signs.translate(LOOK_ALIKES)
    if len(signs) != LENGTH or set(signs) - set(SIGNS):
        raise NotAReference("A reference looks like EOI-7KQ4-M9TX.")
    if signs[-1] != _check_sign(signs[:-1]):
        raise NotAReference("There is a typing error in this reference.")
    return _written(signs)


def slip_in(text):
    """What is wrong with text that was meant for a reference; nothing if it was not."""
    if not MEANT.match(text):
        return ""
    try:
        read_reference(text)
    except NotAReference as fault:
        return str(fault)
    return ""


def _written(signs):
    return f"{KIND}-{signs[:4]}-{signs[4:]}"


def _check_sign(signs):
    weighted = sum(
        place * SIGNS.index(sign) for place, sign in enumerate(signs, start=1)
    )
    return SIGNS[weighted % len(SIGNS)]
