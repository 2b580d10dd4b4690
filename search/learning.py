"""The words that we know, by which a slip of one letter is put right."""

import re
from collections import Counter, defaultdict

from django.db import transaction

from search.models import Entry, KnownWord
from search.tokens import LONGEST, folded

SHORTEST = 4  # letters; shorter words are one letter away from too many others
WORD = re.compile(rf"[^\W\d_]{{{SHORTEST},}}")
AT_ONCE = 500  # rows


def words_of(entry):
    """The words of an entry as they are compared, each as it is written first."""
    text = f"{entry.title} {entry.summary} {entry.text}".casefold()
    words = {folded(word): word for word in reversed(WORD.findall(text))}
    return {
        key: word for key, word in words.items() if max(len(key), len(word)) <= LONGEST
    }


def learn(entry, said_before):
    """
    Know the words that an entry says now, and no more those that only it has said.

    The words of what visitors may not open are not ours to offer.
    """
    if not Entry.objects.public().filter(pk=entry.pk).exists():
        return
    said = words_of(entry)
    ours = KnownWord.objects.filter(language=entry.language)
    ours.filter(folded__in=said_before.keys() - said.keys(), said_by__lte=1).delete()
    KnownWord.objects.bulk_create(
        (
            KnownWord(language=entry.language, folded=key, written=said[key])
            for key in sorted(said.keys() - said_before.keys())
        ),
        ignore_conflicts=True,
    )


@transaction.atomic
def learn_anew():
    """
    Know what all that visitors may open says now, how often, and nothing else.

    Answers with how many words had to be put right. Of several ways to write a word the
    one that most entries have is known.
    """
    # Before they are read: of a page that comes meanwhile a word is new, and never stray.
    known = {(row.language, row.folded): row for row in KnownWord.objects.all()}
    written = defaultdict(Counter)
    columns = "language", "title", "summary", "text"
    for entry in Entry.objects.public().only(*columns).iterator():
        for key, word in words_of(entry).items():
            written[entry.language, key][word] += 1
    stray = [known[each].pk for each in known.keys() - written.keys()]
    wrong, new = [], []
    for (language, key), ways in sorted(written.items()):
        row = known.get((language, key)) or KnownWord(language=language, folded=key)
        was = row.pk and (row.written, row.said_by)
        row.written = min(ways, key=lambda way: (-ways[way], way))
        row.said_by = ways.total()
        if was != (row.written, row.said_by):
            (wrong if row.pk else new).append(row)
    KnownWord.objects.filter(pk__in=stray).delete()
    KnownWord.objects.bulk_update(wrong, ["written", "said_by"], batch_size=AT_ONCE)
    KnownWord.objects.bulk_create(new, AT_ONCE, ignore_conflicts=True)
    return len(stray) + len(wrong) + len(new)
