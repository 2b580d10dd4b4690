"""
Words that visitors looked for and did not find, so that editors learn what is missing.

Until words have come on three different days, all there is of them is a tag that cannot
be read back without the portal's secret. What may be about a person is not even tagged:
words with a digit or an @, longer than a phrase, or that look like a name. Nobody can tell
every name from other words: editors can have words forgotten that should not be there.
"""

import logging
import re
from datetime import timedelta

from django.db import DatabaseError, connection
from django.db.models import Count
from django.utils import timezone
from django.utils.crypto import salted_hmac

from search.asking import SMALL
from search.models import MissedWords
from search.tokens import folded

logger = logging.getLogger("portal.search")
DAYS_BEFORE_WORDS = 3
LONGEST, MOST_WORDS = 60, 5  # signs and words of what may be kept
NEW_TAGS_A_DAY = 1000  # so that no machine fills the table
UNKNOWN_WORDS = 2  # that our pages never say; a whole name often has more
ACRONYM = 4  # letters
WORD = re.compile(r"[^\W_]+")
SMALL_WORDS = {folded(word) for words in SMALL.values() for word in words.split()}
FORGOTTEN_AFTER = timedelta(days=90)  # since the last day on which the words came
COUNT = """
    INSERT INTO search_missedwords (tag, words, language, days, first_day, last_day)
    SELECT %(tag)s, '', %(language)s, 1, %(today)s, %(today)s
    WHERE EXISTS (SELECT 1 FROM search_missedwords WHERE tag = %(tag)s)
       OR (SELECT COUNT(*) FROM search_missedwords WHERE first_day = %(today)s) < %(most)s
    ON CONFLICT (tag) DO UPDATE SET
        days = search_missedwords.days + 1,
        last_day = excluded.last_day,
        words = CASE WHEN search_missedwords.days >= %(before_words)s
            THEN %(text)s ELSE search_missedwords.words END
    WHERE search_missedwords.last_day < excluded.last_day
"""


def note(text, query, known):
    """
    Remember that nothing was found for this text, unless it may be about a person.

    Of its words those are known that our pages, or people for them, say.
    """
    if not query.terms or not _may_be_kept(text):
        return
    if _looks_like_a_name(text, known):
        return
    try:
        _count(_tag(query), text, query.language)
    except DatabaseError:  # as of one that takes no writes; the visitor gets the page
        logger.warning("Words that found nothing could not be counted")


def _may_be_kept(text):
    return (
        len(text) <= LONGEST
        and len(text.split()) <= MOST_WORDS
        and not any(sign == "@" or sign.isnumeric() for sign in text)
    )


def _looks_like_a_name(text, known):
    """
    Whether of words that our pages never say there are several, or one has a capital.

    The first may have one, since a telephone begins every text so, and short acronyms.
    """
    written = WORD.findall(text)
    keys = {folded(word) for word in written}
    if len(keys) < 2:
        return False
    unknown = keys - known - SMALL_WORDS
    has_capital = any(
        word[0].isupper() and not (word.isupper() and len(word) <= ACRONYM)
        for word in written[1:]
        if folded(word) in unknown
    )
    return has_capital or len(unknown) > UNKNOWN_WORDS


def _tag(query):
    return salted_hmac("search.missed", query.terms, algorithm="sha256").hexdigest()


def _count(tag, text, language):
    """In one statement, since the visitor waits for it, and two may come together."""
    today = connection.ops.adapt_datefield_value(timezone.localdate())
    with connection.cursor() as cursor:
        cursor.execute(
            COUNT,
            {
                "tag": tag,
                "language": language,
                "text": text.casefold(),
                "today": today,
                "most": NEW_TAGS_A_DAY,
                "before_words": DAYS_BEFORE_WORDS - 1,
            },
        )


def full_days():
    """The days on which more may have been looked for in vain than was counted."""
    by_day = MissedWords.objects.exclude(first_day=None).values("first_day")
    full = by_day.annotate(new=Count("pk")).filter(new__gte=NEW_TAGS_A_DAY)
    return list(full.order_by("-first_day").values_list("first_day", flat=True))


def forget_missed_words():
    """A job of the clock: what has not come for long goes."""
    before = timezone.localdate() - FORGOTTEN_AFTER
    MissedWords.objects.filter(last_day__lt=before).delete()
