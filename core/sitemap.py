"""The sitemap: what a visitor can read, live, public and truly translated, in all languages."""

from collections import defaultdict

from django.db.models import Max
from django.urls import reverse
from django.utils import translation
from wagtail.models import Page

from core.frame import home
from core.languages import public_languages
from core.models import PagePopulation, PageTopic
from core.readable import readable


def entries(request):
    """(address, last change, [(language, address)]) of each address a visitor can read."""
    root = home(request)
    if root is None:
        return []
    codes = public_languages()
    found = [*_pages(root, request, codes), *_listings(codes), *_site_maps(codes)]
    by_key = defaultdict(list)
    for key, code, url, changed in found:
        by_key[key].append((code, request.build_absolute_uri(url), changed))
    return [
        {
            "address": address,
            "changed": changed,
            "alternates": [(code, other) for code, other, _ in versions]
            if len(versions) > 1
            else [],
        }
        for versions in by_key.values()
        for _, address, changed in versions
    ]


def _pages(root, request, codes):
    homes = readable(root.get_translations(inclusive=True)).filter(
        locale__language_code__in=codes
    )
    for each_home in homes:
        below = readable(Page.objects.descendant_of(each_home, inclusive=True))
        for page in below.select_related("locale").order_by("path"):
            if url := page.get_url(request):
                code = page.locale.language_code
                yield page.translation_key, code, url, page.last_published_at


def _listings(codes):
    """What there is for each group of people and on each topic, where there is anything."""
    for row_model, name in [(PagePopulation, "population"), (PageTopic, "topic")]:
        word_model = row_model._meta.get_field(name).related_model
        rows = row_model.objects.filter(page__in=readable().values("pk"))
        changes = dict(
            rows.values_list(name)
            .annotate(Max("page__last_published_at"))
            .order_by(name)
        )
        words = word_model.objects.filter(
            pk__in=changes, locale__language_code__in=codes, in_english=False
        ).select_related("locale")
        for word in words:
            code = word.locale.language_code
            with translation.override(code):
                url = word.get_absolute_url()
            yield word.translation_key, code, url, changes[word.pk]


def _site_maps(codes):
    for code in codes:
        with translation.override(code):
            yield "site-map", code, reverse("site_map"), None
