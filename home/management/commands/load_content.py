from django.core.management.base import CommandError
from django.db import transaction

from accounts.command import PortalCommand
from core.models import PortalSettings
from home.loading import files, pages, translations, words
from home.loading.record import Loaded, Outcome
from home.models import LoadedEntry
from records.models import InformationCollection, PrivacyNotice


class Command(PortalCommand):
    help = (
        "Load the site's words from content/: what is new, and with --update what has "
        "changed there and no person has edited since."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--update",
            action="store_true",
            help="refresh pages and words whose file has changed",
        )

    def handle(self, *, update, **options):
        loaded = Loaded(update)
        try:
            with transaction.atomic():
                self.load_numbers()
                self.load_notices()
                words.load(loaded)
                pages.load(loaded)
                translations.load(loaded, "es")
        except files.ContentError as fault:
            raise CommandError(str(fault)) from fault
        self.report(loaded)

    def load_numbers(self):
        """Numbers and addresses that are still empty, each once: whoever empties one means it."""
        numbers = PortalSettings.load()
        for name, value in self.numbers_of_the_file().items():
            _entry, is_new = LoadedEntry.objects.get_or_create(path=f"settings/{name}")
            if is_new and not getattr(numbers, name):
                setattr(numbers, name, value)
        numbers.full_clean()
        numbers.save()

    def load_notices(self):
        """Drafts of what the law asks to be said, where nobody has begun to write any."""
        says = files.read("notices.yaml") or {}
        if not PrivacyNotice.objects.exists() and "privacy_notice" in says:
            PrivacyNotice.objects.create(text=says["privacy_notice"])
        if (
            not InformationCollection.objects.exists()
            and "information_collection" in says
        ):
            title = says["information_collection"]
            InformationCollection.objects.create(title=title)

    def numbers_of_the_file(self):
        says = files.read("settings.yaml") or {}
        return {name: value for name, value in says.items() if name != "covers"}

    def report(self, loaded):
        for outcome in Outcome:
            paths = loaded.outcomes[outcome]
            if not paths:
                continue
            self.stdout.write(f"{len(paths):4} {outcome.value}")
            if outcome in {Outcome.EDITED, Outcome.GONE, Outcome.WAITS}:
                for path in paths:
                    self.stdout.write(f"       {path}")
