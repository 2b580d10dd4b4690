"""Fields for what visitors write and choose."""

import unicodedata

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from records.normalise import tidy


def count_characters(text):
    """How many characters people count: a line break is one, and so is é or a flag."""
    count, joined = 0, False
    for sign in unicodedata.normalize("NFC", text.replace("\r\n", "\n")):
        joins = sign == "\u200d"  # what makes one family of four faces
        if not (joins or joined or _belongs_to_the_last(sign)):
            count += 1
        joined = joins
    return count


def _belongs_to_the_last(sign):
    return (
        unicodedata.category(sign) in {"Mn", "Me"}
        or "\U0001f3fb" <= sign <= "\U0001f3ff"
    )


class TidyCharField(forms.CharField):
    """Text with line ends, invisible signs and accents settled the same way everywhere."""

    def __init__(self, *args, **kwargs):
        self.needed = kwargs.pop("needed", False)  # one of several, so not "(optional)"
        super().__init__(*args, **kwargs)

    def to_python(self, value):
        return tidy(super().to_python(value))


class AtMost:
    """Refuses more characters than a number of them, and says how many too many there are."""

    def __init__(self, most):
        self.most = most

    def __call__(self, text):
        over = count_characters(text) - self.most
        if over > 0:
            raise ValidationError(
                _("This is too long. Characters to leave out: %(over)d"),
                params={"over": over},
            )


def line(label, autocomplete, *, most=200, error="", **kwargs):
    """A field of one line."""
    attrs = {"autocomplete": autocomplete, **kwargs.pop("attrs", {})}
    return TidyCharField(
        label=label,
        required=bool(error),
        validators=[AtMost(most)],
        widget=kwargs.pop("widget", forms.TextInput)(attrs=attrs),
        error_messages={"required": error},
        **kwargs,
    )


class KnownChoices(forms.MultipleChoiceField):
    """Leaves out what is no choice any more: a topic may go while somebody writes."""

    def to_python(self, value):
        return [each for each in super().to_python(value) if self.valid_value(each)]
