"""One normaliser for what people type: for forms, hashes, search, mail and exports."""

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator
from django.utils.translation import gettext_lazy as _

# Marks that are not seen but carry meaning: joiners of Persian and emoji, directions.
_KEPT = {"\u200c", "\u200d", "\u200e", "\u200f", "\n", "\t"}
_LINE_ENDS = re.compile("\r\n|\r|\x85|\u2028|\u2029|\x0b|\x0c")
_EXTENSION = re.compile(r"(?:ext|extension|x|#|;)\.?\s*\d+\s*$", re.IGNORECASE)


def tidy(text):
    """
    Text as it is kept: one form of accents and line ends, no control signs, no edges.

    Everything a person can see stays as they typed it.
    """
    text = _LINE_ENDS.sub("\n", text or "")
    text = "".join(sign for sign in text if sign in _KEPT or _is_seen(sign))
    # Last, so that an accent finds its letter when what stood between them is gone.
    return unicodedata.normalize("NFC", text).strip()


def _is_seen(sign):
    # Cc: controls; Cf: invisible marks; Cs: halves of a sign
    if unicodedata.category(sign) in {"Cc", "Cf", "Cs"}:
        return False
    # What Unicode says is no sign and never will be; a spreadsheet breaks on it.
    return ord(sign) & 0xFFFE != 0xFFFE and not "\ufdd0" <= sign <= "\ufdef"


def check_email(address):
    """
    An address that mail can be sent to, else a `ValidationError` in the person's words.

    Django takes letters that only look like others, and refuses without saying why.
    """
    address = tidy(address)
    name, at, host = address.rpartition("@")
    if not at or not name or " " in address:
        raise ValidationError(
            _("Enter an e-mail address with an @ sign, such as ana@example.org")
        )
    if not address.isascii():
        strange = next(sign for sign in address if not sign.isascii())
        raise ValidationError(
            _(
                "We cannot send mail to an address with “%(sign)s” in it. Check it, or give "
                "another address, a phone number or a postal address"
            ),
            params={"sign": strange},
        )
    if "." not in host:
        raise ValidationError(
            _("Enter the whole address: what follows the @ sign is not complete")
        )
    try:
        EmailValidator()(address)
    except ValidationError:
        raise ValidationError(
            _("Check this e-mail address: we cannot send mail to it as it is written")
        ) from None
    return address


def same_email(text):
    """What two spellings of one address have in common."""
    return tidy(text).casefold()


def same_phone(text):
    """The digits of a number, of any script, without the country's 1 and an extension."""
    signs = _EXTENSION.sub("", tidy(text))
    digits = "".join(str(unicodedata.digit(sign)) for sign in signs if sign.isdigit())
    return digits[1:] if len(digits) == 11 and digits[0] == "1" else digits


def name_words(text):
    """The words of a name as people search for them: no case, accents or apostrophes."""
    plain = unicodedata.normalize("NFKD", tidy(text).casefold())
    plain = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return [
        word for word in re.split(r"[^\w]+", re.sub("['’‘ʼʻ`´]", "", plain)) if word
    ]
