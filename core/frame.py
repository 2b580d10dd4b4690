"""
What stands around every page: menu, breadcrumb, languages, alerts, addresses.

Each answer is asked for once a request and remembered on it. Nothing here depends on
how many pages there are.
"""

from functools import wraps

from django.conf import settings
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import get_language, get_language_info
from wagtail.models import Page, PageViewRestriction, Site

from core.addresses import NAMED_KEYS
from core.languages import own_name, public_languages, translations
from core.models import PortalSettings, SiteAlert
from core.readable import readable


def once_a_request(ask):
    """Remember an answer on the request that asked."""
    name = f"_frame_{ask.__name__}"

    @wraps(ask)
    def remembered(request, *args):
        if not hasattr(request, name):
            setattr(request, name, ask(request, *args))
        return getattr(request, name)

    return remembered


def _root(request):
    """The home page of the site, which is the English one."""
    site = Site.find_for_request(request)
    return site.root_page if site else None


@once_a_request
def _known_pages(request):
    """The home page and those with a name, in the language of the request or English."""
    root = _root(request)
    keys = [*NAMED_KEYS, *([root.translation_key] if root else [])]
    pages = readable(
        Page.objects.filter(
            translation_key__in=keys,
            locale__language_code__in={get_language(), settings.LANGUAGE_CODE},
        )
    ).select_related("locale")
    english_first = sorted(
        pages, key=lambda page: page.locale.language_code == get_language()
    )
    return {page.translation_key: page for page in english_first}


@once_a_request
def home(request):
    """The home page in the language of the request."""
    root = _root(request)
    if root is None or get_language() == settings.LANGUAGE_CODE:
        return root
    return _known_pages(request).get(root.translation_key, root)


@once_a_request
def _around(request, page):
    """The sections of the site and the pages above this one, as one query."""
    root = home(request)
    if root is None:
        return []
    above = [root.path]  # for a view, home alone
    if page is not None and page.depth is not None:
        ends = range(len(root.path), len(page.path), Page.steplen)
        above = [page.path[:end] for end in ends]
    below = Q(depth=root.depth + 1, path__startswith=root.path, show_in_menus=True)
    can_be_read = readable(Page.objects.filter(pk=OuterRef("pk")))
    pages = Page.objects.filter(Q(path__in=above) | below).annotate(
        is_section=Exists(can_be_read.filter(below)), is_readable=Exists(can_be_read)
    )
    around = [(each, each.path in above) for each in pages.order_by("path")]
    for each, _ in around:
        if page is not None and page.path[: -Page.steplen] == each.path:
            page._cached_parent_obj = each  # what `get_parent` would ask for again
    return around


def menu(request, page):
    """The sections of the site: name, address, and whether the visitor is inside."""
    path = page.path if page else ""
    return [
        {
            "name": section.title,
            "url": section.get_url(request),
            "current": path.startswith(section.path),
        }
        for section, _ in _around(request, page)
        if section.is_section
    ]


def _is_preview(request):
    """Staff see a draft below pages that are drafts themselves."""
    return getattr(request, "is_preview", False)


def breadcrumb(request, page):
    """The pages above a page, from home on; for a view, home alone."""
    return [
        {"name": each.title, "url": each.get_url(request)}
        for each, is_above in _around(request, page)
        if is_above and (each.is_readable or _is_preview(request))
    ]


@once_a_request
def side_menu(request, page):
    """The section's pages, two levels deep; the second only below where one is."""
    root = home(request)
    if root is None or page is None or page.depth is None or page.depth <= root.depth:
        return []
    section = page.path[: len(root.path) + Page.steplen]
    below = readable(
        Page.objects.filter(
            path__startswith=section, depth__in=[root.depth + 2, root.depth + 3]
        )
    ).order_by("path")
    items, by_path = [], {}
    for each in below:
        item = {
            "name": each.title,
            "url": each.get_url(request),
            "current": each.pk == page.pk,
            "open": page.path.startswith(each.path),
            "children": [],
        }
        by_path[each.path] = item
        above = by_path.get(each.path[: -Page.steplen])
        if each.depth == root.depth + 2:
            items.append(item)
        elif above and above["open"]:
            above["children"].append(item)
    return items


