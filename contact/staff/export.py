"""Taking interests out of the portal, for a purpose that is kept with each of them."""

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.urls import path, reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache

from contact.export import OF_THE_PERSON, OF_THE_RECORD, export_interests
from contact.fields import TidyCharField
from contact.models import Interest

from .filters import InterestFilterSet, listed
from .form_page import form_page

TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def choices(columns):
    return [(name, label) for name, (label, _says) in columns.items()]


class ExportForm(forms.Form):
    """What is taken out, and what for; nothing about the person unless it is ticked."""

    purpose = TidyCharField(
        label="What it is for",
        help_text="Kept with each record for good; auditors read it.",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say what the file is for"},
    )
    of_the_record = forms.MultipleChoiceField(
        label="About the record",
        choices=choices(OF_THE_RECORD),
        initial=["reference", "received", "state"],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    of_the_person = forms.MultipleChoiceField(
        label="About the person",
        help_text="Take only what the purpose needs.",
        choices=choices(OF_THE_PERSON),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    kind = forms.ChoiceField(
        label="As",
        choices=[("xlsx", "Excel (XLSX)"), ("csv", "CSV, for other programs")],
        initial="xlsx",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what kind of file"},
    )

    def clean(self):
        answers = super().clean()
        if not self.columns and "of_the_record" not in self.errors:
            self.add_error("of_the_record", "Choose at least one column")
        return answers

    @property
    def columns(self):
        chosen = self.cleaned_data
        return [*chosen.get("of_the_record", []), *chosen.get("of_the_person", [])]


@never_cache
def export(request):
    """The form; its answer is the file of what the list shows with the same filters."""
    if not request.user.has_perm("contact.export_interest"):
        raise PermissionDenied
    asked = InterestFilterSet(
        request.GET, request=request, queryset=listed(request.GET)
    )
    # What is not understood is nothing, and not everything.
    interests = asked.qs if asked.is_valid() else Interest.objects.none()
    form = ExportForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        return _file(request, interests, form)
    return form_page(
        request,
        "contact/staff/export.html",
        form,
        title="Take interests out as a file",
        icon="download",
        button="Take out",
        count=interests.count(),
        listed_at=f"{reverse('interest:index')}?{request.GET.urlencode()}",
    )


def _file(request, interests, form):
    kind = form.cleaned_data["kind"]
    made = export_interests(
        interests,
        columns=form.columns,
        kind=kind,
        purpose=form.cleaned_data["purpose"],
        by=request.user,
    )
    name = f"interests-{timezone.localdate():%Y-%m-%d}.{kind}"
    return HttpResponse(
        made,
        content_type=TYPES[kind],
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "Content-Length": len(made),
        },
    )


def urls():
    return [path("export/", export, name="export")]
