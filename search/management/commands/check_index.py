from accounts.command import PortalCommand
from search.comparing import compare_all
from search.learning import learn_anew


class Command(PortalCommand):
    help = "Compare the search index with what the site says, and mend it."

    def handle(self, **options):
        known, mended, taken_out = compare_all()
        words = learn_anew()
        self.stdout.write(
            f"{known} things are known; {mended} were mended, "
            f"{taken_out} that are no longer there were taken out. "
            f"{words} of the words that slips are put right by were mended."
        )
