"""What must hold of the words of the interface, in every language visitors are offered."""

import ast
import re
from pathlib import Path

import html5lib
import polib
import pytest
from django.apps import apps
from django.conf import settings
from django.test import Client
from django.utils.translation import override
from django.utils.translation.template import templatize
from wagtail.models import Locale, Page

from home.models import HomePage
from tests import factories
from tests.laws.conftest import EVERY_PAGE_TYPE

ROOT = Path(settings.BASE_DIR)
FOLDER = ROOT / "locale" / "es" / "LC_MESSAGES"
CATALOGUE = polib.pofile(FOLDER / "django.po")
# Read by staff, who work in English.
OF_STAFF = {
    "backups",
    "wagtailadmin",
    "wagtailsearchpromotions",
    "accounts",
    "how_to.html",
    "staff",
    "mailing",
}
LITERAL = r"""u?(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")"""
CALL = re.compile(
    rf"\b(_|gettext|ngettext|pgettext|npgettext)\(({LITERAL})(?:, *({LITERAL}))?"
)
MARKUP = re.compile(r"<[^>]+>|%\(\w+\)[sd]|%[sd]")
HTML = "{http://www.w3.org/1999/xhtml}"


def templates():
    for path in sorted((ROOT / "templates").rglob("*.*")):
        if not OF_STAFF & set(path.relative_to(ROOT / "templates").parts):
            yield path


def asked_by_templates():
    """(where, context, message, plural) of all that templates have translated."""
    for path in templates():
        for name, first, second in CALL.findall(templatize(path.read_text())):
            texts = [ast.literal_eval(each) for each in (first, second) if each]
            context = texts.pop(0) if name.startswith(("p", "np")) else None
            yield path.name, context, texts[0], texts[1] if "n" in name[:2] else None


def asked_by_code():
    """(where, message) of all that the code of our applications has translated."""
    ours = [
        ROOT / app.name for app in apps.get_app_configs() if (ROOT / app.name).is_dir()
    ]
    for folder in [*ours, ROOT / "crcl_portal"]:
        for path in folder.rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text())):
                if (
                    isinstance(node, ast.Call)
                    and getattr(node.func, "id", "")
                    in {"_", "gettext", "gettext_lazy", "ngettext"}
                    and isinstance(node.args[0], ast.Constant)
                ):
                    yield path.name, node.args[0].value


def test_every_message_is_translated_and_none_is_a_guess():
    unfinished = [entry.msgid for entry in CATALOGUE if not entry.translated()]

    assert unfinished == []
    assert [entry.msgid for entry in CATALOGUE if entry.fuzzy] == []
    assert CATALOGUE.obsolete_entries() == []


def test_the_catalogue_in_use_is_the_one_that_people_read():
    def said(catalogue):
        return {
            (entry.msgctxt, entry.msgid): entry.msgstr or entry.msgstr_plural
            for entry in catalogue
        }

    assert said(polib.mofile(FOLDER / "django.mo")) == said(CATALOGUE)


def test_translations_keep_what_is_filled_in_and_the_markup():
    def parts(text):
        return sorted(re.findall(r"%\(\w+\)[sd]|%[sd]|</?\w+", text))

    for entry in CATALOGUE:
        if entry.msgid_plural:
            for said in entry.msgstr_plural.values():
                assert set(parts(said)) <= set(parts(entry.msgid_plural)), entry.msgid
        else:
            assert parts(entry.msgstr) == parts(entry.msgid), entry.msgid


def test_every_message_of_a_template_is_in_the_catalogue():
    known = {
        (entry.msgctxt, entry.msgid, entry.msgid_plural or None) for entry in CATALOGUE
    }
    asked = list(asked_by_templates())
    missing = [
        (where, message)
        for where, context, message, plural in asked
        if (context, message, plural) not in known
    ]

    assert len(asked) > 80  # the reader of templates reads them
    assert missing == []


def test_every_message_of_the_code_is_in_the_catalogue():
    known = {entry.msgid for entry in CATALOGUE}
    asked = list(asked_by_code())

    assert len(asked) > 20
    assert [each for each in asked if each[1] not in known] == []


def test_no_message_in_the_catalogue_is_asked_for_by_nobody():
    asked = {message for _, _, message, _ in asked_by_templates()}
    asked |= {message for _, message in asked_by_code()}

    assert [entry.msgid for entry in CATALOGUE if entry.msgid not in asked] == []


