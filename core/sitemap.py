"""The sitemap: pages that are live, public and truly translated, in all languages."""

from collections import defaultdict

from wagtail.models import Page

from core.frame import home
from core.languages import public_languages
from core.readable import readable


def entries(request):
    """(address, last change, [(language, address)]) of each page a visitor can read."""
    root = home(request)
    if root is None:
        return []
    codes = public_languages()
    homes = readable(root.get_translations(inclusive=True)).filter(
        locale__language_code__in=codes
    )
    by_key = defaultdict(list)
    for each_home in homes:
        below = readable(Page.objects.descendant_of(each_home, inclusive=True))
        for page in below.select_related("locale").order_by("path"):
            url = page.get_full_url(request)
            if url:
                by_key[page.translation_key].append(
                    (page.locale.language_code, url, page.last_published_at)
                )
    return [
        {
            "address": url,
            "changed": changed,
            "alternates": [(code, other) for code, other, _ in versions]
            if len(versions) > 1
            else [],
        }
        for versions in by_key.values()
        for _, url, changed in versions
    ]
