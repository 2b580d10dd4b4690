"""Was it helpful?: what visitors answered, by page and by section, for those who edit pages."""

from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Q, Sum
from django.db.models.functions import Coalesce, Substr
from django.shortcuts import render
from django.utils import timezone
from wagtail.models import Page
from wagtail.permissions import page_permission_policy

from contact.models import FeedbackReason, PageFeedback

PERIODS = {30: "Last 30 days", 90: "Last 90 days", 365: "Last 12 months"}
SECTION_DEPTH = 3  # below the root and the home page
PAGES_AT_ONCE = 50

YES = Coalesce(Sum("count", filter=Q(helpful=True)), 0)
NO = Coalesce(Sum("count", filter=Q(helpful=False)), 0)


def may_read(user):
    """Whoever may change a page may know whether it helps."""
    return page_permission_policy.user_has_permission(user, "change")


def report(request):
    """The pages that helped least come first."""
    if not may_read(request.user):
        raise PermissionDenied
    days = _days(request.GET.get("days", ""))
    counters = _counters(request.user, days)
    by_page = counters.answers().values("page").annotate(yes=YES, no=NO)
    found = Paginator(by_page.order_by("-no", "yes", "page"), PAGES_AT_ONCE)
    shown = found.get_page(request.GET.get("p"))
    context = {
        "header_title": "Was it helpful?",
        "days": days,
        "periods": PERIODS.items(),
        "shown": shown,
        "pages": _named(shown.object_list, counters),
        "sections": _sections(counters),
    }
    return render(request, "wagtailadmin/contact/feedback_report.html", context)


def _days(asked):
    return next((days for days in PERIODS if str(days) == asked), 90)


def _counters(user, days):
    """Of the last so many days, today among them, and of pages that somebody may change."""
    since = timezone.localdate() - timedelta(days=days - 1)
    pages = page_permission_policy.instances_user_has_permission_for(user, "change")
    return PageFeedback.objects.filter(day__gte=since, page__in=pages.values("pk"))


def _share(row):
    return round(100 * row["yes"] / (row["yes"] + row["no"]))


def _named(rows, counters):
    """Rows with their page, the share of yes, and the reason that was given most."""
    rows = list(rows)
    pages = Page.objects.select_related("locale").in_bulk(row["page"] for row in rows)
    reasons = _most_given(counters.filter(page__in=pages))
    return [
        row
        | {
            "page": pages[row["page"]],
            "share": _share(row),
            "reason": reasons.get(row["page"]),
        }
        for row in rows
        if row["page"] in pages
    ]


def _most_given(counters):
    """Page to (reason, how often), the reason that stands first where two are level."""
    words = FeedbackReason.objects.in_bulk()
    given = counters.exclude(reason=None).values("page", "reason")
    most = {}
    for row in given.annotate(total=Sum("count")).order_by(
        "-total", "reason__sort_order", "reason"
    ):
        most.setdefault(row["page"], (words[row["reason"]], row["total"]))
    return most


def _sections(counters):
    """Totals of each part of the site: a page just below a home page, and what is below it."""
    end = SECTION_DEPTH * Page.steplen
    rows = counters.answers().annotate(section=Substr("page__path", 1, end))
    rows = list(rows.values("section").annotate(yes=YES, no=NO).order_by("section"))
    pages = Page.objects.select_related("locale").in_bulk(
        [row["section"] for row in rows], field_name="path"
    )
    return [
        row | {"page": pages[row["section"]], "share": _share(row)}
        for row in rows
        if row["section"] in pages
    ]
