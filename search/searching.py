"""A search: what is found, in which order, and how a visitor may narrow it."""

from collections import Counter
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from modelsearch.query import Or
from wagtail.search.backends import get_search_backend

from core.facets import Choice, Facet
from core.languages import own_name
from search.asking import LONGEST, Query
from search.kinds import KINDS
from search.models import Entry
from search.promoting import suggestions

PER_PAGE = 10
MOST = 1000  # entries that are ranked; nobody reads on after that
# What a word weighs by where it stands, and a whole title or run of words on top.
IN_TITLE, IN_SUMMARY, IN_TEXT, AS_TITLE, IN_A_RUN = 8, 3, 1, 30, 5


def matching(queries):
    """The public entries that have all the words of the query in their language, if it has any."""
    asked = {code: query for code, query in queries.items() if query}
    if not asked:
        return []
    entries = Entry.objects.filter(language__in=asked).only("pk")
    any_of_them = Or([query.for_the_index() for query in asked.values()])
    found = get_search_backend().search(any_of_them, entries)[:MOST]
    columns = ["pk", "same_as", "kind", "language"]
    terms = ["title_terms", "summary_terms", "body_terms"]
    rows = Entry.objects.public().filter(pk__in=[each.pk for each in found])
    rows = rows.only(*columns, *terms)
    return [row for row in rows if asked[row.language].fits(row.terms())]


class Search:
    """
    What has the words of a query, in the languages that visitors are offered.

    Each thing is found once: in the language of the page if it has the words there, else
    in another. Values of one facet widen the list, two facets narrow it.
    """

    NAMES = ["kind", "language"]

    def __init__(self, asked, language, languages):
        self.text = " ".join(asked.get("q", "").replace("\0", "").split())[:LONGEST]
        self.language = language
        self.languages = sorted(languages, key=lambda code: code != language)
        self.queries = {code: Query(self.text, code) for code in self.languages}
        self._matches = self._ranked() if self.text else []
        known = {"kind": KINDS, "language": self.languages}
        self._asked = {
            name: [value for value in asked.getlist(name) if value in known[name]]
            for name in self.NAMES
        }
        whole = self.text and not any(self._asked.values())
        self.suggested = suggestions(self.queries, language) if whole else []
        above = {each.entry.same_as for each in self.suggested if each.entry}
        self.found = [row for row in self._narrowed() if row.same_as not in above]
        self.total = len(self.found) + len(self.suggested)
        self.page = Paginator(self.found, PER_PAGE).get_page(asked.get("page"))

    def _ranked(self):
        """The entries that have all the words, the nearest first."""
        order = list(KINDS)
        return sorted(
            matching(self.queries),
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
    def in_vain(self):
        """Whether nothing in any language has the words, however the list is narrowed."""
        return bool(self.text) and not self._matches and not self.suggested

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

    def address(self, name=None, value=None):
        """The address of this search with a value ticked or cleared, from its first page."""
        asked = {key: list(values) for key, values in self._asked.items()}
        if name:
            values = asked[name]
            values.remove(value) if value in values else values.append(value)
        return "?" + urlencode({"q": self.text, **asked}, doseq=True)

    @property
    def none_in_this_language(self):
        """Whether all that is found is in another language than the page."""
        found = [*self.suggested, *self.found]
        return bool(found) and all(each.language != self.language for each in found)
