"""What staff send when they save and publish pages."""

import datetime

from django.utils import timezone
from wagtail import hooks
from wagtail.models import Page
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from core.hooks import PUBLISH_CHECK

REASON = "A person must approve it."
BULK = "/admin/bulk/wagtailcore/page/publish/"


def refusing_some():
    """For a while, pages whose title says so are refused."""

    def refuse(page):
        return [REASON] if "refused" in page.title else []

    return hooks.register_temporarily(PUBLISH_CHECK, refuse)


def live(page):
    return Page.objects.get(pk=page.pk).live


def form(page, **changes):
    """What the editor's form sends."""
    says = {
        "title": page.title,
        "slug": page.slug,
        "heading": page.heading,
        "summary": page.summary,
        "search_description": page.search_description,
        "information_as_of": page.information_as_of or "",
        "comments": inline_formset([]),
    }
    if page.sensitive:
        says["sensitive"] = "on"
    return nested_form_data(says | changes)


def soon(**delta):
    at = timezone.localtime() + datetime.timedelta(**delta)
    return at.strftime("%Y-%m-%d %H:%M")


def in_bulk(client, page):
    address = f"{BULK}?id={page.pk}&next=/admin/"
    return client.post(address, {"include_descendants": ""}, follow=True)
