"""
"Was this page helpful?": takes an answer, counts it, and leads back to the page.

The question stands in cached pages and asks for no cookie, so it carries no token; the
browser says in its own headers whether an answer comes from a page of ours.
"""

from urllib.parse import urlsplit

from django import forms
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods
from wagtail.models import Locale

from contact.limits import within
from contact.models import FeedbackReason, PageFeedback
from core import frame
from core.languages import is_public
from core.readable import readable

# Generous: a clinic's fifteen people, each answering on several pages, get through.
ANSWERS, WITHIN_SECONDS = 120, 600
HOME_DEPTH = 2
PLACE = "#feedback"


class AnswerForm(forms.Form):
    """Of which page, and yes, no, or why not; there is nothing to write in."""

    page = forms.ModelChoiceField(readable().filter(depth__gt=HOME_DEPTH))
    helpful = forms.ChoiceField(choices=[("yes", "yes"), ("no", "no")], required=False)
    reason = forms.ModelChoiceField(FeedbackReason.objects.all(), required=False)


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def feedback(request):
    """One answer; whoever comes here without one is led to the home page."""
    if request.method != "POST":
        home = frame.home(request)
        return see_other(home.get_url(request) if home else "/")
    if not is_from_here(request):
        return not_taken(
            request,
            _(
                "It did not come from a page of this site. Go to the page you have read, and answer there."
            ),
            status=403,
        )
    form = AnswerForm(request.POST)
    form.is_valid()
    page = form.cleaned_data.get("page")
    address = address_of(page, request)
    if not address:
        return not_taken(
            request, _("The page you have read is no longer here."), status=404
        )
    if not within(request, "feedback", ANSWERS, WITHIN_SECONDS):
        return see_other(f"{address}?helpful=later{PLACE}")
    return see_other(address + count(page, form.cleaned_data) + PLACE)


def address_of(page, request):
    """Where a page is, never what a request says; nothing if no visitor can read it."""
    if page is None or not is_public(page.locale.language_code):
        return None
    return page.get_url(request)


def count(page, answer):
    """Counts an answer; tells what the page then says, in its address and nowhere else."""
    counters = PageFeedback.objects
    if reason := answer.get("reason"):
        counters.count_one(page, helpful=False, reason=in_english(reason))
        return "?helpful=noted"
    helpful = answer.get("helpful")
    if not helpful:
        return ""
    counters.count_one(page, helpful=helpful == "yes")
    return f"?helpful={helpful}"


def in_english(reason):
    """The word that all its translations are counted as."""
    return reason.get_translation_or_none(Locale.get_default()) or reason


def is_from_here(request):
    """Whether a page of ours sent this, as far as the browser knows."""
    said = request.headers.get("Sec-Fetch-Site")
    if said:
        return said in {"same-origin", "none"}
    sender = request.headers.get("Origin") or request.headers.get("Referer", "")
    try:
        return urlsplit(sender).netloc == request.get_host()
    except ValueError:
        return False


def see_other(address):
    """On to an address by GET, so that a reload sends nothing again."""
    response = HttpResponseRedirect(address)
    response.status_code = 303
    add_never_cache_headers(response)
    return response


def not_taken(request, why, *, status):
    context = {"heading": _("We could not take your answer"), "why": why}
    response = render(
        request, "contact/feedback_not_taken.html", context, status=status
    )
    add_never_cache_headers(response)
    return response
