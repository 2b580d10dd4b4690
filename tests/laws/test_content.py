"""What must hold of the site's words, as content/ has them and as visitors find them."""

import html
import re
import unicodedata
from itertools import chain
from pathlib import Path

import pytest
import textstat
import yaml
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page

from core.models import BasePage, Population, Topic
from home.loading import files
from home.loading.words import KINDS
from records.models import InformationCollection, PrivacyNotice

pytestmark = pytest.mark.xdist_group("content")  # loaded once a module and process

ROOT = Path(settings.BASE_DIR)
SOURCE = ROOT / "tests" / "data" / "source.txt"
WORD = re.compile(r"[a-z0-9]+(?:['’-][a-z0-9]+)*")


def every_entry(language="en"):
    return [
        *chain.from_iterable(files.words(kind, language) for kind in KINDS),
        *files.pages(language),
    ]


def texts(value):
    """Every text in a value of a content file but quoted definitions, without markup."""
    if isinstance(value, str):
        ended = re.sub(r"</(?:p|li|h3)>", ". ", value)
        yield html.unescape(re.sub(r"<[^>]+>", " ", ended))
    elif isinstance(value, dict):
        for name, each in value.items():
            quoted = name == "definition" and isinstance(each, dict)
            if name not in {"covers", "type", "key", "page", "url"} and not quoted:
                yield from texts(each)
    elif isinstance(value, list):
        for each in value:
            yield from texts(each)


def words(text):
    plain = unicodedata.normalize("NFKC", text).replace("’", "'").lower()
    return WORD.findall(plain)


def official_names():
    """Names as law and agencies have them, which are quoted and not said anew."""
    inventory = yaml.safe_load((ROOT / "content" / "names.yaml").read_text())
    names = [
        entry.says["name"]
        for kind in ("organizations", "authorities")
        for entry in files.words(kind)
    ]
    names += [page.says["title"] for page in files.pages()]
    names += [entry.says["term"] for entry in files.words("glossary")]
    names += [
        entry.says["acronym"]
        for entry in files.words("organizations")
        if entry.says.get("acronym")
    ]
    return sorted({*names, *inventory}, key=len, reverse=True)


def test_everything_the_source_names_has_its_place():
    inventory = set(files.read("inventory.yaml"))
    covered = {each for entry in every_entry() for each in entry.says.get("covers", [])}
    covered |= set((files.read("settings.yaml") or {}).get("covers", []))

    assert covered - inventory == set(), (
        "content covers what the inventory does not list"
    )
    assert inventory - covered == set(), "the inventory lists what nothing covers"


def grade(text):
    """The reading grade, with names and explained words as one syllable each."""
    for name in official_names():
        text = re.sub(rf"\b{re.escape(name)}\b", "it", text, flags=re.IGNORECASE)
    return textstat.flesch_kincaid_grade(text)


def test_summaries_are_easy_to_read():
    grades = {
        entry.path: grade(entry.says["summary"])
        for entry in files.pages()
        if entry.says.get("summary")
    }

    assert sum(grades.values()) / len(grades) <= 8
    assert {path: each for path, each in grades.items() if each > 11} == {}


def sentences(text):
    return re.split(r"[.!?:]+[”’]?(?=\s|$)", text.replace("U.S.", "US"))


def test_sentences_have_at_most_twenty_words():
    said = [
        (entry.path, " ".join(sentence.split()))
        for entry in every_entry()
        for text in texts(
            {k: v for k, v in entry.says.items() if k != "search_description"}
        )
        for sentence in sentences(text)
    ]

    assert [each for each in said if len(each[1].split()) > 20] == []


def test_the_source_is_said_anew():
    """No twelve words in a row stand in the source too, save in names and quotations."""
    names = [words(name) for name in official_names()]

    def without_names(sequence):
        kept, i = [], 0
        while i < len(sequence):
            name = next(
                (n for n in names if len(n) > 1 and sequence[i : i + len(n)] == n), None
            )
            kept.append("|" if name else sequence[i])
            i += len(name) if name else 1
        return kept

    def runs(sequence):
        return {tuple(sequence[i : i + 12]) for i in range(len(sequence) - 11)}

    source = runs(without_names(words(SOURCE.read_text(encoding="utf-8"))))
    said_again = {
        (entry.path, " ".join(run))
        for entry in every_entry()
        for text in texts(entry.says)
        for run in runs(without_names(words(text))) & source
    }

    assert said_again == set()


