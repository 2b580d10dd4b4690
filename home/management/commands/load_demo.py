from django.core.management.base import CommandError
from django.db import transaction
from wagtail.models import Locale

from accounts.command import PortalCommand
from contact.examples import remove_examples, show_examples
from core.addresses import DEMO_ALERT
from core.models import LanguageSwitch, SiteAlert
from core.switches import LanguageForm
from home.models import HomePage, LoadedEntry

REMOVE = ".venv/bin/python manage.py load_demo --remove"
ALERTS = {
    "en": (
        "Example: a message on every page",
        "This message is an example and says nothing about the office. "
        f"To take it away, run {REMOVE}, or delete it under “Site alerts” in the admin.",
    ),
    "es": (
        "Ejemplo: un aviso en todas las páginas",
        "Este aviso es un ejemplo y no dice nada sobre la oficina. "
        f"Para quitarlo, ejecute {REMOVE}, o bórrelo en «Site alerts» en la administración.",
    ),
}
# Kept while Spanish is on only because of us: what staff switched on stays on.
SWITCHED_ON = "demo/languages/es"


class Command(PortalCommand):
    help = (
        "Show examples, labelled as such: an alert, Spanish, expressions of interest."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--remove", action="store_true", help="take the examples away"
        )

    @transaction.atomic
    def handle(self, *, remove, **options):
        self.ask_for_a_site()
        if remove:
            self.remove()
        else:
            self.show_alerts()
            self.show_spanish()
            self.show_interests()
            self.stdout.write(f"To take the examples away: {REMOVE}")

    def ask_for_a_site(self):
        if not HomePage.objects.exists():
            raise CommandError("There is no site to show examples on. Run `make run`.")

    def show_alerts(self):
        """One in each language there is, since a visitor sees those of the page's own."""
        for locale in Locale.objects.filter(language_code__in=ALERTS):
            heading, text = ALERTS[locale.language_code]
            SiteAlert.objects.get_or_create(
                translation_key=DEMO_ALERT,
                locale=locale,
                defaults={"heading": heading, "text": f"<p>{text}</p>", "shown": True},
            )
        self.stdout.write(f"Every page shows “{ALERTS['en'][0]}”.")

    def show_interests(self):
        made = show_examples()
        self.stdout.write(
            f"Six examples of expressions of interest are under “Interests”; {made} new."
        )

    def show_spanish(self):
        locale = Locale.objects.filter(language_code="es").first()
        switch = LanguageSwitch.objects.filter(locale=locale).first()
        if switch and switch.public:
            self.stdout.write("Spanish is on already; see /es/.")
            return
        form = LanguageForm({"public": True}, instance=switch or LanguageSwitch())
        form.instance.locale = locale
        if locale is None or not form.is_valid():
            self.stdout.write("Spanish stays off: its home page is not published.")
            return
        form.save()
        LoadedEntry.objects.update_or_create(path=SWITCHED_ON)
        self.stdout.write(
            "Spanish is switched on, so that you can look at it: /es/. "
            "Pages without Spanish are shown in English and say so."
        )

    def remove(self):
        SiteAlert.objects.filter(translation_key=DEMO_ALERT).delete()
        ours, _ = LoadedEntry.objects.filter(path=SWITCHED_ON).delete()
        if ours:
            LanguageSwitch.objects.filter(locale__language_code="es").update(
                public=False
            )
        remove_examples()
        self.stdout.write(
            f"The examples are gone.{' Spanish is switched off again.' if ours else ''}"
        )
