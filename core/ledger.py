"""The facts at the side of a page: what it has to do with whom, as ruled rows."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from core.hooks import RELATED_TO, ask

SECTION_DEPTH = 3  # root, home, section


@dataclass(frozen=True)
class Link:
    """A name in a ledger, where it leads (our page, elsewhere, nowhere), and what it does here."""

    label: str
    language: str = ""
    page: object = None
    url: str = ""
    note: str = ""


def links_to_pages(pages):
    return [Link(page.title, page.locale.language_code, page=page) for page in pages]


def organizations(page):
    """Those the page names, in the editor's order, each with its website if known."""
    rows = page.organizations.select_related("organization__locale")
    return [
        Link(
            str(row.organization),
            row.organization.language,
            url=row.organization.url,
            note=row.role,
        )
        for row in rows
    ]


def authorities(page):
    rows = page.authorities.select_related("authority__locale")
    return [
        Link(
            str(row.authority),
            row.authority.language,
            url=row.authority.url,
        )
        for row in rows
    ]


def populations(page):
    rows = page.populations.select_related("population__locale")
    return [_word(row.population) for row in rows]


def topics(page):
    return [_word(row.topic) for row in page.topics.select_related("topic__locale")]


def audiences(page):
    rows = page.audiences.select_related("audience__locale")
    return [Link(row.audience.name, row.audience.language) for row in rows]


def related(page):
    """Pages of other sections that this page's reader may want next."""
    return links_to_pages(ask(RELATED_TO, page))


def as_of(page):
    return _("Information as of"), page.information_as_of


def _word(word):
    return Link(word.name, word.language, url=word.get_absolute_url())


def part_of(page):
    """The page above, unless it is only a list."""
    parent = page.get_parent()
    is_list = parent is None or parent.depth <= SECTION_DEPTH
    if is_list or not parent.live:
        return []
    return [Link(parent.title, page.locale.language_code, page=parent)]
