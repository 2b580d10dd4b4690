"""Loads the words that pages share."""

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from wagtail.models import Locale, ModelLogEntry

from contact.models import FeedbackReason
from core import models as vocabulary
from core.addresses import translation_key

from . import files
from .record import Outcome

# In this order: a word may refer to one above it.
KINDS = {
    "organizations": vocabulary.Organization,
    "populations": vocabulary.Population,
    "audiences": vocabulary.Audience,
    "topics": vocabulary.Topic,
    "authorities": vocabulary.LegalAuthority,
    "glossary": vocabulary.GlossaryTerm,
    "feedback": FeedbackReason,
}


def word(kind, key):
    """The English word of a kind that the content files call by this key."""
    model = KINDS[kind]
    try:
        return model.objects.get(
            translation_key=translation_key(f"words/{kind}/{key}"),
            locale=Locale.get_default(),
        )
    except model.DoesNotExist:
        raise ValidationError(f"there is no word {key} among {kind}") from None


def edited_by_a_person(instance):
    """Whether somebody has saved this word in the admin."""
    return ModelLogEntry.objects.filter(
        content_type=ContentType.objects.get_for_model(instance),
        object_id=instance.pk,
        user__isnull=False,
    ).exists()


def load(loaded):
    """Make or refresh every word of every kind."""
    for kind, model in KINDS.items():
        for position, entry in enumerate(files.words(kind)):
            outcome = loaded.outcome(entry, existing(model, entry), edited_by_a_person)
            if outcome in {Outcome.MAKE, Outcome.REFRESH}:
                try:
                    _write(kind, model, entry, position)
                except ValidationError as fault:
                    path = f"en/words/{kind}.yaml, {entry.says['key']}"
                    raise files.ContentError(path, fault) from fault
            loaded.keep(entry, outcome)


def existing(model, entry):
    return model.objects.filter(
        translation_key=translation_key(entry.path), locale=Locale.get_default()
    ).first()


def _write(kind, model, entry, position):
    instance = existing(model, entry) or model(
        translation_key=translation_key(entry.path), locale=Locale.get_default()
    )
    says = {k: v for k, v in entry.says.items() if k not in {"key", "covers"}}
    names = {field.name for field in model._meta.get_fields()}
    if unknown := set(says) - names:
        raise ValidationError(
            f"a word of this kind has no {', '.join(sorted(unknown))}"
        )
    if "slug" in names:
        says.setdefault("slug", entry.says["key"])
    if "sort_order" in names:
        says.setdefault("sort_order", position)
    for name, value in says.items():
        if name == "parent":
            value = word(kind, value) if value else None
        setattr(instance, name, "" if value is None and name != "parent" else value)
    instance.full_clean()
    instance.save()
