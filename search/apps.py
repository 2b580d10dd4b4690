from django.apps import AppConfig
from django.db.models.signals import m2m_changed, post_delete, post_save
from wagtail.signals import page_published, page_unpublished


class SearchConfig(AppConfig):
    """What the site says, found by the words that people type."""

    name = "search"

    def ready(self):
        from search import listening

        page_published.connect(listening.page_went_live)
        page_unpublished.connect(listening.page_went_away)
        post_save.connect(listening.something_was_saved)
        m2m_changed.connect(listening.tags_were_given)
        post_delete.connect(listening.entry_went, sender="search.Entry")
