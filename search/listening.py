"""What tells the index at once; for what it does not hear of, the clock comes by."""

from taggit.models import Tag
from wagtail.documents import get_document_model
from wagtail.search.index import remove_object

from contact.models import ContactPage
from core.models import GlossaryTerm, LegalAuthority, PortalSettings, SharedWords
from search.indexing import forget, mark_stale, say
from search.models import Entry


def page_went_live(sender, instance, **kwargs):
    say(instance)


def page_went_away(sender, instance, **kwargs):
    forget(instance)


def something_was_saved(sender, instance, raw=False, **kwargs):
    if raw:
        return
    if isinstance(instance, (GlossaryTerm, LegalAuthority, get_document_model())):
        say(instance)
    if isinstance(instance, SharedWords):
        mark_stale(instance)
    if isinstance(instance, Tag):
        Entry.objects.filter(document__tags=instance).update(stale=True)
    if isinstance(instance, PortalSettings):
        for page in ContactPage.objects.live():
            say(page)


def tags_were_given(sender, instance, action, **kwargs):
    """A document has its tags only after it was saved."""
    if isinstance(instance, get_document_model()) and action.startswith("post_"):
        say(instance)


def entry_went(sender, instance, **kwargs):
    """The row by which the library finds it, as Wagtail does where a worker is told."""
    remove_object(instance)
