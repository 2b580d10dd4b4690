"""“Before launch”: what a person must settle about pages, and the list of everything."""

import datetime
from itertools import groupby

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, get_page_models
from wagtail.permission_policies.pages import PagePermissionPolicy

from core.addresses import translation_key
from core.hooks import BEFORE_LAUNCH, Gap, ask
from core.models import BasePage, LanguageSwitch

EDIT_PAGES = "wagtailcore.change_page"  # of a part of the tree, as Wagtail asks it
A_YEAR = datetime.timedelta(days=365)

# What somebody must answer for on each page that says how the site treats its readers.
STATEMENTS = {
    "privacy": [
        (
            "The words of the privacy page",
            "No person has approved them. Read them, mend them, and publish the page.",
        ),
        (
            "What the logs of the servers keep, and how long",
            "Only whoever runs the servers knows. Ask, say it on the page, and publish it.",
        ),
    ],
    "accessibility": [
        (
            "The words of the accessibility statement",
            "No person has approved them. Read them, mend them, and publish the page.",
        ),
        (
            "The Section 508 contact",
            "The page names only the phone and address of CRCL. Name the contact, and publish it.",
        ),
    ],
}


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
        yield Gap(group, page.title, why, _edit(page.pk), EDIT_PAGES)


def approved_by_nobody():
    """Translations that are ready behind a switch, and that no person has published."""
    hidden = LanguageSwitch.objects.filter(public=False).values("locale")
    pages = _of_no_person().filter(locale__in=hidden, depth__gt=1, alias_of=None)
    for page in pages.select_related("locale").order_by("locale", "path"):
        yield Gap(
            f"{page.locale.get_display_name()} pages that nobody has approved",
            page.title,
            "Translated, approved by nobody yet. Have somebody who speaks the language read it, "
            "then publish it.",
            _edit(page.pk),
            EDIT_PAGES,
        )


def statements():
    """What the site says of itself, until a person publishes it in their own name."""
    keys = {translation_key(f"pages/{name}"): name for name in STATEMENTS}
    pages = _of_no_person().filter(
        translation_key__in=keys, locale__language_code=settings.LANGUAGE_CODE
    )
    for page in pages.order_by("-path"):
        for what, why in STATEMENTS[keys[page.translation_key]]:
            group = "Statements that nobody has approved"
            yield Gap(group, what, why, _edit(page.pk), EDIT_PAGES)


def _of_no_person():
    """Live pages whose words came from a file; what a person saves bears their name."""
    return Page.objects.filter(live=True, live_revision__user=None)


def not_checked():
    """English pages whose facts have no day, or one more than a year ago."""
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
            why = (
                f"Its facts are as of {day:%B} {day.day}, {day.year}. Check them again."
            )
        else:
            continue
        yield Gap("Facts to check", title, why, _edit(pk) + "#tab-settings", EDIT_PAGES)


def _edit(pk):
    return reverse("wagtailadmin_pages:edit", args=[pk])


def _may_settle(user, gap):
    if gap.permission == EDIT_PAGES:
        return edits_pages(user)
    return not gap.permission or user.has_perm(gap.permission)


def edits_pages(user):
    """Whether somebody works on pages at all; intake officers and auditors do not."""
    policy = PagePermissionPolicy()
    return policy.user_has_any_permission(user, ["add", "change", "publish"])


def gaps_for(user):
    """What this person can settle, by group, in the order in which it was asked for."""
    gaps = [gap for gap in ask(BEFORE_LAUNCH) if _may_settle(user, gap)]
    order = list(dict.fromkeys(gap.group for gap in gaps))
    gaps.sort(key=lambda gap: order.index(gap.group))
    return [
        (group, list(found)) for group, found in groupby(gaps, lambda gap: gap.group)
    ]
