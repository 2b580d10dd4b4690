"""“Before launch”: what a person must settle about pages, and the list of everything."""

import datetime
from itertools import groupby

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, get_page_models

from core.hooks import BEFORE_LAUNCH, Gap, ask
from core.models import BasePage

A_YEAR = datetime.timedelta(days=365)


def unpublished():
    """Pages that have never been published, and translations that no person has approved."""
    drafts = Page.objects.filter(
        depth__gt=1, live=False, first_published_at=None
    ).select_related("locale")
    for page in drafts.order_by("locale", "path"):
        if page.locale.language_code == settings.LANGUAGE_CODE:
            group = "Pages that nobody can read yet"
            why = "Read it, mend it, and publish it when it is right."
        else:
            group = f"{page.locale.get_display_name()} pages that nobody can read yet"
            why = "Have somebody who speaks the language approve it, then publish it."
        yield Gap(group, page.title, why, _edit(page.pk))


def not_checked():
    """English pages whose facts have no day, or were checked more than a year ago."""
    today = timezone.localdate()
    pages = []
    for model in get_page_models():
        if issubclass(model, BasePage):
            live = model.objects.filter(
                live=True, locale__language_code=settings.LANGUAGE_CODE
            )
            pages += live.values_list("path", "pk", "title", "information_as_of")
    for _path, pk, title, day in sorted(pages):
        if day is None:
            why = "Say on which day its facts were checked."
        elif today - day > A_YEAR:
            why = f"Last checked on {day:%B} {day.day}, {day.year}. Check its facts again."
        else:
            continue
        yield Gap("Facts to check", title, why, _edit(pk) + "#tab-settings")


def _edit(pk):
    return reverse("wagtailadmin_pages:edit", args=[pk])


def gaps_for(user):
    """What this person can settle, by group, in the order in which it was asked for."""
    gaps = [
        gap
        for gap in ask(BEFORE_LAUNCH)
        if not gap.permission or user.has_perm(gap.permission)
    ]
    order = list(dict.fromkeys(gap.group for gap in gaps))
    gaps.sort(key=lambda gap: order.index(gap.group))
    return [
        (group, list(found)) for group, found in groupby(gaps, lambda gap: gap.group)
    ]
