"""A column that reaches the database only sealed."""

from django.core.exceptions import FieldError
from django.db import models

from records.keys import CannotOpen, is_sealed, open_sealed, seal


class Unreadable(str):
    """Stands for a text whose key is not at hand; saved again, it stays as it was stored."""

    __slots__ = ("sealed",)

    def __new__(cls, sealed):
        text = super().__new__(cls, "cannot be read with the keys at hand")
        text.sealed = sealed
        return text


class SealedTextField(models.TextField):
    """
    Text about a person, which no dump, log or index holds in clear.

    The newest of FIELD_KEYS seals and all of them open. An empty text stays empty. It has
    no look-ups, since no two sealings are alike: an error is better than no result.
    """

    def get_prep_value(self, value):
        value = super().get_prep_value(value)
        if isinstance(value, Unreadable):
            return value.sealed
        return seal(value) if value else value

    def from_db_value(self, value, expression, connection):
        if not value:
            return value
        try:
            return open_sealed(value)
        except CannotOpen:
            return Unreadable(value)

    def to_python(self, value):
        """A clear text, or what a dump holds: that is sealed, and would be sealed again."""
        value = super().to_python(value)
        sealed = isinstance(value, str) and is_sealed(value)
        return self.from_db_value(value, None, None) if sealed else value

    def save_form_data(self, instance, data):
        """A form that was shown the sentence instead of the text sends it back: it is no text."""
        before = getattr(instance, self.attname)
        if not (isinstance(before, Unreadable) and data == before):
            super().save_form_data(instance, data)

    def value_to_string(self, obj):
        return self.get_prep_value(self.value_from_object(obj))  # a dump stays sealed

    def get_lookup(self, lookup_name):
        raise FieldError(f"{self.name} is sealed: nothing can be looked up in it.")

    def get_transform(self, lookup_name):
        raise FieldError(f"{self.name} is sealed: nothing can be looked up in it.")
