"""Looked for, not found: words that visitors typed, for those who edit pages."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.views.decorators.http import require_POST
from wagtail.admin.menu import MenuItem
from wagtail.permissions import page_permission_policy

from search.missed import DAYS_BEFORE_WORDS, NEW_TAGS_A_DAY, full_days
from search.models import MissedWords

NAME = "looked_for_not_found"
AT_ONCE = 50


def may_read(user):
    return page_permission_policy.user_has_permission(user, "change")


def report(request):
    """What came on most days comes first."""
    if not may_read(request.user):
        raise PermissionDenied
    missed = MissedWords.objects.filter(days__gte=DAYS_BEFORE_WORDS).exclude(words="")
    shown = Paginator(missed.order_by("-days", "-last_day", "words"), AT_ONCE)
    context = {
        "header_title": "Looked for, not found",
        "shown": shown.get_page(request.GET.get("p")),
        "full_days": full_days(),
        "most": NEW_TAGS_A_DAY,
    }
    return render(request, "wagtailadmin/search/missed_report.html", context)


@require_POST
def forget(request, key):
    """Take words out that should not be kept, such as a name."""
    if not may_read(request.user):
        raise PermissionDenied
    MissedWords.objects.filter(pk=key).delete()
    messages.success(request, "These words are forgotten.")
    return redirect(NAME)


class MissedItem(MenuItem):
    def is_shown(self, request):
        return may_read(request.user)


def menu_item():
    return MissedItem("Looked for, not found", reverse(NAME), icon_name="search")


def urls():
    address = "reports/looked-for-not-found/"
    return [
        path(address, report, name=NAME),
        path(f"{address}<int:key>/forget/", forget, name="forget_missed_words"),
    ]
