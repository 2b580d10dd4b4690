"""What a person must settle before the public comes: numbers, alerts, languages."""

import datetime

from django.contrib.auth import get_permission_codename
from django.db.models import Count
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import get_language_info

from core.addresses import DEMO_ALERT
from core.hooks import Gap
from core.models import LanguageSwitch, PortalSettings, SharedWords, SiteAlert

SOON = datetime.timedelta(days=60)
NUMBERS = "Numbers and addresses"
NOT_SHOWN = "While it is empty, pages do not mention it."
FEDERAL = "Every federal page must carry this link at its foot."

# The field, and what follows while it is empty
FIELDS = {
    "phone": "While it is empty, no page shows a number to call.",
    "email": "While it is empty, no page mentions e-mail.",
    "postal_address": NOT_SHOWN,
    "complaint_url": "While it is empty, nobody is led to where a complaint is filed.",
    "detainee_locator_url": NOT_SHOWN,
    "leave_url": "“Leave this site” leads to weather.gov until you choose a neutral site.",
    "about_url": FEDERAL,
    "accessibility_url": FEDERAL,
    "foia_url": FEDERAL,
    "no_fear_url": FEDERAL,
    "inspector_general_url": FEDERAL,
    "performance_url": FEDERAL,
    "privacy_url": FEDERAL,
    "security_contact": "While it is empty, researchers cannot report a weakness.",
    "security_expires": "While it is empty, researchers cannot report a weakness.",
}


def numbers():
    """Every number or address that is still empty."""
    current = PortalSettings.load()
    address = reverse(
        "wagtailsettings:edit", args=["core", "portalsettings", current.pk]
    )
    for name, why in FIELDS.items():
        if not getattr(current, name):
            label = PortalSettings._meta.get_field(name).verbose_name
            yield Gap(
                NUMBERS,
                label[:1].upper() + label[1:],
                why,
                f"{address}#id_{name}",
                "core.change_portalsettings",
            )
    ends = current.security_expires
    if ends and ends - timezone.localdate() < SOON:
        yield Gap(
            NUMBERS,
            "Security expires",
            f"The contact for researchers is good until {ends:%B} {ends.day}, {ends.year}. "
            "Check it, and choose a later day.",
            f"{address}#id_security_expires",
            "core.change_portalsettings",
        )


def alerts():
    """Whether somebody has said how the office works today."""
    if not SiteAlert.objects.exclude(translation_key=DEMO_ALERT).exists():
        yield Gap(
            "Site alerts",
            "Is this office working, and who answers?",
            "The Department announced cuts to it in 2025; how it stands today, only you know. "
            "Write an alert that says it, and show it if visitors should know.",
            reverse(SiteAlert.snippet_viewset.get_url_name("add")),
            "core.add_sitealert",
        )


def words():
    """Words that translators have been sent, and that are still in English."""
    for model in SharedWords.__subclasses__():
        english = model.objects.filter(in_english=True)
        address = reverse(model.snippet_viewset.get_url_name("list"))
        for code, count in english.values_list("locale__language_code").annotate(
            Count("pk")
        ):
            yield Gap(
                f"Words that are not yet in {get_language_info(code)['name']}",
                f"{capfirst(model._meta.verbose_name_plural)}: {count}",
                "Visitors see them in English. Translate all of each, then save it.",
                f"{address}?locale={code}",
                f"{model._meta.app_label}.{get_permission_codename('change', model._meta)}",
            )


def languages():
    """Languages that have been added and are not switched on."""
    for switch in LanguageSwitch.objects.filter(public=False).select_related("locale"):
        yield Gap(
            "Languages",
            str(switch),
            "Switch it on when a person has approved its pages. Until then nobody can read them.",
            reverse("languageswitch:edit", args=[switch.pk]),
            "core.change_languageswitch",
        )
