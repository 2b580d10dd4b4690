"""A search: what is found, in which order, and how a visitor may narrow it."""

from collections import Counter
from typing import NamedTuple
from unicodedata import normalize
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from modelsearch.query import And, Or
from wagtail.search.backends import get_search_backend

from core.facets import Choice, Facet
from core.languages import own_name
from search.asking import LONGEST, Query
from search.kinds import KINDS
from search.models import Entry
from search.promoting import suggestions
from search.spelling import known_words, mended

PER_PAGE = 10
MOST = 1000  # entries that are ranked; nobody reads on after that
# What a word weighs by where it stands, and a whole title or run of words on top.
IN_TITLE, IN_SUMMARY, IN_TEXT, AS_TITLE, IN_A_RUN = 8, 3, 1, 30, 5


def matching(queries):
    """
    The public entries that have all the words of the query in their language; and those
    that have some, for where there are none.
    """
    asked = {code: query for code, query in queries.items() if query}
    some = _found_by([Or(query.for_the_index()) for query in asked.values()], asked)
    # Of very many the library may have left out the very ones that have all.
    rows = some if len(some) < MOST // 2 else _with_all(asked)
    return [row for row in rows if asked[row.language].fits(row.terms())], some


def _with_all(asked):
    return _found_by([And(query.for_the_index()) for query in asked.values()], asked)


def most_of(rows, queries):
    """Of entries that have some of the words, those of each language that have most of them."""
    nearest = []
    for code, query in queries.items():
        lacks = {
            row: lacking
            for row in rows
            if row.language == code
            and (lacking := len(query.lacking(*row.terms()))) < len(query.words)
        }
        least = min(lacks.values(), default=0)
        nearest += [row for row, lacking in lacks.items() if lacking == least]
    return nearest


def first_that_has(meant):
    """The first language in which there is something of what may have been meant."""
    has_it = {
        row.language
        for row in _with_all(meant)
        if meant[row.language].fits(row.terms())
    }
    return next((code for code in meant if code in has_it), None)


def _found_by(asked, languages):
    """The public entries of some languages that the library finds by any of some queries."""
    if not asked:
        return []
    entries = Entry.objects.filter(language__in=list(languages)).only("pk")
    found = get_search_backend().search(Or(asked), entries)[:MOST].get_queryset()
    columns = ["pk", "same_as", "kind", "language"]
    terms = ["title_terms", "summary_terms", "body_terms"]
    return list(
        Entry.objects.public().filter(pk__in=found.values("pk")).only(*columns, *terms)
    )


class Meant(NamedTuple):
    """What may have been meant, and the language that has it."""

    words: str
    language: str

    @property
    def tongue(self):
        return own_name(self.language)


