"""Keeping the index in step: what a thing says is written down when it changes."""

from functools import cache

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone
from modelcluster.fields import ParentalKey
from wagtail.documents import get_document_model
from wagtail.models import Page
from wagtail.search.index import insert_or_update_object
from wagtail.search.models import IndexEntry

from core.models import GlossaryTerm, LegalAuthority
from search.learning import learn, words_of
from search.models import Entry
from search.reading import what_is_said

MODELS = {
    "page": Page,
    "document": get_document_model(),
    "term": GlossaryTerm,
    "authority": LegalAuthority,
}
# Where the library keeps the text that it has made a row of: on PostgreSQL, and on SQLite.
FULL_TEXT = "body_text" if hasattr(IndexEntry, "body_text") else "body"


def things(column):
    """
    What there is to find of a sort; pages are not yet of their own type.

    Private pages are among it: whether a visitor may open a thing is asked by each search.
    """
    everything = MODELS[column].objects.all()
    if column == "page":
        return everything.live().filter(depth__gt=1, alias_of=None)
    if column == "document":
        links = Entry.leads_to.through.objects.filter(portaldocument=OuterRef("pk"))
        return everything.filter(Exists(links)).prefetch_related("tags")
    return everything.filter(in_english=False).select_related("locale")


def say(thing):
    """Take down what a thing says; answers with whether that changed the index."""
    column = next(name for name, each in MODELS.items() if isinstance(thing, each))
    return bring_into_step(column, thing.pk)


@transaction.atomic
def bring_into_step(column, key):
    """
    Take down what the thing with this key says, or take it out if there is nothing to find.

    It is read under a lock: of two who are at it together, the later one reads what the
    earlier has done, and so the index never keeps what the thing said before.
    """
    # Made a list, since `exists` would lock nothing.
    list(MODELS[column].objects.select_for_update(no_key=True).filter(pk=key))
    kept = Entry.objects.select_for_update(no_key=True, of=["self"])
    kept = kept.filter(**{column: key}).first()
    thing = things(column).filter(pk=key).first()
    said = what_is_said(thing) if thing else None
    if said and kept and not differs(kept, said, full_texts([kept]).get(kept.pk)):
        return False
    if not said and not kept:
        return False
    if said:
        before = _leads_to(kept) if kept else set()
        _write(kept or Entry(**{f"{column}_id": key}), said)
        _tell_documents(before ^ said["leads_to"])
    else:
        _take_out(kept)
    return True


@transaction.atomic
def forget(page):
    """Take a page out that is going; while it is being deleted, it is still there to read."""
    for entry in Entry.objects.filter(page=page.pk):
        _take_out(entry)


def _take_out(entry):
    led_to = _leads_to(entry)
    entry.delete()
    _tell_documents(led_to)


def _tell_documents(keys):
    """Sorted, so that two who are at it together wait for each other in one order."""
    for key in sorted(keys):
        bring_into_step("document", key)


def differs(entry, said, full_text):
    """Whether an entry, or the row that it is found by, is not what a thing says now."""
    return (
        entry.stale
        or any(
            getattr(entry, name) != said[name] for name in said if name != "leads_to"
        )
        or _leads_to(entry) != said["leads_to"]
        or full_text != _full_text(entry)
    )


def full_texts(entries):
    """The texts by which the library finds entries, by their keys."""
    rows = IndexEntry.objects.filter(
        content_type=_content_type(), object_id__in=[str(each.pk) for each in entries]
    )
    return {
        int(key): " ".join(text.split())
        for key, text in rows.values_list("object_id", FULL_TEXT)
    }


def _content_type():
    return ContentType.objects.get_for_model(Entry)


def _leads_to(entry):
    return {document.pk for document in entry.leads_to.all()}


def _full_text(entry):
    return " ".join(" ".join(entry.terms()).split())


def _write(entry, said):
    before = words_of(entry) if entry.pk else {}
    for name, value in said.items():
        if name != "leads_to":
            setattr(entry, name, value)
    entry.stale, entry.taken_at = False, timezone.now()
    entry.save()
    entry.leads_to.set(said["leads_to"])
    insert_or_update_object(entry)
    learn(entry, before)


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
