"""The words that pages share, as staff keep them, and the alerts of the site."""

from django.contrib.admin.utils import quote
from django.db import transaction
from django.http import JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from wagtail.admin.panels import FieldPanel, TitleFieldPanel
from wagtail.admin.ui.tables import Column, LocaleColumn, UsageCountColumn
from wagtail.admin.widgets.slug import SlugInput
from wagtail.models import Locale, ReferenceIndex
from wagtail.snippets.views.snippets import (
    IndexView,
    ReorderView,
    SnippetViewSet,
    SnippetViewSetGroup,
)

from core.models import (
    Audience,
    GlossaryTerm,
    LegalAuthority,
    Organization,
    Population,
    SiteAlert,
    Topic,
)

LANGUAGE = LocaleColumn(label="Language")
USED = UsageCountColumn("usage_count", label="Used", width="12%")


def yes(field, label):
    """A column that says Yes, or nothing: most words are not special, and none is wrong."""
    return Column(
        field, label=label, accessor=lambda word: "Yes" if getattr(word, field) else ""
    )


class WordIndexView(IndexView):
    """A list of words that says how often each is used, and links to where."""

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        words = list(context["object_list"])
        counts = ReferenceIndex.get_count_references_to_in_bulk(words)
        usage = self.model.snippet_viewset.get_url_name("usage")
        for word in words:
            word.usage_count = counts.get(word, 0)
            word.usage_url = reverse(usage, args=[quote(word.pk)])
        return context


class WordViewSet(SnippetViewSet):
    """Words that may be looked at by whoever may not change them."""

    index_view_class = WordIndexView
    inspect_view_enabled = True
    copy_view_enabled = False
    list_per_page = 50

    def get_queryset(self, request):
        return self.model.objects.select_related("locale")


def named_panels(field, *others):
    """A name, the address that is made from it, and the rest."""
    return [
        TitleFieldPanel(field, targets=["slug"], placeholder=False, classname=""),
        FieldPanel("slug", widget=SlugInput),
        *others,
    ]


class OrganizationViewSet(WordViewSet):
    model = Organization
    icon = "group"
    menu_label = "Organizations"
    list_display = [
        "name",
        "acronym",
        Column(
            "parent",
            label="Part of",
            accessor=lambda each: each.parent and each.parent.short_name,
        ),
        yes("column", "Column on the home page"),
        LANGUAGE,
        USED,
    ]
    list_filter = ["kind", "column"]
    search_fields = ["name", "acronym"]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("parent")


class InOrderIndexView(WordIndexView):
    """A list that is put in order by hand, in one language for all."""

    def order_queryset(self, queryset):
        if not self.show_ordering_column:
            return super().order_queryset(queryset)
        return queryset.filter(locale=Locale.get_default()).order_by(
            *self.model._meta.ordering
        )


class InOrderView(ReorderView):
    """Puts a word in its place in every language; Wagtail's own leaves new ones where they are."""

    @transaction.atomic
    def post(self, request, *args, **kwargs):
        word = get_object_or_404(self.model, pk=kwargs["pk"])
        words = [*self.model.objects.filter(locale=word.locale_id).exclude(pk=word.pk)]
        place = request.GET.get("position", "")
        words.insert(int(place) if place.isdecimal() else len(words), word)
        for place, each in enumerate(words):
            same = self.model.objects.filter(translation_key=each.translation_key)
            same.update(sort_order=place)
        return JsonResponse({"success": True})


class PopulationViewSet(WordViewSet):
    model = Population
    index_view_class = InOrderIndexView
    reorder_view_class = InOrderView
    icon = "user"
    menu_label = "People affected"
    list_display = [
        "name",
        yes("protective", "Needs special care"),
        LANGUAGE,
        USED,
    ]
    list_filter = ["protective"]
    search_fields = ["name"]
    panels = named_panels("name", "protective")


class AudienceViewSet(WordViewSet):
    model = Audience
    icon = "openquote"
    menu_label = "Audiences"
    list_display = ["name", LANGUAGE, USED]
    search_fields = ["name"]
    panels = named_panels("name")


class TopicViewSet(WordViewSet):
    model = Topic
    icon = "tag"
    menu_label = "Topics"
    list_display = [
        "name",
        yes("training", "Topic of our training"),
        LANGUAGE,
        USED,
    ]
    list_filter = ["training"]
    search_fields = ["name"]
    panels = named_panels("name", "training")


class LegalAuthorityViewSet(WordViewSet):
    model = LegalAuthority
    icon = "doc-full-inverse"
    menu_label = "Law and standards"
    list_display = ["name", "citation", "kind", LANGUAGE, USED]
    list_filter = ["kind"]
    search_fields = ["name", "citation"]


class GlossaryTermViewSet(WordViewSet):
    model = GlossaryTerm
    icon = "help"
    menu_label = "Glossary"
    list_display = ["term", "definition", LANGUAGE]
    search_fields = ["term", "definition"]
    panels = named_panels("term", "definition")


class WordsWeUse(SnippetViewSetGroup):
    """Each word once: change it here, and it changes on every page that names it."""

    items = (
        OrganizationViewSet,
        PopulationViewSet,
        AudienceViewSet,
        TopicViewSet,
        LegalAuthorityViewSet,
        GlossaryTermViewSet,
    )
    menu_label = "Words we use"
    menu_icon = "list-ul"
    menu_order = 150


class SiteAlertViewSet(SnippetViewSet):
    model = SiteAlert
    icon = "warning"
    add_to_admin_menu = True
    menu_label = "Site alerts"
    menu_order = 200
    inspect_view_enabled = True
    list_display = [
        "heading",
        "level",
        yes("shown", "Shown"),
        "section",
        "shows_from",
        "shows_until",
        LANGUAGE,
    ]
    list_filter = ["level", "shown"]
    search_fields = ["heading", "text"]
