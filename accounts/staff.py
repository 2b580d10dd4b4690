"""Accounts in the admin: made, changed and switched off, never deleted."""

from django.contrib import messages
from django.contrib.auth.tokens import default_token_generator
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.encoding import force_bytes
from django.utils.functional import cached_property
from django.utils.http import urlsafe_base64_encode
from wagtail.admin.ui.tables import (
    BooleanColumn,
    BulkActionsCheckboxColumn,
    Column,
    DateColumn,
)
from wagtail.admin.widgets.button import Button
from wagtail.log_actions import log
from wagtail.users.views import users
from wagtail.users.views.bulk_actions import DeleteBulkAction

from accounts.forms import NewStaffForm, StaffForm
from accounts.models import User

SIGN_IN_LINK = "accounts.sign_in_link"
NEVER_DELETED = (
    "Accounts are never deleted: what was written under them must keep its name. "
    "Switch the account off instead: untick “May sign in”."
)


def may_manage(actor, user):
    """Whoever may change accounts may change this one; a superuser's, only a superuser."""
    allowed = actor.has_perm("accounts.change_user")
    return allowed and (actor.is_superuser or not user.is_superuser)


def sign_in_link(request, pk):
    """Shows a link, to be handed over, with which somebody sets a password; three days, once."""
    user = get_object_or_404(User, pk=pk)
    if not may_manage(request.user, user):
        raise PermissionDenied
    context = {"member": user, "link": ""}
    if request.method == "POST" and user.is_active:
        log(instance=user, action=SIGN_IN_LINK, user=request.user)
        context["link"] = _link(request, user)
    response = render(request, "accounts/sign_in_link.html", context)
    response["Cache-Control"] = "no-store"
    return response


def _link(request, user):
    who = urlsafe_base64_encode(force_bytes(user.pk))
    token = default_token_generator.make_token(user)
    address = reverse("wagtailadmin_password_reset_confirm", args=[who, token])
    return request.build_absolute_uri(address)


def refuse_to_delete(request, user):
    """Wagtail asks here before it deletes an account."""
    messages.error(request, NEVER_DELETED)
    return redirect("wagtailusers_users:edit", user.pk)


class BulkDeletion(DeleteBulkAction):
    """Stands where Wagtail's own would delete many accounts, and says why it does not."""

    def dispatch(self, request):
        if not request.user.has_perm("accounts.change_user"):
            raise PermissionDenied
        messages.error(request, NEVER_DELETED)
        return redirect("wagtailusers_users:index")


class StaffIndexView(users.IndexView):
    page_title = "Accounts"
    add_item_label = "Add an account"

    @cached_property
    def columns(self):
        name = super().columns[1]
        return [
            BulkActionsCheckboxColumn("bulk_actions", obj_type="user"),
            name,
            Column("email", label="E-mail address", sort_key="email", width="25%"),
            Column(
                "roles",
                label="Roles",
                accessor=lambda user: ", ".join(
                    group.name for group in user.groups.all()
                ),
                width="20%",
            ),
            BooleanColumn("is_active", label="May sign in", sort_key="is_active"),
            DateColumn("last_login", label="Last signed in", sort_key="last_login"),
        ]

    def get_base_queryset(self):
        return super().get_base_queryset().prefetch_related("groups")

    def get_delete_url(self, instance):
        return None


class NewStaffView(users.CreateView):
    page_title = "Add an account"
    success_message = "Account made for %(object)s. Now give them a sign-in link."

    def get_page_subtitle(self):
        return "An account"

    def get_success_url(self):
        return reverse("wagtailusers_users:sign_in_link", args=[self.object.pk])


class StaffEditView(users.EditView):
    def dispatch(self, request, *args, **kwargs):
        if not may_manage(request.user, self.object):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_delete_url(self):
        return None

    @cached_property
    def header_more_buttons(self):
        address = reverse("wagtailusers_users:sign_in_link", args=[self.object.pk])
        link = Button("Sign-in link", url=address, icon_name="key", priority=10)
        return [*super().header_more_buttons, link]


class StaffFilterSet(users.UserFilterSet):
    is_superuser = None

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.filters["group"].label = "Role"
        self.filters["is_active"].label = "May sign in"


class StaffViewSet(users.UserViewSet):
    """Wagtail's users, by e-mail address and role."""

    index_view_class = StaffIndexView
    add_view_class = NewStaffView
    edit_view_class = StaffEditView
    filterset_class = StaffFilterSet
    create_template_name = "wagtailadmin/generic/form.html"
    edit_template_name = "wagtailadmin/generic/edit.html"
    menu_label = "Accounts"

    def get_form_class(self, for_update=False):
        return StaffForm if for_update else NewStaffForm

    def get_urlpatterns(self):
        link = path("sign-in-link/<int:pk>/", sign_in_link, name="sign_in_link")
        return [*super().get_urlpatterns(), link]
