"""Fields for what visitors write and choose."""

import regex
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from records.models import State
from records.normalise import tidy


def count_characters(text):
    """How many characters people count (UAX 29): a line break is one, and so is é or a flag."""
    return len(regex.findall(r"\X", text))


class TidyCharField(forms.CharField):
    """Text with line ends, invisible signs and accents settled the same way everywhere."""

    def __init__(self, *args, **kwargs):
        self.needed = kwargs.pop("needed", False)  # one of several, so not "(optional)"
        super().__init__(*args, **kwargs)

    def to_python(self, value):
        return tidy(super().to_python(value))


TOO_LONG = _("This is too long. Characters to leave out: %(over)d")


MOST_SIGNS = 10  # that make up one character, on the average


class AtMost:
    """Refuses more characters than a number of them, and says how many too many there are."""

    def __init__(self, most):
        self.most = most

    def __call__(self, text):
        # One character may be made of any number of signs; no language needs so many.
        over = max(
            count_characters(text) - self.most, len(text) - self.most * MOST_SIGNS
        )
        if over > 0:
            raise ValidationError(TOO_LONG, params={"over": over})


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


class Shown(forms.IntegerField):
    """The key of a version that a page showed; one that nobody approved was never shown."""

    def __init__(self, model):
        super().__init__(required=False, widget=forms.HiddenInput)
        self._versions = model.objects.filter(state=State.APPROVED)

    def clean(self, value):
        try:
            key = super().clean(value)
        except ValidationError:
            key = None
        return self._versions.filter(pk=key).first() if key else None


def counted(most, **attrs):
    """A field of several lines that says, where there is script, how much room is left."""
    said = {
        "data-most": most,
        "data-left": _("Characters left: %(left)d"),
        "data-over": TOO_LONG,
    }
    return forms.Textarea(attrs=attrs | said)
