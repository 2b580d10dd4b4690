"""
What stands around every page: menu, breadcrumb, languages, alerts, addresses.

Each answer is asked for once a request and remembered on it. Nothing here depends on
how many pages there are.
"""

from functools import wraps

from django.conf import settings
from django.utils.translation import get_language, get_language_info
from wagtail.models import Page, Site

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


@once_a_request
def home(request):
    """The home page in the language of the request."""
    site = Site.find_for_request(request)
    root = site.root_page if site else None
    if root is None or root.locale.language_code == get_language():
        return root
    here = {"locale__language_code": get_language()}
    return readable(root.get_translations()).filter(**here).first() or root


@once_a_request
def menu(request, page):
    """The sections of the site: name, address, and whether the visitor is inside."""
    root = home(request)
    if root is None:
        return []
    path = page.path if page else ""
    return [
        {
            "name": section.title,
            "url": section.get_url(request),
            "current": path.startswith(section.path),
        }
        for section in readable(root.get_children()).in_menu()
    ]


@once_a_request
def breadcrumb(request, page):
    """The pages above a page, from home on; for a view, home alone."""
    root = home(request)
    if root is None:
        return []
    if page is None or page.depth is None:
        above = [root]
    else:
        above = page.get_ancestors().filter(depth__gte=root.depth)
    return [{"name": each.title, "url": each.get_url(request)} for each in above]


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


def canonical(request):
    return request.build_absolute_uri(request.path)


@once_a_request
def alerts(request, page):
    """Alerts for the whole site and for the sections above this page."""
    path = page.path if page else ""
    showing = SiteAlert.objects.showing().filter(locale__language_code=get_language())
    return [
        alert
        for alert in showing.select_related("section")
        if alert.section is None or (path and path.startswith(alert.section.path))
    ]


@once_a_request
def numbers(request):
    return PortalSettings.load(request_or_site=request)


@once_a_request
def named_pages(request):
    """Pages that templates link to by name, in the language of the request or English."""
    pages = readable(
        Page.objects.filter(
            translation_key__in=NAMED_KEYS,
            locale__language_code__in={get_language(), settings.LANGUAGE_CODE},
        )
    ).select_related("locale")
    english_first = sorted(
        pages, key=lambda page: page.locale.language_code == get_language()
    )
    return {NAMED_KEYS[page.translation_key]: page for page in english_first}
