"""What has been loaded before, and so what may be touched now."""

from collections import defaultdict
from enum import Enum

from home.models import LoadedEntry


class Outcome(Enum):
    """What becomes of one entry of the content files."""

    MAKE = "made"
    REFRESH = "refreshed"
    SAME = "unchanged"
    EDITED = "left alone, since a person has edited it"
    GONE = "left out, since a person has deleted it"
    WAITS = "changed in its file; --update would refresh it"


class Loaded:
    """
    The memory of the loader.

    A new entry is made. One that was loaded before is refreshed only when asked to, when
    its file has changed, and when no person has edited or deleted it meanwhile.
    """

    def __init__(self, update):
        self.update = update
        self.digests = dict(LoadedEntry.objects.values_list("path", "digest"))
        self.outcomes = defaultdict(list)

    def outcome(self, entry, existing, edited):
        if existing is None:
            return Outcome.GONE if entry.path in self.digests else Outcome.MAKE
        if self.digests.get(entry.path) == entry.digest:
            return Outcome.SAME
        if edited(existing):
            return Outcome.EDITED
        return Outcome.REFRESH if self.update else Outcome.WAITS

    def keep(self, entry, outcome):
        self.outcomes[outcome].append(entry.path)
        if outcome in {Outcome.MAKE, Outcome.REFRESH}:
            LoadedEntry.objects.update_or_create(
                path=entry.path, defaults={"digest": entry.digest}
            )
