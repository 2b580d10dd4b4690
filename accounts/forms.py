import secrets

from django import forms
from django.contrib.auth.models import Group
from django.db.models import Case, When
from wagtail.users.forms import UserForm

from accounts.models import User
from accounts.roles import ROLES, SAYS


class RolesField(forms.ModelMultipleChoiceField):
    """The roles, each with what it may do."""

    def label_from_instance(self, group):
        return f"{group.name}: {SAYS[group.name]}"


class StaffForm(UserForm):
    """An account; nobody types a password for somebody else, or makes a superuser."""

    password_enabled = False
    is_superuser = None

    email = forms.EmailField(
        label="E-mail address",
        help_text="They sign in with it, in small letters or capitals.",
        error_messages={"required": "Enter the e-mail address."},
    )
    first_name = forms.CharField(
        label="First name", error_messages={"required": "Enter the first name."}
    )
    last_name = forms.CharField(
        label="Last name", error_messages={"required": "Enter the last name."}
    )
    groups = RolesField(
        label="Roles",
        queryset=Group.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one role."},
    )

    class Meta:
        model = User
        fields = ["email", "first_name", "last_name", "groups", "is_active"]
        labels = {"is_active": "May sign in"}
        help_texts = {
            "is_active": "Untick this when somebody leaves. Accounts are never deleted: "
            "what was written under them must keep its name."
        }

    def __init__(self, *args, editing_self=False, **kwargs):
        super().__init__(*args, **kwargs)
        place = Case(*(When(name=role, then=i) for i, role in enumerate(ROLES)))
        roles = Group.objects.filter(name__in=ROLES)
        self.fields["groups"].queryset = roles.order_by(place)
        if editing_self:  # an administrator must not lock themselves out
            del self.fields["groups"], self.fields["is_active"]

    def clean_email(self):
        return self.cleaned_data["email"].lower()


class NewStaffForm(StaffForm):
    """A new account, which a sign-in link opens."""

    class Meta(StaffForm.Meta):
        fields = ["email", "first_name", "last_name", "groups"]

    def save(self, commit=True):
        # A password that nobody knows: with none, "Forgotten password?" would send no mail.
        self.instance.set_password(secrets.token_urlsafe(32))
        return super().save(commit)