@once_a_request
def languages(request):
    return public_languages()


@once_a_request
def _in_each_language(request, context):
    """Addresses by language of what is shown: a page, or a word's listing."""
    codes = languages(request)
    if len(codes) == 1:
        return {}
    page = context.get("page")
    if page is not None and page.pk:
        found = translations(page, codes)
        return {code: found[code].get_url(request) for code in codes if code in found}
    return context.get("addresses", {})


@once_a_request
def language_links(request, context):
    """Every language in which this can be read, named in its own tongue."""
    addresses = _in_each_language(request, context)
    if len(addresses) < 2:
        return []
    return [
        {
            "code": code,
            "name": own_name(code),
            "url": url,
            "current": code == get_language(),
            "dir": "rtl" if get_language_info(code)["bidi"] else "ltr",
        }
        for code, url in addresses.items()
    ]


@once_a_request
def alternates(request, context):
    """(language, absolute address), each pointing back; English stands for all others."""
    addresses = _in_each_language(request, context)
    if len(addresses) < 2:
        return []
    links = [(code, request.build_absolute_uri(url)) for code, url in addresses.items()]
    default = addresses.get(settings.LANGUAGE_CODE)
    return links + (
        [("x-default", request.build_absolute_uri(default))] if default else []
    )


@once_a_request
def _private_paths(request):
    restricted = PageViewRestriction.objects.values_list("page__path", flat=True)
    return tuple(restricted)


def is_private(request, page):
    """Whether a page that an editor chose is kept from the public, itself or from above."""
    return page.path.startswith(_private_paths(request))


def canonical(request):
    # Not of `request.path`: one that begins with // would name another host.
    return request.build_absolute_uri().partition("?")[0]


@once_a_request
def alerts(request, page):
    """
    Alerts for the whole site and for the sections above this page.

    One that is not in the language of the request shows in English: whoever reads Arabic
    must also know that the office is closed.
    """
    sections = {None} | _sections(request, page)
    return [
        said
        for alert, said in _said()
        if (alert.section and alert.section.translation_key) in sections
    ]


def _said():
    """
    Each alert and its words in the language of the request, as one query.

    Whether, when and where it shows is decided in English alone: what is taken back there
    is taken back everywhere.
    """
    in_english = Q(locale__language_code=settings.LANGUAGE_CODE)
    here = Q(locale__language_code=get_language(), in_english=False, shown=True)
    same = SiteAlert.objects.filter(translation_key=OuterRef("translation_key"))
    alerts = (
        SiteAlert.objects.gravest_first()
        .filter(in_english | here)
        .select_related("section", "locale")
        .annotate(
            shows=Exists(SiteAlert.objects.showing().filter(pk=OuterRef("pk"))),
            has_english=Exists(same.filter(in_english)),
        )
    )
    words = {}
    for alert in alerts:
        if alert.locale.language_code == get_language():
            words[alert.translation_key] = alert
    said = []
    for alert in alerts:
        is_english = alert.locale.language_code == settings.LANGUAGE_CODE
        if alert.shows and (is_english or not alert.has_english):
            translated = words.get(alert.translation_key, alert)
            translated.level = alert.level
            said.append((alert, translated))
    return said


def _sections(request, page):
    """The keys, the same in every language, of a page and of those above it."""
    if page is None:
        return set()
    above = {
        each.translation_key for each, is_above in _around(request, page) if is_above
    }
    return above | {page.translation_key}


@once_a_request
def numbers(request):
    return PortalSettings.load(request_or_site=request)


@once_a_request
def named_pages(request):
    """Pages that templates link to by name."""
    known = _known_pages(request)
    return {name: known[key] for key, name in NAMED_KEYS.items() if key in known}
