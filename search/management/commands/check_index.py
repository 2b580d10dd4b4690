from django.db import transaction

from accounts.command import PortalCommand
from search.indexing import column_of, say, things
from search.models import Entry


class Command(PortalCommand):
    help = "Compare the search index with what the site says, and mend it."

    @transaction.atomic
    def handle(self, **options):
        found, mended = set(), 0
        for thing in things():
            mended += say(thing)
            found.add((column_of(thing), thing.pk))
        lost = [
            entry.pk for entry in Entry.objects.all() if not found & set(entry.things())
        ]
        Entry.objects.filter(pk__in=lost).delete()
        self.stdout.write(
            f"{len(found)} things can be found; {mended} were mended, "
            f"{len(lost)} that are no longer there were taken out."
        )