def test_no_template_has_english_outside_of_translation():
    """Words between tags that no tag of translation holds."""
    left = {}
    for path in templates():
        if path.name in {"400.html", "500.html", "503.html", "sitemap.xml"}:
            continue  # they ask for no language, and speak two
        text = path.read_text()
        text = re.sub(r"{% comment %}.*?{% endcomment %}|{#.*?#}", "", text, flags=re.S)
        text = re.sub(
            r"{% blocktranslate.*?{% endblocktranslate %}", "", text, flags=re.S
        )
        named = re.findall(r'(?:aria-label|alt|title|placeholder)="([^"{]+)"', text)
        text = re.sub(r"{%.*?%}|{{.*?}}", "|", text, flags=re.S)
        text = re.sub(r"<[^>]*>", "|", text)
        words = [each.strip() for each in [*text.split("|"), *named]]
        found = [each for each in words if re.search(r"[A-Za-z]{2}", each)]
        found = [each for each in found if each not in {"usa.gov"}]
        if found:
            left[path.name] = found

    assert left == {}


@pytest.fixture(scope="module")
def in_spanish(site, django_db_blocker):
    """The address of each type of page in Spanish, every page above it live too."""
    with django_db_blocker.unblock():
        spanish = factories.language("es", site[HomePage])
        pages = {}
        for page_type, page in site.items():
            translated = page.get_translation_or_none(spanish)
            pages[page_type] = translated or page.copy_for_translation(
                spanish, copy_parents=True
            )
        Page.objects.filter(locale=spanish).update(live=True, alias_of=None)
        return {page_type: page.url for page_type, page in pages.items()}


# Words of the pages themselves in tests/body.py, which stay as the test has made them.
OF_THE_PAGES = {"Seat", "Capacity"}


def english():
    """What would be English on a Spanish page: messages, cut where markup cuts them."""

    def pieces(text):
        return {" ".join(each.split()) for each in MARKUP.split(text)}

    spanish = set()
    found = set()
    for entry in CATALOGUE:
        spanish |= pieces(entry.msgstr)
        for said in entry.msgstr_plural.values():
            spanish |= pieces(said)
        found |= pieces(entry.msgid) | pieces(entry.msgid_plural)
    return {each for each in found - spanish - OF_THE_PAGES if len(each) > 2}


def seen(tree, language="es"):
    """Texts of a page that claim its language: words, names, alternatives, titles."""
    for element in tree:
        if not isinstance(element.tag, str):
            continue
        said = element.get("lang", language)
        if element.tag not in {f"{HTML}script", f"{HTML}style"}:
            if said == "es":
                yield element.text
                for name in ["aria-label", "alt", "title", "placeholder"]:
                    yield element.get(name)
                if element.tag == f"{HTML}meta":
                    yield element.get("content")
            yield from seen(element, said)
        if language == "es":
            yield element.tail


def english_left(path):
    response = Client().get(path)
    assert response.status_code == 200, path
    assert '<html lang="es"' in response.text
    texts = {
        " ".join((each or "").split()) for each in seen(html5lib.parse(response.text))
    }
    return {
        (text, message)
        for text in texts
        for message in ENGLISH
        if text.strip(" :.,()·") == message.strip(" :.,()·")
        or (message.count(" ") > 2 and message in text)
    }


ENGLISH = english()


@EVERY_PAGE_TYPE
def test_a_spanish_page_has_no_english_message_left(in_spanish, db, page_type):
    assert english_left(in_spanish[page_type]) == set()


def test_a_spanish_listing_has_no_english_message_left(in_spanish, db):
    spanish = Locale.objects.get(language_code="es")
    for make in [factories.TopicFactory, factories.PopulationFactory]:
        word = make(name="Quienes trabajan").copy_for_translation(spanish)
        word.save()
        with override("es"):
            path = word.get_absolute_url()
        assert english_left(path) == set()


def test_a_page_that_is_not_found_is_not_found_in_spanish(in_spanish, db):
    response = Client().get("/es/no-hay/")

    assert response.status_code == 404
    assert "No encontramos esa página" in response.text
    texts = {" ".join((e or "").split()) for e in seen(html5lib.parse(response.text))}
    assert texts & ENGLISH == set()
