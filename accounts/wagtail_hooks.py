from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
from wagtail import hooks
from wagtail.admin.widgets.button import Button

from accounts.models import User
from accounts.staff import (
    SIGN_IN_LINK,
    BulkDeletion,
    may_manage,
    refuse_to_delete,
)

hooks.register("before_delete_user", refuse_to_delete)
# After Wagtail's own, so that ours is the one that stays.
hooks.register("register_bulk_action", BulkDeletion, order=10)


@hooks.register("before_bulk_action")
def leave_superusers_alone(request, action_type, objects, action):
    """Nobody but a superuser touches a superuser's account, also not among many."""
    if action.model is not User:
        return None
    if all(may_manage(request.user, user) for user in objects):
        return None
    messages.error(request, "Only a superuser may change a superuser's account.")
    return redirect("wagtailusers_users:index")


@hooks.register("register_user_listing_buttons")
def offer_sign_in_link(user, request_user):
    if user.is_active and may_manage(request_user, user):
        address = reverse("wagtailusers_users:sign_in_link", args=[user.pk])
        yield Button("Sign-in link", address, icon_name="key", priority=15)


@hooks.register("register_log_actions")
def name_sign_in_link(actions):
    actions.register_action(SIGN_IN_LINK, "Give a sign-in link", "Gave a sign-in link")
