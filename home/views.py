from django.shortcuts import get_object_or_404, render
from django.utils import translation
from django.utils.translation import gettext as _
from wagtail.models import Page

from core.languages import active_locale, public_languages
from core.models import PagePopulation, PageTopic, Population, Topic
from core.readable import readable
from programs.models import BodyPage, ProgramPage
from trainings.models import CoursePage, VideoPage


def population(request, slug):
    """Everything there is for one group of people."""
    return _listing(request, Population, PagePopulation, "population", slug)


def topic(request, slug):
    """Everything there is on one topic."""
    return _listing(request, Topic, PageTopic, "topic", slug)


def _listing(request, word_model, row_model, name, slug):
    word = get_object_or_404(word_model, slug=slug, locale=active_locale())
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
    context = {
        "term": word,
        "heading": word.name,
        "groups": groups,
        "addresses": _addresses(word),
    }
    return render(request, "home/listing.html", context)


def _addresses(word):
    """Where the listing of a word is, in each public language that has the word."""
    codes = public_languages()
    words = word.get_translations(inclusive=True).select_related("locale")
    found = {}
    for each in words:
        code = each.locale.language_code
        if code in codes:
            with translation.override(code):
                found[code] = each.get_absolute_url()
    return {code: found[code] for code in codes if code in found}
