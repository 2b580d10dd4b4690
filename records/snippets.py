"""What people are told when they write to us, as staff keep it: version by version."""

from wagtail.admin.ui.tables import Column
from wagtail.snippets.views.snippets import (
    CopyView,
    SnippetViewSet,
    SnippetViewSetGroup,
)

from core.snippets import LANGUAGE
from records.models import APPROVAL, InformationCollection, PrivacyNotice


class NextVersionView(CopyView):
    """A new version begins as a draft with the words of the last."""

    def get_initial_form_instance(self):
        before = self.get_object()
        kept = {
            field.name: getattr(before, field.name)
            for field in self.model._meta.concrete_fields
            if field.editable and field.name not in ["id", *APPROVAL]
        }
        return self.model(locale=before.locale, **kept)


class VersionViewSet(SnippetViewSet):
    """Approved versions stay; whoever may not change them may read them."""

    copy_view_class = NextVersionView
    inspect_view_enabled = True
    list_filter = ["state"]
    list_display = [
        "__str__",
        Column("get_state_display", label="State"),
        "approved_by",
        "approved_on",
        LANGUAGE,
    ]

    def get_queryset(self, request):
        return self.model.objects.select_related("locale")


class PrivacyNoticeViewSet(VersionViewSet):
    model = PrivacyNotice
    icon = "lock"
    menu_label = "Privacy notice"


class InformationCollectionViewSet(VersionViewSet):
    model = InformationCollection
    icon = "form"
    menu_label = "OMB control number"


class WhatPeopleAreTold(SnippetViewSetGroup):
    """Shown before somebody writes to us; nothing of it is shown until it is approved."""

    items = (PrivacyNoticeViewSet, InformationCollectionViewSet)
    menu_label = "Notices"
    menu_icon = "lock"
    menu_order = 370
