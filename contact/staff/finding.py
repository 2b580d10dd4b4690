"""Finding one person's interests; asked by POST, so that no name stays in an address."""

from django import forms
from django.core.exceptions import PermissionDenied
from django.urls import path
from django.views.decorators.cache import never_cache

from contact.examples import is_example
from contact.fields import TidyCharField
from contact.models import Interest
from contact.reference import slip_in

from .form_page import form_page

MOST = 50  # rows; whoever finds more is asked for another word


class FindForm(forms.Form):
    found = TidyCharField(
        label="Reference, e-mail, phone or a word of the name",
        help_text="As the person says it: spaces, capitals and hyphens do not matter. "
        "An e-mail address or phone number must be whole.",
        max_length=200,
        error_messages={"required": "Type what the person says"},
    )

    def clean_found(self):
        text = self.cleaned_data["found"]
        if slip := slip_in(text):
            raise forms.ValidationError(slip)
        return text


@never_cache
def find(request):
    """The form, and what it finds: closed ones too, and what is held apart."""
    if not request.user.has_perm("contact.view_interest"):
        raise PermissionDenied
    form = FindForm(request.POST if request.method == "POST" else None)
    found = None
    if form.is_valid():
        matching = Interest.objects.found_by(form.cleaned_data["found"])
        found = matching.select_related("assignee").order_by("-received_at")
        found = list(found[: MOST + 1])
        for interest in found:
            interest.example = is_example(interest)
    return form_page(
        request,
        "contact/staff/find.html",
        form,
        title="Find a person",
        icon="search",
        button="Find",
        found=found and found[:MOST],
        nothing=found == [],
        more=bool(found) and len(found) > MOST,
    )


def urls():
    return [path("find/", find, name="find")]
