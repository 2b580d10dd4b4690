"""What each thing says, and to which documents a page leads."""

import re
from functools import cache
from html import unescape
from uuid import uuid5

from django.conf import settings
from django.db import models
from django.utils import translation
from django.utils.html import strip_tags
from modelcluster.models import get_all_child_relations
from wagtail.documents import get_document_model
from wagtail.fields import StreamField
from wagtail.models import Page, TranslatableMixin
from wagtail.search.index import SearchField

from core.addresses import NAMESPACE
from core.models import BasePage, GlossaryTerm, PageOrganization, SharedWords
from programs.models import BodyPage, ProgramPage
from search.kinds import kind_of
from search.models import Entry
from search.tokens import tokens
from trainings.models import VideoPage

SAID_ABOVE = {"title", "heading", "summary"}  # what is no part of a page's text
TERMS = {"title_terms": "title", "summary_terms": "summary", "body_terms": "text"}
TEXT_FIELDS = models.CharField, models.TextField
NO_TEXTS = models.SlugField, models.URLField
BLOCK_ENDS = re.compile(r"</(?:p|li|h[1-6]|tr|td|th|dt|dd)>|<br\s*/?>")
# An address of a document of ours, in a field of its own or within a text.
OURS = re.escape(settings.WAGTAILADMIN_BASE_URL)
OF_DOCUMENT = re.compile(rf"""(?:^|["'(\s])(?:{OURS})?/documents/([0-9]{{1,9}})/""")
KEY = re.compile("[0-9]{1,9}")
MOST_NAMED = 5  # agencies beside the kind of a program


def what_is_said(thing):
    """The columns of a thing's entry; None for what no visitor should find."""
    if isinstance(thing, Page):
        thing = thing.specific
        if not isinstance(thing, BasePage):
            return None
        with translation.override(thing.locale.language_code):
            said = _page_says(thing)
    elif isinstance(thing, SharedWords):
        said = _word_says(thing)
    else:
        said = _document_says(thing)
    said["kind"] = kind_of(thing)
    for terms, text in TERMS.items():
        said[terms] = f" {' '.join(tokens(said[text], said['language']))} "
    return {"note": "", "version": 0, "leads_to": set()} | said


def _page_says(page):
    rows = _rows(page)
    texts = [
        _flat(field.get_value(page))
        for field in page.get_search_fields()
        if isinstance(field, SearchField) and field.field_name not in SAID_ABOVE
    ]
    texts += [page.title, *(text for row in rows for text in _row_says(row))]
    return {
        "same_as": page.translation_key,
        "language": page.locale.language_code,
        "title": page.headline,
        "summary": page.summary,
        "text": "\n".join(filter(None, texts)),
        "note": "\n".join(_note(page, rows)),
        "version": page.live_revision_id or 0,
        "leads_to": _documents(page, rows),
    }


def _word_says(word):
    is_term = isinstance(word, GlossaryTerm)
    return {
        "same_as": word.translation_key,
        "language": word.language,
        "title": word.term if is_term else str(word),
        "summary": word.definition if is_term else "",
        "text": "",
    }


def _document_says(document):
    pages = Entry.objects.filter(leads_to=document)
    return {
        "same_as": uuid5(NAMESPACE, f"documents/{document.pk}"),
        # A translation keeps the links of its original, so English pages know best.
        "language": min(
            pages.values_list("language", flat=True),
            key=lambda code: (code != settings.LANGUAGE_CODE, code),
            default=settings.LANGUAGE_CODE,
        ),
        "title": document.title,
        "summary": "",
        "text": " ".join(sorted(tag.name for tag in document.tags.all())),
    }


def _rows(page):
    found = []
    for relation in get_all_child_relations(type(page)):
        if not issubclass(relation.related_model, TranslatableMixin):
            continue  # comments of staff, among others
        words = [field.name for field in _fields_of_words(relation.related_model)]
        rows = getattr(page, relation.get_accessor_name()).all()
        found += rows.select_related(*words) if words else rows
    return found


@cache
def _fields_of_words(model):
    return [
        field
        for field in model._meta.concrete_fields
        if field.is_relation and issubclass(field.related_model, SharedWords)
    ]


def _row_says(row):
    """What a row of a page says, and the words we use that it names."""
    for field in row._meta.concrete_fields:
        if field.choices:
            yield getattr(row, f"{field.name}_label", "")
        elif isinstance(field, TEXT_FIELDS) and not isinstance(field, NO_TEXTS):
            yield getattr(row, field.name) or ""
        elif field in _fields_of_words(type(row)):
            word = getattr(row, field.name)
            yield _named(word) if word else ""


def _named(word):
    short = getattr(word, "acronym", "")
    return f"{word} ({short})" if short and short not in str(word) else str(word)


def _note(page, rows):
    """What stands beside its kind: codes of languages, or agencies that it works with."""
    if isinstance(page, VideoPage):
        return page.languages()
    if isinstance(page, (ProgramPage, BodyPage)):
        named = [row for row in rows if isinstance(row, PageOrganization)]
        return [row.organization.short_name for row in named[:MOST_NAMED]]
    return []


def _documents(page, rows):
    """Keys of the documents to which a page leads, chosen or by their address."""
    document, found = get_document_model(), set()
    for thing in [page, *rows]:
        for field in thing._meta.concrete_fields:
            value = field.value_from_object(thing)
            if field.related_model is document:
                found.add(str(value))
            if hasattr(field, "extract_references"):
                references = field.extract_references(value)
                found |= {
                    str(key) for model, key, *_ in references if model is document
                }
            if isinstance(field, (*TEXT_FIELDS, StreamField)):
                text = str(field.get_prep_value(value) or "")
                found.update(OF_DOCUMENT.findall(text))
    keys = {int(key) for key in found if KEY.fullmatch(key)}
    there = document.objects.filter(pk__in=keys) if keys else document.objects.none()
    return set(there.values_list("pk", flat=True))


def _flat(value):
    """The text of a field, which may be many texts, or in rich text."""
    if isinstance(value, (list, tuple)):
        return "\n".join(filter(None, map(_flat, value)))
    text = str(value or "")
    # Blocks end where a line does, so that no sentence runs into the next one.
    text = unescape(strip_tags(BLOCK_ENDS.sub("\n", text)))
    return "\n".join(filter(None, map(str.strip, text.splitlines())))
