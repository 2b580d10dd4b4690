"""Which interests are listed: what staff ask for, and what stands apart until they do."""

from datetime import timedelta

import django_filters
from django.conf import settings
from django.db.models import Q
from django.utils import timezone
from wagtail.admin.filters import WagtailFilterSet

from accounts.models import User
from contact.forms import ANOTHER
from contact.models import Interest
from core.models import Topic


def officers():
    """Whoever may handle interests."""
    may = Q(groups__permissions__codename="change_interest") | Q(is_superuser=True)
    return User.objects.filter(may, is_active=True).distinct().order_by("email")


AGES = {"7": "A week or more", "30": "30 days or more", "90": "90 days or more"}


class InterestFilterSet(WagtailFilterSet):
    held_apart = django_filters.BooleanFilter(
        label="Held apart as likely spam", method="apart"
    )
    preferred_language = django_filters.ChoiceFilter(
        label="Language", choices=[*settings.LANGUAGES, (ANOTHER, "Another language")]
    )
    wants = django_filters.ChoiceFilter(
        label="Wants",
        method="wanting",
        choices=[
            ("committee", "The Committee"),
            ("other", "Something else"),
            ("both", "Both"),
        ],
    )
    age = django_filters.ChoiceFilter(
        label="Waiting for", method="older", choices=list(AGES.items())
    )
    topics__topic = django_filters.ModelChoiceFilter(
        label="Topic", queryset=Topic.objects.filter(locale__language_code="en")
    )
    assignee = django_filters.ModelChoiceFilter(
        label="Assigned to", queryset=lambda request: officers(), null_label="Nobody"
    )

    class Meta:
        model = Interest
        fields = [
            "state",
            "reachable_by",
            "intake",
        ]

    def wanting(self, interests, _name, what):
        wanted = {
            "committee": Q(wants_committee=True),
            "other": Q(wants_other=True),
            "both": Q(wants_committee=True, wants_other=True),
        }
        return interests.filter(wanted[what])

    def older(self, interests, _name, days):
        """Received so many days ago, and not closed."""
        before = timezone.now() - timedelta(days=int(days))
        return interests.filter(received_at__lte=before).exclude(
            state=Interest.State.CLOSED
        )

    def apart(self, interests, _name, apart):
        return interests.held_apart() if apart else interests.at_work()


def listed(asked):
    """All that a list may show; what is likely spam only when it is asked for."""
    interests = Interest.objects.select_related("assignee")
    return interests if asked.get("held_apart") else interests.at_work()
