"""What staff see of the mails: what became of each, and the way to try a failed one again."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.urls import path
from django.views.decorators.http import require_POST
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.permissions import register_permission_policy

from mailing.models import Machine, Mail
from mailing.services import send_again
from records.services import note_event
from records.staff import ReadOnlyPolicy, RecordInspectView, RecordViewSet

register_permission_policy(Mail, ReadOnlyPolicy(Mail))


def _must_be_allowed(request):
    if not request.user.has_perm("mailing.change_mail"):
        raise PermissionDenied


@require_POST
def again(request, pk):
    _must_be_allowed(request)
    send_again(get_object_or_404(Mail, pk=pk))
    messages.success(request, "It waits to be sent again.")
    return redirect("mail:inspect", pk)


@require_POST
def settle(request):
    """Says that the people in this database may be written to from this machine."""
    _must_be_allowed(request)
    Machine.settle_here()
    messages.success(request, "Mail is sent from this machine from now on.")
    return redirect("wagtailadmin_home")


class MailInspectView(RecordInspectView):
    """Whom a mail went to is for those who may know it, and that they looked is an event."""

    def get(self, request, *args, **kwargs):
        if self.shows_address:
            note_event(self.object, "read", actor=request.user)
        response = super().get(request, *args, **kwargs)
        response["Cache-Control"] = "no-store"
        return response

    @property
    def shows_address(self):
        return self.request.user.has_perm("mailing.address_mail")

    def get_fields(self):
        hidden = set() if self.shows_address else {"to"}
        return [each for each in super().get_fields() if each not in hidden]


class MailViewSet(RecordViewSet):
    """The outbox; whom a mail went to stands on its own page only."""

    inspect_view_class = MailInspectView

    model = Mail
    icon = "mail"
    menu_label = "Mails"
    add_to_admin_menu = True
    menu_order = 360
    list_filter = ["state", "fault", "purpose"]
    list_display = [
        "__str__",
        Column("state_in_words", label="What became of it"),
        "tries",
        DateColumn("queued_at", label="Written"),
    ]
    inspect_template_name = "mailing/mail.html"
    inspect_view_fields = ["purpose", "about", "language", "to", "state_in_words"]

    def get_urlpatterns(self):
        return [
            *super().get_urlpatterns(),
            path("again/<int:pk>/", again, name="again"),
            path("settle/", settle, name="settle"),
        ]
