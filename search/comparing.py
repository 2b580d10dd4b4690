"""Comparing the index with what things say: a few things a minute, or all of them at once."""

from django.contrib.contenttypes.models import ContentType
from django.db.models import TextField
from django.db.models.functions import Cast
from wagtail.search.models import IndexEntry

from search.indexing import MODELS, bring_into_step, differs, full_texts, things
from search.learning import learn_anew
from search.models import Entry, Round
from search.reading import what_is_said

COLUMNS = list(MODELS)  # pages first, which say to which documents they lead
A_MINUTE = 20  # things that the clock reads, though nothing tells of a change
MENDED_A_MINUTE = 200
AT_ONCE = 100  # things that are read together


def keep_index_in_step():
    """
    A job of the clock: what changed without our hearing of it is taken down.

    What is new, gone, or known to have changed is mended each minute. Not everything that
    changes leaves a mark: so a few more things are read each minute, one after another, and
    after the last of them what hangs on all.
    """
    known, unlike = _known_and_unlike()
    turn = _next(known)
    for each in [*_in_order(unlike)[:MENDED_A_MINUTE], *_wrong(turn)]:
        bring_into_step(*each)
    last = turn[-1] if turn else None
    if last is None or last == known[-1]:
        learn_anew()
        take_out_orphans()
        last = COLUMNS[0], 0
    column, key = last
    Round.objects.update_or_create(pk=1, defaults={"column": column, "key": key})


def compare_all():
    """
    Read everything, and mend each thing by itself, so that nobody waits who publishes.

    Answers with how many things there are, were mended, and were taken out.
    """
    known, unlike = _known_and_unlike()
    gone = _in_order(unlike - set(known))
    wrong = _in_order(unlike.intersection(known) | set(_wrong(known)))
    mended = sum(bring_into_step(*each) for each in wrong)
    taken_out = sum(bring_into_step(*each) for each in gone) + take_out_orphans()
    return len(known), mended, taken_out


def take_out_orphans():
    """Rows by which the library would find entries that are no more."""
    kept = Entry.objects.annotate(key=Cast("pk", TextField())).values("key")
    rows = IndexEntry.objects.filter(
        content_type=ContentType.objects.get_for_model(Entry)
    ).exclude(object_id__in=kept)
    if number := rows.count():
        rows.delete()
    return number


def _known_and_unlike():
    """
    All things, each as its column and key; and those whose entry is lost, left or marked.

    Entries are asked for first: of a page that goes live meanwhile there is then too little
    and not too much, and it is looked at again under a lock.
    """
    entries = {}
    for *keys, stale, version in Entry.objects.values_list(
        *COLUMNS, "stale", "version"
    ):
        column, key = next(
            (column, key) for column, key in zip(COLUMNS, keys, strict=True) if key
        )
        entries[column, key] = (stale, version)
    known = {}
    for column in COLUMNS:
        read = ["pk", "live_revision"] if column == "page" else ["pk"]
        for key, *version in things(column).order_by("pk").values_list(*read):
            known[column, key] = (False, next(iter(version), 0) or 0)
    unlike = {each for each in known if entries.get(each) != known[each]}
    return list(known), unlike | (entries.keys() - known.keys())


def _next(known):
    """Those whose turn it is to be read."""
    before = Round.objects.filter(column__in=COLUMNS).first()
    place = _place((before.column, before.key)) if before else (0, 0)
    return [each for each in known if _place(each) > place][:A_MINUTE]


def _place(each):
    column, key = each
    return COLUMNS.index(column), key


def _in_order(several):
    return sorted(several, key=_place)


def _wrong(several):
    """Those of several things of which the index says something else than they do."""
    for start in range(0, len(several), AT_ONCE):
        for column in COLUMNS:
            some = several[start : start + AT_ONCE]
            yield from _wrong_among(
                column, [key for name, key in some if name == column]
            )


def _wrong_among(column, keys):
    if not keys:
        return
    entries = Entry.objects.filter(**{f"{column}__in": keys})
    entries = {
        getattr(entry, f"{column}_id"): entry
        for entry in entries.prefetch_related("leads_to")
    }
    texts = full_texts(entries.values())
    found = things(column).filter(pk__in=keys)
    for thing in found.specific() if column == "page" else found:
        entry, said = entries.get(thing.pk), what_is_said(thing)
        if bool(entry) != bool(said) or (
            entry and differs(entry, said, texts.get(entry.pk))
        ):
            yield column, thing.pk
