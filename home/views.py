from django.shortcuts import get_object_or_404, render
from django.utils import translation
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from wagtail.models import Page

from core.languages import active_locale, public_languages
from core.models import PagePopulation, PageTopic
from core.readable import readable
from programs.models import BodyPage, ProgramPage
from trainings.models import CoursePage, VideoPage


def population(request, slug):
    """Everything there is for one group of people."""
    summary = _(
        "What the Section does that matters to this group: %(name)s. "
        "Choose a page to read more."
    )
    return _listing(request, PagePopulation, "population", slug, summary)


def topic(request, slug):
    """Everything there is on one topic."""
    summary = _(
        "What the Section does and teaches on this topic: %(name)s. "
        "Choose a page to read more."
    )
    return _listing(request, PageTopic, "topic", slug, summary)


def _listing(request, row_model, name, slug, summary):
    word_model = row_model._meta.get_field(name).related_model
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
    sensitive = any(page.sensitive for page in pages)
    context = {
        "term": word,
        "heading": word.name,
        "summary": summary % {"name": word.name},
        "sensitive": sensitive,
        "groups": groups,
        "addresses": _addresses(word),
    }
    response = render(request, "home/listing.html", context)
    if sensitive:
        add_never_cache_headers(response)
    return response


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