@pytest.fixture
def loaded(content, db):
    """The real content; what a test does to it is undone."""


def test_loading_twice_changes_nothing(loaded, capsys):
    before = list(Page.objects.order_by("pk").values())

    call_command("load_content", "--update")

    assert list(Page.objects.order_by("pk").values()) == before
    said = capsys.readouterr().out
    assert "unchanged" in said
    assert "made" not in said


def test_every_page_of_ours_answers(loaded, client):
    pages = [
        page
        for page in Page.objects.filter(
            depth__gte=2, locale__language_code="en"
        ).specific()
        if isinstance(page, BasePage)
    ]

    assert len(pages) == len(files.pages())
    client.get("/")  # fills what is looked up once in a process
    for page in pages:
        with CaptureQueriesContext(connection) as queries:
            response = client.get(page.url)
        assert response.status_code == 200, page.url
        assert len(queries) <= 25, page.url
        assert len(page.search_description) >= 50, page.url
        assert page.live


def test_every_group_of_people_and_topic_says_where_to_turn(loaded, client):
    words = [*Population.objects.all(), *Topic.objects.all()]
    english = [word for word in words if word.locale.language_code == "en"]

    assert len(english) >= 30
    for word in english:
        text = client.get(word.get_absolute_url()).text.split("<main")[1]
        assert 'href="/complaints/"' in text, word
        assert "1-866-644-8360" in text, word
    for group in Population.objects.filter(locale__language_code="en"):
        assert group.pages.exists(), group


def test_what_the_source_does_not_say_is_not_made_up(loaded, client):
    video = client.get("/training/employer-responsibilities-video/").text
    library = client.get("/training/").text
    english = client.get("/training/?language=en").text.split("<main")[1]

    assert "Language not stated" in video
    assert 'name="language" value=""' not in library
    assert "Employer Responsibilities" not in english
    assert "Not named" in client.get("/").text


def test_a_page_that_a_person_has_edited_is_left_alone(
    loaded, administrator, capsys, monkeypatch
):
    page = Page.objects.get(url_path__endswith="/programs/detention/").specific
    page.summary = "What a person wrote."
    page.save_revision(user=administrator).publish()
    changed_file(monkeypatch, "pages/programs/detention")

    call_command("load_content", "--update")

    page.refresh_from_db()
    assert page.summary == "What a person wrote."
    said = capsys.readouterr().out
    assert "left alone, since a person has edited it" in said
    assert "pages/programs/detention" in said


def test_a_page_that_nobody_has_edited_is_refreshed_on_request_only(
    loaded, monkeypatch, capsys
):
    page = Page.objects.get(url_path__endswith="/programs/detention/").specific
    before = page.summary
    changed_file(monkeypatch, "pages/programs/detention")

    call_command("load_content")
    page.refresh_from_db()
    assert page.summary == before

    call_command("load_content", "--update")
    page.refresh_from_db()
    assert page.summary == "What the file now says."
    capsys.readouterr()


def test_a_page_that_a_person_has_deleted_does_not_come_back(loaded, capsys):
    Page.objects.get(url_path__endswith="/glossary/").delete()

    call_command("load_content", "--update")

    assert not Page.objects.filter(url_path__endswith="/glossary/").exists()
    assert "pages/glossary" in capsys.readouterr().out


def changed_file(monkeypatch, path):
    read = files.pages

    def pages(language="en"):
        return [
            files.Entry(each.path, each.says | {"summary": "What the file now says."})
            if each.path == path and language == "en"
            else each
            for each in read(language)
        ]

    monkeypatch.setattr(files, "pages", pages)


def test_the_notices_are_drafts_which_nobody_is_shown(loaded, client):
    notice, collection = (
        PrivacyNotice.objects.get(),
        InformationCollection.objects.get(),
    )

    assert (notice.state, collection.state) == ("draft", "draft")
    assert collection.omb_number == ""
    for heading in ["Authority", "Purpose", "Routine uses", "Disclosure"]:
        assert f"<h3>{heading}</h3>" in notice.text
    for path in ["/get-involved/", "/interest/"]:
        assert "Routine uses" not in client.get(path).text
