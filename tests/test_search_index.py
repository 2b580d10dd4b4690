"""What the search finds is what the site says now, through whatever door it changed."""

import datetime

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.documents import get_document_model
from wagtail.models import Page
from wagtail.search.models import IndexEntry

from core.models import GlossaryTerm, PortalSettings
from search.comparing import A_MINUTE
from search.indexing import say
from search.models import Entry, KnownWord
from tests.test_search import DETENTION, PREA, RACE, RESULT, found, spanish_on
from tests.test_search_documents import add_document, chosen, link_from, page_at

__all__ = ["spanish_on"]
pytestmark = [
    pytest.mark.xdist_group("content"),
    pytest.mark.usefixtures("content", "db"),
    pytest.mark.on_sqlite_too,
]
VIDEO = "/training/employee-rights-video/"
PAST = timezone.now() - datetime.timedelta(minutes=1)


def publish(address, **fields):
    page = page_at(address)
    for name, value in fields.items():
        setattr(page, name, value)
    page.save_revision().publish()
    return page


def a_round():
    """The clock has read everything once."""
    for _ in range(Entry.objects.count() // A_MINUTE + 2):
        call_command("tick")


@pytest.fixture
def with_a_worker(settings):
    """As in the containers that are shipped, while their worker does not run."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


def test_what_is_published_is_found_though_no_worker_runs(client, with_a_worker):
    publish(RACE, summary="About the quokka.")
    assert found(client, "quokka") == [RACE]

    publish(RACE, summary="About the wombat.")
    assert found(client, "quokka") == []
    page_at(RACE).delete()
    assert found(client, "wombat") == []
    connection.check_constraints()


def test_the_clock_reads_everything_in_turn(client):
    document = add_document()
    link_from(RACE, chosen(document))
    get_document_model().objects.update(title="About the dingo")
    GlossaryTerm.objects.filter(slug="prea").update(definition="About the bilby.")
    type(page_at(RACE)).objects.filter(pk=page_at(RACE).pk).update(summary="A quoll.")
    IndexEntry.objects.filter(
        object_id=str(Entry.objects.get(page=page_at(PREA)).pk)
    ).delete()
    a_round()

    assert found(client, "dingo") == [document.url]
    assert found(client, "numbat") == []
    assert found(client, "bilby") == ["/glossary/#prea"]
    assert found(client, "quoll") == [RACE]
    assert PREA in found(client, "PREA")


def test_the_clock_writes_nothing_where_all_is_well(client):
    a_round()
    with CaptureQueriesContext(connection) as queries:
        a_round()

    kept = "search_entry", "search_knownword", "indexentry"
    written = [
        query["sql"]
        for query in queries
        if query["sql"].startswith(("INSERT", "UPDATE", "DELETE"))
        and any(table in query["sql"] for table in kept)
    ]
    assert written == []


def test_the_check_counts_rows_of_the_library_that_are_lost_or_left(client, capsys):
    IndexEntry.objects.all().delete()
    page = page_at(RACE)
    say(page)
    left = IndexEntry.objects.get()
    left.pk, left.object_id = None, "987654321"
    left.save()
    call_command("check_index")

    assert f"{Entry.objects.count() - 1} were mended" in capsys.readouterr().out
    assert not IndexEntry.objects.filter(object_id="987654321").exists()
    assert DETENTION in found(client, "detention")


def test_a_word_that_was_corrected_is_no_longer_ours(client):
    publish(RACE, summary="About detenton.")
    publish(RACE, summary="About people.")

    assert '?q=detention"' in client.get("/search/", {"q": "detenton"}).text


@pytest.mark.parametrize("mend", [lambda: call_command("check_index"), a_round])
def test_words_that_nobody_may_read_any_more_are_forgotten(client, mend):
    page = publish(RACE, summary="About the quokka.")
    KnownWord.objects.create(language="en", folded="detenton", written="detenton")
    page.view_restrictions.create(restriction_type="login")
    mend()

    known = KnownWord.objects.filter(language="en")
    assert not known.filter(folded__in=["quokka", "detenton"]).exists()
    assert known.get(folded="detention").said_by > known.get(folded="prison").said_by


def test_terms_of_a_private_glossary_are_not_found(client, spanish_on):
    terms = GlossaryTerm.objects.filter(slug="e-verify")
    said = {term.locale.language_code: term.definition[:20] for term in terms}
    paths = {"en": "/search/", "es": "/es/search/"}
    for language, path in paths.items():
        assert said[language] in client.get(path, {"q": "everify"}).text.replace(
            "<mark>", ""
        ).replace("</mark>", "")
    page_at("/glossary/").view_restrictions.create(restriction_type="login")

    for path in paths.values():
        assert 'href="/glossary/' not in client.get(path, {"q": "everify"}).text
        text = client.get(path, {"q": "everify", "kind": "glossary"}).text
        assert RESULT.findall(text) == []


def test_a_kind_that_is_no_more_is_a_page_until_the_clock_comes(client):
    Entry.objects.filter(page=page_at(RACE)).update(kind="former")
    assert RACE in found(client, "use of race")
    assert RACE in found(client, "use of race", kind="page")

    a_round()
    assert RACE in found(client, "use of race", kind="course")


def test_a_page_whose_time_is_over_is_gone_before_the_clock_comes(client):
    Page.objects.filter(pk=page_at(RACE).pk).update(expire_at=PAST)

    assert RACE not in found(client, "use of race")


def test_a_video_is_found_by_the_languages_in_which_it_exists(client):
    for words in ["video in spanish", "video español"]:
        assert VIDEO in found(client, words)


def test_numbers_and_addresses_are_found_where_they_stand(client):
    assert found(client, "washington")[0] == "/contact/"
    portal = PortalSettings.load()
    portal.postal_address = "1 Wombat Way"
    portal.save()

    assert found(client, "wombat way") == ["/contact/"]


def test_an_entry_knows_what_stands_beside_its_kind():
    video = Entry.objects.get(page=page_at(VIDEO))
    program = Entry.objects.get(page=page_at("/programs/verification/"))

    assert video.notes() == [("English", "en"), ("Español", "es")]
    assert program.notes()[:2] == [("USCIS", "en"), ("ICE", "en")]
