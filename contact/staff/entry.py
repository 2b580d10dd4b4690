"""What came by letter, phone or in person, entered by staff as the website would keep it."""

from datetime import datetime, time

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.views.decorators.cache import never_cache
from wagtail.admin.widgets import AdminDateInput

from contact.forms import InterestForm
from contact.models import Interest
from contact.services import AlreadySent, receive_interest
from core.models import PortalSettings

from .form_page import form_page

INTAKES = [each for each in Interest.Intake.choices if each[0] != Interest.Intake.WEB]
# The form asks the person; here staff answer for somebody else.
LABELS = {
    "wants": "What they would like to do",
    "name": "Name",
    "role": "Role there",
    "message_is_safe": "If we call them, is it safe to leave a message?",
    "reachable_by": "How they want to be reached",
    "preferred_language": "Language they prefer",
    "for_someone_else": "They write or speak for someone else",
    "topics": "Topics they named",
    "statement": "What they wrote or said",
}
HELP = {
    "wants": "One or both.",
    "email": "Or a phone number or postal address below. One is enough. If there is one, an "
    "acknowledgement leaves by e-mail.",
    "reachable_by": "Leave it open if they gave one way only.",
    "statement": "At most 2,000 characters. Leave out what is about a case: that belongs in a "
    "complaint.",
}


class EntryForm(InterestForm):
    """The interest form as staff fill it in, with how and when it reached us."""

    default_renderer = None  # the admin draws its own
    about = homepage = None

    NO_WAY = "Enter one way to reach them: e-mail, phone or postal address"
    NOT_THAT_WAY = {
        "email": "Enter their e-mail address, or choose another way to reach them",
        "phone": "Enter their phone number, or choose another way to reach them",
        "post": "Enter their postal address, or choose another way to reach them",
    }
    NO_LANGUAGE = "Enter the language they prefer"

    intake = forms.ChoiceField(
        label="How it reached us",
        choices=INTAKES,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how it reached us"},
    )
    received_on = forms.DateField(
        label="The day it reached us",
        help_text="The day of the postmark, call or talk in Washington, D.C., not the day of "
        "this entry.",
        widget=AdminDateInput,
        error_messages={
            "required": "Enter the day it reached us",
            "invalid": "Enter a day such as 2026-11-25",
        },
    )
    interpreter = forms.BooleanField(label="An interpreter helped", required=False)
    field_order = ["intake", "received_on", "interpreter"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, label in LABELS.items():
            self.fields[name].label = label
        for name, text in HELP.items():
            self.fields[name].help_text = text
        self.fields["wants"].error_messages["required"] = "Choose what they would like"
        self.fields["name"].error_messages["required"] = "Enter the name"
        if not self.topics_shown:
            del self.fields["topics"]

    def clean_received_on(self):
        day = self.cleaned_data["received_on"]
        if day > timezone.localdate():
            raise ValidationError("This day is still to come")
        return day

    @property
    def facts(self):
        """What only staff know of it; mail goes out in the language they prefer, if it can."""
        day = self.cleaned_data["received_on"]
        preferred = self.cleaned_data["preferred_language"]
        known = preferred in dict(settings.LANGUAGES)
        return {
            "intake": self.cleaned_data["intake"],
            "interpreter": self.cleaned_data["interpreter"],
            "received_at": timezone.make_aware(datetime.combine(day, time.min)),
            "written_in": preferred if known else settings.LANGUAGE_CODE,
        }


@never_cache
def enter(request):
    """The form, and what was entered in it once it is kept."""
    if not request.user.has_perm("contact.add_interest"):
        raise PermissionDenied
    form = EntryForm(request.POST) if request.method == "POST" else EntryForm.blank()
    if form.is_bound and form.is_valid():
        try:
            interest, is_new = receive_interest(
                form.cleaned_data["nonce"],
                form.answers,
                topics=form.chosen_topics,
                mailbox=PortalSettings.load().interest_mailbox,
                entered_by=request.user,
                **form.facts,
            )
        except AlreadySent as sent:
            form.add_error(None, _already(sent.interest))
        else:
            said = "Kept" if is_new else "It was kept before, once"
            messages.success(request, f"{said}. Its reference is {interest}.")
            return redirect("interest:inspect", interest.pk)
    if form.errors:
        messages.error(request, "Nothing is kept yet. See what is wrong below.")
    return form_page(
        request,
        "contact/staff/entry.html",
        form,
        title="Enter a letter or call",
        icon="mail",
        button="Keep it",
    )


def _already(interest):
    return format_html(
        'This page was kept before with other words, as <a href="{}">{}</a>. '
        "Look at that one; to enter another, open this page anew.",
        reverse("interest:inspect", args=[interest.pk]),
        interest,
    )


def urls():
    return [path("enter/", enter, name="enter")]
