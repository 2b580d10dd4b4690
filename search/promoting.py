"""
What editors want to be found first for a phrase.

They keep it under "Promoted search results", which is Wagtail's. A phrase is meant if the
same words are asked for, in whatever form a visitor types them.
"""

import logging
from functools import lru_cache

from django.conf import settings
from django.db import DatabaseError
from django.db.models import F
from django.utils import timezone
from wagtail.contrib.search_promotions import models as promotions

from search.asking import Query
from search.models import Entry

logger = logging.getLogger("portal.search")
PHRASES = 20_000  # that a process remembers as they are compared


class Suggestion:
    """A pick: an entry of ours, or a link elsewhere that editors wrote in English."""

    def __init__(self, pick, entry=None):
        self.pick = pick
        self.entry = entry
        self.language = entry.language if entry else settings.LANGUAGE_CODE
        written_for_it = entry is None or entry.page_id == pick.page_id
        self.description = pick.description if written_for_it else ""


def suggestions(queries, language):
    """The picks for what is asked, in the editors' order; of pages only what is public."""
    phrases = promotions.Query.objects.exclude(editors_picks=None)
    meant = {
        key
        for key, phrase in phrases.values_list("pk", "query_string")
        if any(
            query.terms and query.terms == _terms(phrase, code)
            for code, query in queries.items()
        )
    }
    if not meant:
        return []
    picks = promotions.SearchPromotion.objects.filter(query__in=meant)
    picks = picks.select_related("page").order_by("sort_order", "pk")
    entries = _entries(picks, language, list(queries))
    found = []
    for pick in picks:
        if pick.page is None:
            found.append(Suggestion(pick))
        elif entry := entries.pop(pick.page.translation_key, None):
            found.append(Suggestion(pick, entry))
    return found


def _entries(picks, language, languages):
    """By what they are translations of: entries in the visitor's language or the next best."""
    keys = {pick.page.translation_key for pick in picks if pick.page}
    if not keys:
        return {}
    entries = Entry.objects.public().filter(same_as__in=keys, language__in=languages)
    last_is_best = [code for code in reversed(languages) if code != language]
    last_is_best.append(language)
    return {
        entry.same_as: entry
        for entry in sorted(
            entries.select_related("page__locale"),
            key=lambda entry: last_is_best.index(entry.language),
        )
    }


@lru_cache(PHRASES)
def _terms(phrase, language):
    return Query(phrase, language).terms


def count(found):
    """Count a phrase of the editors' as asked for once today; of other words nothing is kept."""
    try:
        _count({suggestion.pick.query_id for suggestion in found}, timezone.localdate())
    except DatabaseError:  # a count is not worth a page
        logger.warning("A promoted search could not be counted")


def _count(phrases, today):
    hits = promotions.QueryDailyHits.objects
    counted = hits.filter(query__in=phrases, date=today).update(hits=F("hits") + 1)
    if counted < len(phrases):
        new = (hits.model(query_id=each, date=today, hits=1) for each in phrases)
        hits.bulk_create(new, ignore_conflicts=True)


def forget_old_search_counts():
    """A job of the clock: counts of days long past go."""
    promotions.QueryDailyHits.garbage_collect()
