"""The interest form: plain pages, each of which carries what the next one needs."""

import logging
from functools import wraps
from uuid import uuid4

from django.db import DatabaseError, InterfaceError, OperationalError
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from contact.forms import InterestForm, find_about
from contact.limits import within
from contact.models import Interest
from contact.services import AlreadySent, receive_interest, suspicion_of
from core import errors, frame, languages

logger = logging.getLogger(__name__)

RECEIPT = "receipt"  # a signed cookie: the reference, for the page that says it
RECEIPT_SECONDS = 30 * 60
# Generous: a clinic's fifteen people may sit behind one address.
SENDINGS, WITHIN_SECONDS = 40, 600


def keeps_words(view):
    """With the database down, answers with everything that was sent, ready to send again."""

    @wraps(view)
    def kept(request):
        try:
            return view(request)
        except (
            DatabaseError,
            InterfaceError,
        ) as fault:  # a standby only reads, and says so
            logger.error("The database took nothing: %s", type(fault).__name__)
            return give_back(request, status=503)

    return never_cache(kept)


@keeps_words
@require_http_methods(["GET", "HEAD", "POST"])
def interest(request):
    """The form: empty, or filled again for whoever comes back or changes the language."""
    if frame.numbers(request).interest_paused:
        return show_paused(request)
    if request.method == "POST":
        return show_form(request, InterestForm.refilled(request.POST))
    return show_form(request, InterestForm.blank(about=request.GET.get("about", "")))


@keeps_words
@require_http_methods(["GET", "HEAD", "POST"])
def check(request):
    """Shows the answers once more; they travel in the page until Send keeps them."""
    if request.method != "POST":
        return redirect("interest")
    if frame.numbers(request).interest_paused:
        return show_paused(request)
    form = InterestForm(request.POST)
    if not form.is_valid():
        return show_form(request, form, status=422)
    if "send" not in request.POST:
        return show_check(request, form)
    too_many = not within(request, "interest", SENDINGS, WITHIN_SECONDS)
    if too_many or (suspicion_of(form) and Interest.objects.held_apart().is_full()):
        text = _(
            "Too many messages came from your network just now. Nothing you wrote is lost. "
            "Wait ten minutes and send it again, or call us."
        )
        return show_check(request, form, notice=text, status=429)
    return send(request, form)


def send(request, form):
    try:
        kept, is_new = receive_interest(
            form.cleaned_data["nonce"],
            form.answers,
            topics=form.chosen_topics,
            about=form.cleaned_data["about"],
            notice=form.cleaned_data["notice"],
            collection=form.cleaned_data["collection"],
            suspicion=suspicion_of(form),
            mailbox=frame.numbers(request).interest_mailbox,
            written_in=get_language(),
        )
    except AlreadySent as before:
        text = _(
            "You sent this page before, with other words, as %(reference)s. If you want to "
            "send this as well, press Send."
        ) % {"reference": before.interest.reference}
        return show_check(request, form, notice=text, status=409, nonce=uuid4())
    response = HttpResponseRedirect(reverse("interest_received"))
    response.status_code = 303
    response.set_signed_cookie(
        RECEIPT,
        f"{kept.reference} {'new' if is_new else 'again'} {kept.reachable_by}",
        max_age=RECEIPT_SECONDS,
        httponly=True,
        samesite="Lax",
        secure=request.is_secure(),
    )
    return response


@never_cache
@require_http_methods(["GET", "HEAD"])
def received(request):
    """The reference, for half an hour; later it says where else to find it."""
    receipt = request.get_signed_cookie(RECEIPT, "", max_age=RECEIPT_SECONDS)
    reference, again, way = receipt.split() if receipt.count(" ") == 2 else ("", "", "")
    facts = {"reference": reference, "again": again == "again", "way": way}
    facts["heading"] = _("We have it. Thank you.")
    try:
        return show(request, "received", **facts)
    except (OperationalError, InterfaceError):
        if not reference:
            raise
        return render(request, "contact/interest_have.html", facts)


@require_http_methods(["GET", "HEAD"])
def printable(request):
    """The same questions on paper, to be filled in by hand."""
    form = InterestForm.blank()
    return show(request, "printable", heading=_("Tell us on paper"), form=form)


def show_form(request, form, *, status=200):
    """The form; where something is wrong, its title says so first."""
    heading = _("Tell us you’re interested")
    title = _("Error: %(heading)s") % {"heading": heading} if form.errors else heading
    context = {
        "heading": title,
        "h1": heading,
        "summary": _(
            "Ask to take part in the NGO Committee, or to work with us in another way."
        ),
        "form": form,
        "about": find_about(form["about"].value() or ""),
    }
    return show(request, "form", status=status, language_form="answers", **context)


def show_check(request, form, *, notice="", status=200, nonce=None):
    facts = {"form": form, "notice": notice, "nonce": nonce, "language_form": "answers"}
    heading = _("Check your answers")
    return show(request, "check", status=status, heading=heading, **facts)


def show_paused(request):
    """The other ways to reach us, and what somebody has written meanwhile."""
    heading = _("This form is closed for now")
    facts = {"sent": sent_in(request.POST), "written": written_in(request.POST)}
    return show(request, "paused", heading=heading, language_form="answers", **facts)


def show(request, name, *, status=200, **context):
    places = {"form": "interest", "paused": "interest"}
    context |= {"addresses": _addresses(places.get(name, f"interest_{name}"))}
    return render(request, f"contact/interest_{name}.html", context, status=status)


def _addresses(name):
    """Where this page is in each public language."""
    found = {}
    for code in languages.public_languages():
        with translation.override(code):
            found[code] = reverse(name)
    return found


def sent_in(sent):
    """Each answer by the name of its field, for a page that carries them on."""
    return [
        (name, value)
        for name, values in sent.lists()
        if name in InterestForm.base_fields
        for value in values
    ]


def written_in(sent):
    """What somebody typed, each with the name of its field."""
    names = ["name", "organization", "role", "email", "phone", "post", "statement"]
    fields = InterestForm.base_fields
    return [(fields[name].label, sent[name]) for name in names if sent.get(name)]


def give_back(request, *, status):
    """Everything that was sent, in a page that asks nothing of the database."""
    context = {
        "heading": _("We have not received this yet"),
        "sent": sent_in(request.POST),
        "written": written_in(request.POST),
        "again": "send" in request.POST,
        "token_lost": status == 403,
    }
    text = render_to_string("contact/interest_kept.html", context, request)
    response = HttpResponse(text, status=status)
    if status == 503:
        response["Retry-After"] = "60"
    return response


def token_lost(request, reason=""):
    """CSRF_FAILURE_VIEW: a lost cookie must not cost anybody what they wrote."""
    match = request.resolver_match
    if match and match.url_name in {"interest", "interest_check"}:
        return never_cache(give_back)(request, status=403)
    return errors.refused(request, reason)
