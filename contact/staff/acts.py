"""Acts on an interest: each a form on its reading page, answered by going back there."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.views.decorators.http import require_POST

from accounts.models import User
from contact import handling
from contact.models import Interest
from records.normalise import tidy


def act(view):
    """Checks the right to act, and turns a refusal into words with what was typed kept."""

    def acting(request, pk):
        if not request.user.has_perm("contact.change_interest"):
            raise PermissionDenied
        interest = get_object_or_404(Interest, pk=pk)
        try:
            view(request, interest)
        except handling.ChangedMeanwhile:
            return _refused(
                request,
                interest,
                "Somebody else has changed this since you opened it. Look again first.",
            )
        except ValidationError as refusal:
            return _refused(request, interest, " ".join(refusal.messages))
        return redirect("interest:inspect", pk)

    return require_POST(acting)


def _refused(request, interest, why):
    """What was not done, and every word that was typed for it."""
    context = {
        "interest": interest,
        "why": why,
        "typed": tidy(request.POST.get("text", "")),
    }
    return render(request, "contact/staff/refused.html", context, status=409)


def _seen(request):
    seen = request.POST.get("seen", "")
    return int(seen) if seen.isascii() and seen.isdigit() else 0


@act
def move(request, interest):
    moved = handling.move_interest(
        interest.pk,
        seen=_seen(request),
        to=request.POST.get("to", ""),
        outcome=request.POST.get("outcome", ""),
        why=tidy(request.POST.get("text", "")),
        by=request.user,
    )
    messages.success(request, f"{moved} is now: {moved.get_state_display()}.")


@act
def assign(request, interest):
    chosen = request.POST.get("to", "")
    to = None
    if chosen:
        known = chosen.isascii() and chosen.isdigit() and len(chosen) < 19
        to = get_object_or_404(User, pk=chosen) if known else None
        if to is None:
            raise ValidationError("Choose a person from the list.")
    handling.assign_interest(interest.pk, seen=_seen(request), to=to, by=request.user)
    messages.success(request, f"Assigned to {to}." if to else "Assigned to nobody.")


@act
def note(request, interest):
    text = tidy(request.POST.get("text", ""))
    handling.add_note(interest.pk, text=text, by=request.user)
    messages.success(request, "The note is kept.")


@act
def rescue(request, interest):
    handling.rescue_interest(interest.pk, seen=_seen(request), by=request.user)
    told = " A mail tells its sender." if interest.acknowledged_by_mail else ""
    messages.success(request, f"It is no longer held apart.{told}")


def urls():
    return [
        path(f"{name}/<int:pk>/", view, name=name)
        for name, view in [
            ("move", move),
            ("assign", assign),
            ("note", note),
            ("rescue", rescue),
        ]
    ]
