from django.conf import settings
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.cache import add_never_cache_headers
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from wagtail.models import Page

from core import frame
from core.languages import NOT_IN, active_locale, public_languages
from core.models import PagePopulation, PageTopic, Population, Topic
from core.readable import readable
from programs.models import BodyPage, ProgramPage
from trainings.models import CoursePage, VideoPage


def population(request, slug):
    """Everything there is for one group of people."""
    return _listing(request, PagePopulation, "population", slug, _said_of_people)


def _said_of_people(group):
    if group.protective:
        return _(
            "We work with parts of the Department on policies, procedures and training "
            "that protect this group: %(name)s."
        )
    return _(
        "The Department’s immigration programs affect this group: %(name)s. We help "
        "build civil rights and civil liberties protections into those programs."
    )


def topic(request, slug):
    """Everything there is on one topic."""
    return _listing(request, PageTopic, "topic", slug, _said_of_topic)


def _said_of_topic(topic):
    if topic.training:
        return _(
            "We review and create training on this topic: %(name)s. "
            "It is for the public and for the Department."
        )
    return _(
        "What the Section does and teaches on this topic: %(name)s. "
        "Choose a page to read more."
    )


def site_map(request):
    """Every page a visitor can read in this language, as a tree, and the listings."""
    home = frame.home(request)
    if home is None or home.locale.language_code != get_language():
        raise Http404
    pages = readable(Page.objects.descendant_of(home)).order_by("path")
    with_pages = readable().values("pk")
    listings = [
        (heading, words.filter(pages__page__in=with_pages).distinct())
        for heading, words in [
            (_("By group of people"), Population.objects.under(home.locale)),
            (_("By topic"), Topic.objects.under(home.locale)),
        ]
    ]
    context = {
        "tree": _tree(home, pages, request),
        "listings": [(heading, words) for heading, words in listings if words],
        "heading": _("Site map"),
        "summary": _("Every page of this site, in one list."),
        "addresses": _in_public_languages("site_map"),
    }
    return render(request, "home/site_map.html", context)


def _tree(home, pages, request):
    """Pages with those below them; one below a page that cannot be read stands higher."""
    top = {"below": []}
    nodes = {home.path: top}
    for page in pages:
        node = {"page": page, "url": page.get_url(request), "below": []}
        nodes[page.path] = node
        above = page.path[: -Page.steplen]
        while above not in nodes:
            above = above[: -Page.steplen]
        nodes[above]["below"].append(node)
    return top["below"]


def _in_public_languages(name):
    found = {}
    for code in public_languages():
        with translation.override(code):
            found[code] = reverse(name)
    return found


def _listing(request, row_model, name, slug, said_of):
    word_model = row_model._meta.get_field(name).related_model
    words = word_model.objects.under(active_locale())
    word = get_object_or_404(words, slug=slug)
    if word.in_english:
        return _instead(word)
    rows = row_model.objects.filter(**{name: word})
    pages = readable(
        Page.objects.filter(pk__in=rows.values("page"), locale=word.locale)
    )
    pages = list(pages.order_by("path").specific())
    programs = [page for page in pages if isinstance(page, ProgramPage | BodyPage)]
    trainings = [page for page in pages if isinstance(page, CoursePage | VideoPage)]
    others = [page for page in pages if page not in programs and page not in trainings]
    groups = [
        {"heading": heading, "pages": pages}
        for heading, pages in [
            (_("Programs"), programs),
            (_("Training"), trainings),
            (_("Also on this site"), others),
        ]
        if pages
    ]
    sensitive = any(page.sensitive for page in pages)
    context = {
        "term": word,
        "heading": word.name,
        "summary": said_of(word) % {"name": word.name},
        "sensitive": sensitive,
        "groups": groups,
        "addresses": _addresses(word),
    }
    response = render(request, "home/listing.html", context)
    if sensitive:
        add_never_cache_headers(response)
    return response


def _instead(word):
    """The English listing, for a word that nobody has translated; it says why it is shown."""
    english = get_object_or_404(
        word.get_translations(), locale__language_code=settings.LANGUAGE_CODE
    )
    with translation.override(settings.LANGUAGE_CODE):
        address = english.get_absolute_url()
    return redirect(f"{address}?{NOT_IN}={get_language()}")


def _addresses(word):
    """Where the listing of a word is, in each public language that has the word."""
    codes = public_languages()
    words = word.get_translations(inclusive=True).filter(in_english=False)
    found = {}
    for each in words.select_related("locale"):
        code = each.locale.language_code
        if code in codes:
            with translation.override(code):
                found[code] = each.get_absolute_url()
    return {code: found[code] for code in codes if code in found}
