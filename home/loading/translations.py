"""
Loads what content/ holds in other languages, through wagtail-localize.

Segments, not free pages: so localize knows what was translated from which English, and
says when that has changed.
"""

import html
import re

import polib
from wagtail.models import Locale, Page
from wagtail_localize.models import (
    MissingRelatedObjectError,
    StringSegment,
    Translation,
    TranslationSource,
)

from core.models import LanguageSwitch

from . import files, pages, words
from .record import Outcome

LINK = re.compile(r"<a\b[^>]*>")
BARE_AMPERSAND = re.compile(r"&(?!#?\w+;)")


def load(loaded, language):
    """Words first, then pages from the top: a page's relations must be translated before it."""
    locale, _ = Locale.objects.get_or_create(language_code=language)
    LanguageSwitch.objects.get_or_create(locale=locale)  # off, until people approve it
    for kind, model in words.KINDS.items():
        english = {entry.path: entry for entry in files.words(kind)}
        for entry in files.words(kind, language):
            source = words.existing(model, entry)
            strings = _pairs(english[entry.path].says, entry.says)
            _load_one(loaded, locale, entry, source, strings, words.edited_by_a_person)
    for entry in files.pages(language):
        source = pages.existing(entry)
        strings = {**entry.says["strings"]}
        if source and "slug" in entry.says:
            strings[source.slug] = entry.says["slug"]
        _load_one(loaded, locale, entry, source, strings, pages.edited_by_a_person)


def _pairs(english, translated):
    """English text to translated text, for the fields that a word's translation names."""
    english = {"slug": english["key"], **english}
    return {
        english[name]: text
        for name, text in translated.items()
        if name != "key" and name in english
    }


def _load_one(loaded, locale, entry, source, strings, edited):
    named = files.Entry(f"{locale.language_code}/{entry.path}", entry.says)
    if source is None:
        return  # a person has deleted the English
    source = source.specific if isinstance(source, Page) else source
    existing = source.get_translation_or_none(locale)
    outcome = loaded.outcome(named, existing, edited)
    if outcome in {Outcome.MAKE, Outcome.REFRESH}:
        try:
            _translate(source, locale, strings)
        except (Untranslated, MissingRelatedObjectError) as fault:
            raise files.ContentError(f"{named.path}.yaml", fault) from fault
    loaded.keep(named, outcome)


def _translate(instance, locale, strings):
    """Put the words in, and publish what comes of them; nothing may stay English."""
    source, _ = TranslationSource.update_or_create_from_instance(instance)
    translation, _ = Translation.objects.get_or_create(
        source=source, target_locale=locale
    )
    strings = {_as_in_the_file(english): text for english, text in strings.items()}
    po = polib.POFile()
    missing = []
    for segment in StringSegment.objects.filter(source=source).select_related(
        "string", "context"
    ):
        english = segment.string.data
        text = strings.get(_as_in_the_file(english))
        if text is None:
            missing.append(english)
            continue
        po.append(
            polib.POEntry(
                msgid=english,
                msgctxt=segment.context.path,
                msgstr=_as_a_segment(text, english),
            )
        )
    if missing:
        raise Untranslated(missing)
    translation.import_po(po)
    # A page as a draft first: localize would publish it only after the commit.
    is_page = isinstance(instance, Page)
    translated, _ = source.create_or_update_translation(locale, publish=not is_page)
    if is_page:
        translated.get_latest_revision().publish()


def _as_in_the_file(text):
    """Localize escapes a segment and numbers its links; the files do neither."""
    return html.unescape(LINK.sub("<a>", " ".join(text.split())))


def _as_a_segment(text, english):
    """A translation as localize keeps it: its links are the English ones, in their order."""
    links = iter(LINK.findall(english))
    text = LINK.sub(lambda link: next(links, link[0]), text)
    return BARE_AMPERSAND.sub("&amp;", text)


class Untranslated(Exception):
    """Names the English for which the file has no words."""

    def __init__(self, texts):
        super().__init__("has no words for: " + " | ".join(texts))
