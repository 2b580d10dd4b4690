"""Arabic that means nothing: what a right-to-left language does to pages, without a translator."""

import re
from pathlib import Path

import polib
from django.conf import settings
from django.db import models
from wagtail.fields import StreamField
from wagtail.models import Locale, Page

from contact.models import FeedbackReason
from core import models as words
from core.models import BasePage

LETTERS = str.maketrans("abcdefghijklmnopqrstuvwxyz", "ابتثجحخدذرزسشصضطظعغفقكلمنه")
KEPT = re.compile(r"(<[^>]+>|&\w+;|%\(\w+\)[sd]|%[sd])")
PLAIN = {"url", "page", "id", "type", "kind", "linktype", "row_headers", "level"}


def pseudo(text):
    """The same text in Arabic letters; tags, entities and placeholders stay."""
    parts = KEPT.split(text)
    return "".join(
        part if KEPT.fullmatch(part) else part.lower().translate(LETTERS)
        for part in parts
    )


def _stream(raw):
    if isinstance(raw, list):
        return [_stream(each) for each in raw]
    if isinstance(raw, dict):
        return {k: v if k in PLAIN else _stream(v) for k, v in raw.items()}
    return pseudo(raw) if isinstance(raw, str) else raw


def into_pseudo(instance):
    """Put every text of a page or word into pseudo-Arabic."""
    for field in instance._meta.concrete_fields:
        value = getattr(instance, field.name)
        if isinstance(field, StreamField):
            raw = _stream(list(value.raw_data))
            setattr(instance, field.name, field.to_python(raw))
        elif (
            isinstance(field, models.CharField | models.TextField)
            and not isinstance(field, models.SlugField | models.URLField)
            and not field.choices
            and field.editable
            and value
            and field.name not in {"url_path", "path"}
        ):
            setattr(instance, field.name, pseudo(value)[: field.max_length])
    return instance


WORDS = [
    words.Organization,
    words.Population,
    words.Audience,
    words.Topic,
    words.LegalAuthority,
    words.GlossaryTerm,
    FeedbackReason,
]


def translate_all(code="ar"):
    """The whole site in pseudo-Arabic, switched on."""
    locale, _ = Locale.objects.get_or_create(language_code=code)
    words.LanguageSwitch.objects.update_or_create(
        locale=locale, defaults={"public": True}
    )
    for model in WORDS:
        for word in model.objects.filter(locale__language_code="en"):
            into_pseudo(word.copy_for_translation(locale)).save()
    for organization in words.Organization.objects.filter(locale=locale):
        if organization.parent:
            organization.parent = organization.parent.localized
            organization.save()
    english = Page.objects.filter(locale__language_code="en", depth__gte=2)
    for page in english.order_by("depth", "path").specific():
        if isinstance(page, BasePage) and page.live:
            _translate(page, locale)
    return locale


def _translate(page, locale):
    copy = into_pseudo(page.copy_for_translation(locale))
    for relation in page._meta.related_objects:
        name = relation.get_accessor_name()
        if not hasattr(getattr(page, name, None), "commit"):
            continue
        for row in getattr(copy, name).all():
            into_pseudo(row)
            row.locale = locale
            for field in row._meta.concrete_fields:
                target = getattr(row, field.name) if field.is_relation else None
                if isinstance(target, tuple(WORDS)):
                    translated = target.get_translation_or_none(locale)
                    setattr(row, field.name, translated or target)
    copy.save_revision().publish()


def catalogue(folder):
    """A compiled Arabic catalogue of the interface, from the messages of the Spanish one."""
    messages = polib.pofile(
        Path(settings.BASE_DIR) / "locale" / "es" / "LC_MESSAGES" / "django.po"
    )
    po = polib.POFile()
    po.metadata = {
        "Content-Type": "text/plain; charset=utf-8",
        "Plural-Forms": "nplurals=2; plural=(n != 1);",
    }
    for entry in messages:
        if entry.msgid_plural:
            po.append(
                polib.POEntry(
                    msgctxt=entry.msgctxt,
                    msgid=entry.msgid,
                    msgid_plural=entry.msgid_plural,
                    msgstr_plural={
                        0: pseudo(entry.msgid),
                        1: pseudo(entry.msgid_plural),
                    },
                )
            )
        else:
            po.append(
                polib.POEntry(
                    msgctxt=entry.msgctxt, msgid=entry.msgid, msgstr=pseudo(entry.msgid)
                )
            )
    path = Path(folder) / "ar" / "LC_MESSAGES"
    path.mkdir(parents=True)
    po.save_as_mofile(path / "django.mo")
