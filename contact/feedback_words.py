"""The reasons that visitors choose from, as staff keep them among "Words we use"."""

from django.contrib import messages
from django.contrib.admin.utils import quote
from django.shortcuts import redirect

from contact.models import FeedbackReason, PageFeedback
from core.snippets import (
    LANGUAGE,
    InOrderIndexView,
    InOrderView,
    WordViewSet,
    yes,
)


class FeedbackReasonViewSet(WordViewSet):
    model = FeedbackReason
    index_view_class = InOrderIndexView
    reorder_view_class = InOrderView
    icon = "help"
    menu_label = "Why a page did not help"
    list_display = ["text", yes("offered", "Visitors may choose it"), LANGUAGE]
    list_filter = ["offered"]
    search_fields = ["text"]


def keep_what_was_chosen(request, instances):
    """Keeps a reason that visitors have chosen, with what to do instead; a hook before deletion."""
    for word in instances:
        if not isinstance(word, FeedbackReason):
            continue
        if PageFeedback.objects.filter(reason=word).exists():
            messages.error(
                request,
                f"Visitors have chosen “{word}”, so it stays. To offer it no longer, "
                "take the tick from “Visitors may choose it”.",
            )
            edit = word.snippet_viewset.get_url_name("edit")
            return redirect(edit, quote(word.pk))
    return None
