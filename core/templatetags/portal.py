"""The tags that every template has without asking: the frame, links, languages."""

import re
from urllib.parse import urlsplit

from django import template
from django.conf import settings
from django.template.loader import render_to_string, select_template
from django.utils import formats, timezone, translation
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from wagtail.models import Page

from core import frame
from core.addresses import NAMED_KEYS
from core.blocks import section_anchor
from core.languages import language_info

register = template.Library()
LINK = re.compile(r'<a [^>]*href="https?://(?P<host>[^"/?#]*)[^>]*>.*?</a>', re.DOTALL)


@register.simple_tag
def language_mark(language):
    """The attributes of an element whose words may be in another language than the page."""
    if not language or language == translation.get_language():
        return ""
    direction = "rtl" if language_info(language)["bidi"] else "ltr"
    return format_html(' lang="{}" dir="{}"', language, direction)


@register.simple_tag
def foreign(text, language):
    """Words that may be in another language than the page around them."""
    mark = language_mark(language)
    return format_html("<span{}>{}</span>", mark, text) if mark else text


@register.filter
def ltr(text):
    """A number, address or reference, which reads from the left in Arabic too."""
    return format_html('<bdi dir="ltr" translate="no">{}</bdi>', text)


@register.filter
def day(date):
    """A date as people of the page's language write it, with the month's name."""
    if hasattr(date, "tzinfo") and date.tzinfo:
        date = timezone.localdate(date)
    return formats.date_format(date, "DATE_FORMAT") if date else ""


@register.filter
def tel(number):
    """The address that dials a number of the United States, as it is printed."""
    return "tel:+1" + re.sub(r"\D", "", str(number)).removeprefix("1")


@register.filter
def elsewhere_named(html):
    """Running text in which each link that leaves this site says so."""
    return mark_safe(LINK.sub(_name_elsewhere, html))  # noqa: S308  # as safe as it came


def _name_elsewhere(link):
    if link["host"] == urlsplit(settings.WAGTAILADMIN_BASE_URL).netloc:
        return link[0]
    return link[0] + render_to_string("components/elsewhere.html")


@register.filter
def anchor(child):
    """The id of a body block's heading."""
    return section_anchor(child)


@register.simple_tag(takes_context=True)
def href(context, thing):
    """
    Where a page, a link of a ledger or a block that leads somewhere leads.

    Nowhere, if that is a page no visitor can read. It asks with the request, which
    remembers the site: `page.url` would ask the database each time.
    """
    request = context.get("request")
    if isinstance(thing, Page):
        return thing.get_url(request) if thing.live else ""
    page = _part(thing, "page")
    if page is None:
        return _part(thing, "url") or ""
    if not page.live:
        return ""
    by_editor = hasattr(
        thing, "get"
    )  # chosen in a block; other links are readable ones
    if by_editor and request and frame.is_private(request, page):
        return ""
    return page.get_url(request)


def _part(thing, name):
    return thing.get(name) if hasattr(thing, "get") else getattr(thing, name, None)


@register.simple_tag(takes_context=True)
def card(context, page):
    """A page in a list, in the form its type has, or the form that all have."""
    meta = page._meta
    names = [f"{meta.app_label}/{meta.model_name}_card.html", "components/card.html"]
    parts = {"page": page, "kind": meta.verbose_name, "request": context.get("request")}
    return select_template(names).template.render(context.new(parts))


@register.simple_tag(takes_context=True)
def portal_menu(context):
    """The sections of the site, and which one the visitor is in."""
    return frame.menu(context["request"], context.get("page"))


@register.simple_tag(takes_context=True)
def breadcrumb(context):
    """The pages above this one, from home on."""
    return frame.breadcrumb(context["request"], context.get("page"))


@register.simple_tag(takes_context=True)
def side_menu(context):
    """The pages of this section, two levels deep."""
    return frame.side_menu(context["request"], context.get("page"))


@register.simple_tag(takes_context=True)
def language_links(context):
    """This page in each language in which a visitor can read it."""
    return frame.language_links(context["request"], context)


@register.simple_tag(takes_context=True)
def alternates(context):
    """Absolute addresses of this page by language, for search engines."""
    return frame.alternates(context["request"], context)


@register.simple_tag(takes_context=True)
def canonical(context):
    """The one address of this page, without what a visitor added to it."""
    return frame.canonical(context["request"])


@register.simple_tag(takes_context=True)
def site_alerts(context):
    """Alerts that visitors of this page see now."""
    return frame.alerts(context["request"], context.get("page"))


@register.simple_tag(takes_context=True)
def portal_settings(context):
    """Numbers and addresses."""
    return frame.numbers(context["request"])


@register.simple_tag(takes_context=True)
def page_address(context, name):
    """Where a page of ours is, by its content address; nothing if it is not public."""
    page = frame.named_pages(context["request"]).get(name)
    return page.get_url(context["request"]) if page else ""


@register.simple_tag
def content_name(page):
    """The name by which templates know a page, wherever editors have moved it; or nothing."""
    return NAMED_KEYS.get(page.translation_key, "")
