"""The list of interests and the page on which one is read; reading is an event."""

from itertools import chain

from django.urls import reverse
from django.utils.functional import cached_property
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.widgets.button import HeaderButton
from wagtail.permissions import register_permission_policy

from contact.examples import examples, is_example
from contact.models import Interest
from mailing.models import Mail
from records.models import Event
from records.services import note_event
from records.staff import (
    ReadOnlyPolicy,
    RecordIndexView,
    RecordInspectView,
    RecordViewSet,
)

from . import acts, entry, export, finding
from .filters import InterestFilterSet, listed, officers
from .history import told

register_permission_policy(Interest, ReadOnlyPolicy(Interest))


class InterestIndexView(RecordIndexView):
    @cached_property
    def header_buttons(self):
        may = self.request.user.has_perm
        asked = self.request.GET.urlencode()
        find = reverse("interest:find")
        buttons = [HeaderButton("Find a person", find, icon_name="search")]
        if may("contact.add_interest"):
            address = reverse("interest:enter")
            buttons.append(
                HeaderButton("Enter a letter or call", address, icon_name="plus")
            )
        if may("contact.export_interest"):
            address = f"{reverse('interest:export')}?{asked}"
            buttons.append(
                HeaderButton("Take out as a file", address, icon_name="download")
            )
        return buttons

    def get_base_queryset(self):
        return listed(self.request.GET)

    def get_context_data(self, **kwargs):
        held = Interest.objects.held_apart().count()
        return super().get_context_data(
            examples=examples().count(), held=held, **kwargs
        )


class InterestReadingView(RecordInspectView):
    """Everything one person sent, what was done with it, and what may be done next."""

    page_title = "Interest"

    def get(self, request, *args, **kwargs):
        note_event(self.object, "read", actor=request.user)
        response = super().get(request, *args, **kwargs)
        response["Cache-Control"] = "no-store"
        return response

    def get_context_data(self, **kwargs):
        interest = self.object
        events = told(Event.objects.about(interest).select_related("actor"))
        return super().get_context_data(
            interest=interest,
            is_example=is_example(interest),
            events=[event for event in events if event.act != "read"],
            readings=[event for event in events if event.act == "read"],
            mails=Mail.objects.filter(about=interest.reference),
            officers=officers(),
            outcomes=Interest.Outcome.choices,
            may_act=self.request.user.has_perm("contact.change_interest"),
            **kwargs,
        )


class InterestViewSet(RecordViewSet):
    """What people sent us; what staff do with it are views with names."""

    model = Interest
    icon = "mail"
    menu_label = "Interests"
    menu_order = 350
    add_to_admin_menu = True
    index_view_class = InterestIndexView
    inspect_view_class = InterestReadingView
    inspect_template_name = "contact/staff/interest.html"
    index_results_template_name = "contact/staff/interests.html"
    filterset_class = InterestFilterSet
    list_display = [
        TitleColumn(
            "reference",
            label="Reference",
            accessor=lambda it: f"{it} (example)" if is_example(it) else str(it),
            url_name="interest:inspect",
        ),
        Column(
            "wants",
            label="Wants",
            accessor=lambda interest: ", ".join(str(each) for each in interest.wants),
        ),
        Column("state", accessor="get_state_display", sort_key="state"),
        Column(
            "preferred_language",
            label="Language",
            accessor="language_in_words",
            sort_key="preferred_language",
        ),
        Column("reachable_by", label="By", accessor="get_reachable_by_display"),
        Column("assignee", label="Assigned to"),
        DateColumn("received_at", label="Received", sort_key="received_at"),
    ]

    def get_urlpatterns(self):
        ours = [each.urls() for each in [finding, entry, export, acts]]
        return [*super().get_urlpatterns(), *chain.from_iterable(ours)]
