"""
Words that visitors looked for and did not find, so that editors learn what is missing.

One person's words are never kept. Until words have come on three different days, all
there is of them is a tag that cannot be read back without the portal's secret; words
with a digit or an @, or longer than a phrase, are not even tagged.
"""

import logging
from datetime import timedelta

from django.db import DatabaseError
from django.db.models import Case, F, Value, When
from django.utils import timezone
from django.utils.crypto import salted_hmac

from search.models import MissedWords

logger = logging.getLogger("portal.search")
DAYS_BEFORE_WORDS = 3
LONGEST, MOST_WORDS = 60, 5  # signs and words of what may be kept
NEW_TAGS_A_DAY = 1000  # so that no machine fills the table
FORGOTTEN_AFTER = timedelta(days=90)  # since the last day on which the words came


def note(text, query):
    """Remember that nothing was found for this text, unless it may be about a person."""
    text = text.casefold()
    if not query.terms or not _may_be_kept(text):
        return
    tag = salted_hmac("search.missed", query.terms, algorithm="sha256").hexdigest()
    try:
        _count(tag, text, query.language)
    except DatabaseError:  # as of one that takes no writes; the visitor gets the page
        logger.warning("Words that found nothing could not be counted")


def _may_be_kept(text):
    return (
        len(text) <= LONGEST
        and len(text.split()) <= MOST_WORDS
        and not any(sign == "@" or sign.isnumeric() for sign in text)
    )


def _count(tag, text, language):
    today = timezone.localdate()
    known = MissedWords.objects.filter(tag=tag)
    came_last = known.values_list("last_day", flat=True).first()
    if came_last and came_last < today:
        is_third = When(days__gte=DAYS_BEFORE_WORDS - 1, then=Value(text))
        known.filter(last_day__lt=today).update(
            days=F("days") + 1, last_day=today, words=Case(is_third, default=F("words"))
        )
    if came_last:
        return
    if MissedWords.objects.filter(days=1, last_day=today).count() < NEW_TAGS_A_DAY:
        row = MissedWords(tag=tag, language=language, last_day=today)
        MissedWords.objects.bulk_create([row], ignore_conflicts=True)


def forget_missed_words():
    """A job of the clock: what has not come for long goes."""
    before = timezone.localdate() - FORGOTTEN_AFTER
    MissedWords.objects.filter(last_day__lt=before).delete()
