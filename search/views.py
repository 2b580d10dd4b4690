from urllib.parse import urlencode

from django.conf import settings
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from wagtail.models import Page

from core import frame
from core.languages import own_name
from core.models import PageAuthority
from core.readable import readable
from search import missed, promoting
from search.excerpts import marked, sentence
from search.kinds import KINDS
from search.searching import Search
from search.spelling import nearest

SHORT_NAME = "CRCL Immigration"  # in browsers; the format allows sixteen letters


@never_cache  # a shared telephone should not tell what somebody looked for
@require_safe
def search(request):
    """What has the words that a visitor typed; it works by address alone."""
    languages = frame.languages(request)
    asked = Search(request.GET, get_language(), languages)
    first = asked.suggested if asked.page.number == 1 else []
    named_on = _pages_by_law(asked)
    if request.method == "GET":
        _take_note(asked, first)
    context = {
        "heading": _heading(asked),
        "search": asked,
        "results": [
            *(_suggested(request, each, asked) for each in first),
            *(_shown(request, entry, asked, named_on) for entry in asked.results),
        ],
        "nearest": nearest(asked.text, asked.languages) if asked.in_vain else "",
        "addresses": _in_each_language(languages, asked.text),
    }
    context["pages"] = asked.page.paginator.get_elided_page_range(asked.page.number)
    return render(request, "search/search.html", context)


def _take_note(asked, first):
    if first:
        promoting.count(first)
    if asked.in_vain:
        missed.note(asked.text, asked.queries[asked.language])


def _in_each_language(codes, text):
    """The same words, asked on the site in another language."""
    query = f"?{urlencode({'q': text})}" if text else ""
    found = {}
    for code in codes:
        with translation.override(code):
            found[code] = reverse("search") + query
    return found


def _heading(asked):
    if not asked.text:
        return _("Search")
    if not asked.total:
        return _("Nothing has “%(words)s”") % {"words": asked.text}
    return ngettext(
        "%(total)s result for “%(words)s”",
        "%(total)s results for “%(words)s”",
        asked.total,
    ) % {"total": asked.total, "words": asked.text}


def _suggested(request, suggestion, asked):
    """What editors put first: a page as any other result, or a link that leads elsewhere."""
    pick, first = suggestion.pick, _("Suggested")
    if suggestion.entry:
        shown = _shown(request, suggestion.entry, asked)
        said = {"summary": suggestion.description or shown["summary"], "sentence": ""}
        return shown | said | {"kind": f"{first} · {shown['kind']}"}
    return {
        "lang": suggestion.language,
        "kind": first,
        "url": pick.external_link_url,
        "title": pick.external_link_text,
        "summary": pick.description,
        "is_elsewhere": True,
    }


def _pages_by_law(asked):
    """The pages that rest on each law that was found, in the visitor's language or English."""
    laws = {entry.same_as for entry in asked.results if entry.authority_id}
    if not laws:
        return {}
    rows = PageAuthority.objects.filter(
        authority__translation_key__in=laws, page__in=readable(Page.objects.all())
    ).filter(page__locale__language_code__in={settings.LANGUAGE_CODE, asked.language})
    rows = rows.select_related("authority", "page__locale").order_by("page__path")
    found = {}
    for row in sorted(
        rows, key=lambda row: row.page.locale.language_code == asked.language
    ):
        pages = found.setdefault(row.authority.translation_key, {})
        pages[row.page.translation_key] = row.page
    return {law: list(pages.values()) for law, pages in found.items()}


def _shown(request, entry, asked, named_on=None):
    """A result as the page shows it."""
    wanted = asked.queries[entry.language].tokens()
    language = entry.language
    summary = marked(entry.summary, wanted, language)
    said = "" if "<mark>" in summary else sentence(entry.text, wanted, language)
    return {
        "lang": language,
        "kind": KINDS[entry.kind][0],
        "language": own_name(language) if language != asked.language else "",
        "url": _address(request, entry),
        "title": marked(entry.title, wanted, language),
        "summary": summary,
        "sentence": marked(said, wanted, language),
        "is_elsewhere": entry.authority_id is not None,
        "named_on": (named_on or {}).get(entry.same_as, []),
    }


def _address(request, entry):
    if entry.page:
        return entry.page.get_url(request)
    if entry.document:
        return entry.document.url
    if entry.term:
        glossary = frame.named_pages(request).get("glossary")
        return f"{glossary.get_url(request)}#{entry.term.slug}" if glossary else ""
    return entry.authority.url


@require_safe
def description(request):
    """What browsers ask to offer our search beside their own: OpenSearch 1.1."""
    return render(
        request,
        "search/opensearch.xml",
        {"name": SHORT_NAME, "origin": request.build_absolute_uri("/").rstrip("/")},
        content_type="application/opensearchdescription+xml; charset=utf-8",
    )
