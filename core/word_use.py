"""Who names a word: asked before a word is deleted."""

from django.apps import apps
from django.contrib import messages
from django.contrib.admin.utils import quote
from django.db.models import ProtectedError, TextField
from django.db.models.deletion import Collector
from django.db.models.functions import Cast
from django.shortcuts import redirect
from modelcluster.fields import ParentalKey
from wagtail.models import Page, Revision


def explain_instead_of_deleting(request, instances):
    """Keeps a word that something names, and says what does; a hook before deletion."""
    for word in instances:
        if reason := reason_to_keep(word):
            messages.error(request, reason)
            return redirect(word.snippet_viewset.get_url_name("usage"), quote(word.pk))
    return None


def reason_to_keep(word):
    """
    A sentence, if something names the word.

    Drafts and earlier versions count: one that named a word no longer there could not
    be opened again.
    """
    try:
        Collector(using="default").collect([word])
    except ProtectedError as fault:
        rows = fault.protected_objects
        pages = Page.objects.filter(
            pk__in={row.page_id for row in rows if hasattr(row, "page_id")}
        )
        others = [str(row) for row in rows if not hasattr(row, "page_id")]
        return _sentence(word, [*(page.title for page in pages), *others])
    pages = Page.objects.filter(
        pk__in=_versions_that_name(word).values("object_id_as_number")
    )
    if not pages:
        return ""
    return _sentence(
        word, [f"a draft or earlier version of {page.title}" for page in pages]
    )


def _sentence(word, names):
    few = ", ".join(names[:3]) + (
        f" and {len(names) - 3} more" if len(names) > 3 else ""
    )
    return f"“{word}” is used by {few}, so it stays. Change it, or take it off there first."


def _versions_that_name(word):
    """Versions of pages with a row that names a word, found in their stored text."""
    names = {
        field.name
        for model in apps.get_models()
        if any(isinstance(field, ParentalKey) for field in model._meta.fields)
        for field in model._meta.fields
        if field.related_model is type(word)
    }
    named = rf'"({"|".join(sorted(names))})": {word.pk}[,}}]'
    versions = Revision.page_revisions.annotate(
        text=Cast("content", TextField()),
        object_id_as_number=Cast("object_id", Page._meta.pk),
    )
    return versions.filter(text__regex=named) if names else versions.none()
