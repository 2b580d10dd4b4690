"""Keeping the index in step: what each thing says, taken down when it changes."""

import re
from functools import cache
from html import unescape
from uuid import uuid5

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.html import strip_tags
from modelcluster.fields import ParentalKey
from modelcluster.models import get_all_child_relations
from wagtail.documents import get_document_model
from wagtail.models import Page, TranslatableMixin
from wagtail.search.index import SearchField

from core.addresses import NAMESPACE
from core.models import BasePage, GlossaryTerm, LegalAuthority, SharedWords
from core.readable import readable
from search.kinds import kind_of
from search.models import Entry
from search.spelling import learn
from search.tokens import tokens

SAID_ABOVE = {"title", "heading", "summary"}  # what is no part of a page's text
TERMS = {"title_terms": "title", "summary_terms": "summary", "body_terms": "text"}
TEXT_FIELDS = models.CharField, models.TextField
NO_TEXTS = models.SlugField, models.URLField
BLOCK_ENDS = re.compile(r"</(?:p|li|h[1-6]|tr|td|th|dt|dd)>|<br\s*/?>")


def things():
    """Everything that visitors can find; pages are not yet of their own type."""
    yield from readable(Page.objects.filter(depth__gt=1)).order_by("path")
    yield from get_document_model().objects.order_by("pk")
    for model in [GlossaryTerm, LegalAuthority]:
        words = model.objects.filter(in_english=False).select_related("locale")
        yield from words.order_by("pk")


def column_of(thing):
    """The column of an entry that points at a thing."""
    if isinstance(thing, Page):
        return "page"
    columns = {GlossaryTerm: "term", LegalAuthority: "authority"}
    return columns.get(type(thing), "document")


def say(thing):
    """
    Take down what a thing says, or take it out if there is nothing to find.

    Answers with whether that changed the index.
    """
    column = column_of(thing)
    kept = Entry.objects.filter(**{column: thing.pk}).first()
    said = what_is_said(thing)
    if said is None:
        return bool(kept and kept.delete()[0])
    entry = kept or Entry(**{f"{column}_id": thing.pk})
    changed = not kept or any(getattr(kept, name) != said[name] for name in said)
    for name, value in said.items():
        setattr(entry, name, value)
    entry.stale, entry.taken_at = False, timezone.now()
    entry.save()
    learn(entry)
    return changed


def what_is_said(thing):
    """The columns of a thing's entry; None for what no visitor should find."""
    if isinstance(thing, Page):
        thing = thing.specific
        if not isinstance(thing, BasePage):
            return None
        said = _page_says(thing)
    elif isinstance(thing, SharedWords):
        if thing.in_english:
            return None
        said = _word_says(thing)
    else:
        said = _document_says(thing)
    said["kind"] = kind_of(thing)
    for terms, text in TERMS.items():
        said[terms] = f" {' '.join(tokens(said[text], said['language']))} "
    return said


def _page_says(page):
    texts = [
        _flat(field.get_value(page))
        for field in page.get_search_fields()
        if isinstance(field, SearchField) and field.field_name not in SAID_ABOVE
    ]
    return {
        "same_as": page.translation_key,
        "language": page.locale.language_code,
        "title": page.headline,
        "summary": page.summary,
        "text": "\n".join(filter(None, [*texts, page.title, *_rows(page)])),
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
    return {
        "same_as": _key_of(document),
        "language": settings.LANGUAGE_CODE,
        "title": document.title,
        "summary": "",
        "text": " ".join(tag.name for tag in document.tags.all()),
    }


def _key_of(document):
    return uuid5(NAMESPACE, f"documents/{document.pk}")


def _rows(page):
    """What the rows of a page say, and the words we use that they name."""
    for relation in get_all_child_relations(type(page)):
        if not issubclass(relation.related_model, TranslatableMixin):
            continue  # comments of staff, among others
        for row in getattr(page, relation.get_accessor_name()).all():
            for field in row._meta.concrete_fields:
                if isinstance(field, TEXT_FIELDS) and not isinstance(field, NO_TEXTS):
                    yield "" if field.choices else getattr(row, field.name) or ""
                elif field.is_relation and issubclass(field.related_model, SharedWords):
                    word = getattr(row, field.name)
                    yield _named(word) if word else ""


def _named(word):
    short = getattr(word, "acronym", "")
    return f"{word} ({short})" if short and short not in str(word) else str(word)


def _flat(value):
    """The text of a field, which may be many texts, or in rich text."""
    if isinstance(value, (list, tuple)):
        return "\n".join(filter(None, map(_flat, value)))
    text = str(value or "")
    # Blocks end where a line does, so that no sentence runs into the next one.
    text = unescape(strip_tags(BLOCK_ENDS.sub("\n", text)))
    return "\n".join(filter(None, map(str.strip, text.splitlines())))


def keep_index_in_step():
    """
    A job of the clock: what changed without our hearing of it is taken down.

    Pages go live and away through many doors, and a word's new name stands on every page
    that names it.
    """
    entries = Entry.objects.filter(page=OuterRef("pk"))
    late = readable(Page.objects.filter(depth__gt=1)).exclude(
        Exists(entries.filter(stale=False, taken_at__gte=OuterRef("last_published_at")))
    )
    for page in late:
        say(page)
    Entry.objects.exclude(page=None).exclude(Exists(_open(OuterRef("page")))).delete()


def _open(page):
    return Page.objects.filter(pk=page, live=True)


def mark_stale(word):
    """The pages that name a word say something else now."""
    for relation in get_rows_naming(type(word)):
        rows = relation.model.objects.filter(**{relation.name: word})
        Entry.objects.filter(page__in=rows.values("page")).update(stale=True)


@cache
def get_rows_naming(model):
    """The fields by which rows of pages name a kind of word."""
    return [
        field
        for rows in apps.get_models()
        if any(isinstance(each, ParentalKey) for each in rows._meta.fields)
        for field in rows._meta.concrete_fields
        if field.related_model is model
    ]
