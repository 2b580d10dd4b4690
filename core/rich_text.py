"""Links to our own pages inside running text."""

from django.urls import reverse
from django.utils import translation
from django.utils.html import escape
from wagtail.models import Page
from wagtail.rich_text.pages import PageLinkHandler

from core.readable import readable


class ReadablePageLinks(PageLinkHandler):
    """
    Leads to a page in the language of the reader, or else as the editor chose it.

    A page that no visitor can read gets no address: the words stay, the link does not.
    Wagtail's own asks the database four times a link; this, once a text.
    """

    @classmethod
    def expand_db_attributes_many(cls, attrs_list):
        chosen = [attrs.get("id") for attrs in attrs_list]
        ids = [each for each in chosen if str(each).isdecimal()]
        keys = Page.objects.filter(pk__in=ids).values("translation_key")
        pages = readable(Page.objects.filter(translation_key__in=keys))
        by_key = {}
        key_of = {}
        for page in pages.select_related("locale"):
            by_key.setdefault(page.translation_key, {})[page.locale.language_code] = (
                page
            )
            key_of[str(page.pk)] = page.translation_key
        return [
            cls._tag(by_key.get(key_of.get(str(each)), {}), each) for each in chosen
        ]

    @staticmethod
    def _tag(in_languages, chosen):
        language = translation.get_language()
        page = in_languages.get(language) or next(
            (page for page in in_languages.values() if str(page.pk) == str(chosen)),
            None,
        )
        return f'<a href="{escape(_address(page))}">' if page else "<a>"


def _address(page):
    """Below the home page, whose own name is in no address."""
    _empty, _home, below = page.url_path.split("/", 2)
    with translation.override(page.locale.language_code):
        return reverse("wagtail_serve", args=[below])
