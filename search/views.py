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
    heading = _heading(asked)
    context = {
        "heading": heading,
        "title": _title(heading, asked.page.number),
        "search": asked,
        "results": [
            *(_suggested(request, each, asked) for each in first),
            *(_shown(request, entry, asked, named_on) for entry in asked.results),
        ],
        "addresses": _in_each_language(languages, asked),
    }
    if not asked.total and not asked.meant:
        context["doors"] = _doors(request)
    context["pages"] = asked.page.paginator.get_elided_page_range(asked.page.number)
    return render(request, "search/search.html", context)


def _take_note(asked, first):
    if first:
        promoting.count(first)
    if asked.in_vain and not asked.has_some:
        missed.note(asked.text, asked.queries[asked.language], asked.known)


def _in_each_language(codes, asked):
    """The same words, asked on the site in another language."""
    query = asked.address(but="language") if asked.text else ""
    found = {}
    for code in codes:
        with translation.override(code):
            found[code] = reverse("search") + query
    return found


def _doors(request):
    """Why people come, as the home page says it, and where each door leads whom may go there."""
    home = frame.home(request)
    doors = getattr(home and home.specific, "doors", None)
    said = [door["value"] for door in doors.raw_data] if doors else []
    # As they are kept: a door that is asked brings its page, and what keeps that private.
    asked = Page.objects.filter(pk__in={door.get("page") for door in said} - {None})
    pages = {page.pk: page.get_url(request) for page in readable(asked)}
    return [
        {
            "value": {
                "sentence": door["sentence"],
                "text": door["text"],
                "url": pages.get(door.get("page")) or door.get("url"),
            }
        }
        for door in said
    ]


def _heading(asked):
    if not asked.text:
        return _("Search")
    if asked.has_some:
        return _("Nothing has all of “%(words)s”") % {"words": asked.text}
    if not asked.total:
        return _("Nothing has “%(words)s”") % {"words": asked.text}
    return ngettext(
        "%(total)s result for “%(words)s”",
        "%(total)s results for “%(words)s”",
        asked.total,
    ) % {"total": asked.total, "words": asked.text}


def _title(heading, number):
    """What the browser calls this page of the list."""
    if number == 1:
        return heading
    return _("%(heading)s, page %(number)s") % {"heading": heading, "number": number}


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
    query, language = asked.queries[entry.language], entry.language
    is_foreign = language != asked.language
    return {
        "lang": language,
        "kind": KINDS[entry.kind][0],
        # Two lists of languages, one of the page and one of the video, say nothing.
        "notes": [] if is_foreign and entry.kind == "video" else entry.notes(),
        "works_with": entry.kind in {"program", "body"},
        "language": own_name(language) if is_foreign else "",
        "url": _address(request, entry),
        "title": marked(entry.title, query),
        "summary": marked(entry.summary, query),
        "sentence": marked(sentence(entry, query), query),
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
        # In another language it has no such place; the definition stands here already.
        if not glossary or glossary.locale.language_code != entry.language:
            return ""
        return f"{glossary.get_url(request)}#{entry.term.slug}"
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