class Search:
    """
    What has the words of a query, in the languages that visitors are offered.

    Each thing is found once: in the language of the page if it has the words there, else
    in another. Values of one facet widen the list, two facets narrow it.
    """

    NAMES = ["kind", "language"]

    def __init__(self, asked, language, languages):
        text = normalize("NFC", asked.get("q", "").replace("\0", ""))
        self.text = " ".join(text.split())[:LONGEST]
        self.language = language
        self.languages = sorted(languages, key=lambda code: code != language)
        self.queries = {code: Query(self.text, code) for code in self.languages}
        known = {"kind": KINDS, "language": self.languages}
        self._asked = {
            name: [
                value
                for value in dict.fromkeys(asked.getlist(name))
                if value in known[name]
            ]
            for name in self.NAMES
        }
        whole = self.text and not any(self._asked.values())
        self.suggested = suggestions(self.queries, language) if whole else []
        matches, some = matching(self.queries) if self.text else ([], [])
        # Nothing in any language has all the words, however the list is narrowed.
        self.in_vain = bool(self.text) and not matches and not self.suggested
        self.meant, self.known = None, set()
        if self.in_vain:
            matches = most_of(some, self.queries)
            self._look_for_slips()
        self._matches = self._ranked(matches)
        self.has_some = self.in_vain and bool(matches)
        above = {each.entry.same_as for each in self.suggested if each.entry}
        self.found = [row for row in self._narrowed() if row.same_as not in above]
        self.total = len(self.found) + len(self.suggested)
        self.page = Paginator(self.found, PER_PAGE).get_page(asked.get("page"))

    def _look_for_slips(self):
        ours = known_words(self.text, self.languages)
        self.known = {word for words in ours.values() for word in words}
        said = mended(self.text, ours)
        code = first_that_has({code: Query(said[code], code) for code in said})
        self.meant = Meant(said[code], code) if code else None

    def _ranked(self, rows):
        """What has the words, the nearest first."""
        order = list(KINDS)
        return sorted(
            rows,
            key=lambda row: (
                row.language != self.language,
                -self._weight(row),
                order.index(row.kind),
                row.title_terms,
            ),
        )

    def _weight(self, row):
        query = self.queries[row.language]
        title, summary, _text = row.terms()
        weight = 0
        for word in query.words:
            weight += IN_TITLE * word.nearness(title)
            weight += IN_SUMMARY * word.nearness(summary)
            weight += IN_TEXT
        run = f" {query.terms} "
        weight += AS_TITLE * (title == run) + IN_A_RUN * (
            run in title or run in summary
        )
        return weight

    def _narrowed(self, but=None):
        """What has the values asked for, one facet left aside; each thing once."""
        kinds = self._asked["kind"] if but != "kind" else []
        codes = self._asked["language"] if but != "language" else []
        once = {}
        for row in self._matches:
            if (not kinds or row.kind in kinds) and (
                not codes or row.language in codes
            ):
                once.setdefault(row.same_as, row)
        return list(once.values())

    @cached_property
    def results(self):
        """The entries of this page of the list, with what they are of."""
        wanted = [row.pk for row in self.page]
        entries = Entry.objects.select_related(
            "page__locale", "document", "term", "authority"
        ).in_bulk(wanted)
        return [entries[pk] for pk in wanted if pk in entries]

    @property
    def start(self):
        """The number of the first result of this page."""
        before = len(self.suggested) if self.page.number > 1 else 0
        return self.page.start_index() + before

    @cached_property
    def facets(self):
        kinds = Counter(row.kind for row in self._narrowed(but="kind"))
        codes = {
            code: len(
                {
                    row.same_as
                    for row in self._matches
                    if row.language == code
                    and row.kind in (self._asked["kind"] or KINDS)
                }
            )
            for code in self.languages
        }
        facets = [
            self._facet("kind", _("Type"), kinds, {k: KINDS[k][1] for k in KINDS}),
            self._facet(
                "language", _("Language"), codes, {c: own_name(c) for c in codes}
            ),
        ]
        return [facet for facet in facets if len(facet.choices) > 1]

    def _facet(self, name, label, counts, labels):
        asked = self._asked[name]
        return Facet(
            name,
            label,
            [
                Choice(
                    value,
                    labels[value],
                    counts[value],
                    value in asked,
                    self.address(name, value),
                    value if name == "language" else "",
                )
                for value in labels
                if counts[value] or value in asked
            ],
        )

    @cached_property
    def active(self):
        return [
            choice
            for facet in self.facets
            for choice in facet.choices
            if choice.checked
        ]

    def address(self, name=None, value=None, but=None):
        """This search from its first page, with a value ticked or cleared, one facet left out."""
        asked = {key: list(values) for key, values in self._asked.items() if key != but}
        if name:
            values = asked[name]
            values.remove(value) if value in values else values.append(value)
        return "?" + urlencode({"q": self.text, **asked}, doseq=True)

    @property
    def none_in_this_language(self):
        """Whether all that is found is in another language than the page."""
        found = [*self.suggested, *self.found]
        return bool(found) and all(each.language != self.language for each in found)
