"""What tells the index at once; for what it does not hear of, the clock comes by."""

from wagtail.documents import get_document_model

from core.models import GlossaryTerm, LegalAuthority, SharedWords
from search.indexing import mark_stale, say
from search.models import Entry


def page_went_live(sender, instance, **kwargs):
    say(instance)


def page_went_away(sender, instance, **kwargs):
    Entry.objects.filter(page=instance.pk).delete()


def something_was_saved(sender, instance, raw=False, **kwargs):
    if raw:
        return
    if isinstance(instance, (GlossaryTerm, LegalAuthority, get_document_model())):
        say(instance)
    if isinstance(instance, SharedWords):
        mark_stale(instance)
