"""What editors put first in the search, and what they learn of words that found nothing."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import DatabaseError
from django.db.models import F
from django.test import Client
from wagtail.contrib.search_promotions.models import Query, SearchPromotion
from wagtail.models import Page

from accounts.roles import ADMINISTRATOR, AUDITOR, EDITOR, INTAKE, PUBLISHER
from search.models import MissedWords
from tests.people import somebody
from tests.test_search import DETENTION, RACE, found, spanish_on

__all__ = ["spanish_on"]
pytestmark = [
    pytest.mark.xdist_group("content"),
    pytest.mark.usefixtures("content", "db"),
    pytest.mark.on_sqlite_too,
]
COURT = "https://www.example.gov/court/"
REPORT = "/admin/reports/looked-for-not-found/"
PICKS = "/admin/searchpicks/"


def promote(phrase, address=None, **more):
    page = Page.objects.get(url_path__endswith=address) if address else None
    query = Query.get(phrase)
    return SearchPromotion.objects.create(query=query, page=page, **more)


def test_a_publisher_promotes_a_page_and_it_stands_first(client):
    publisher = Client()
    publisher.force_login(somebody(PUBLISHER))
    rows = {
        "editors_picks-TOTAL_FORMS": 1,
        "editors_picks-INITIAL_FORMS": 0,
        "editors_picks-MIN_NUM_FORMS": 0,
        "editors_picks-MAX_NUM_FORMS": 1000,
        "editors_picks-0-page": Page.objects.get(url_path__endswith=RACE).pk,
        "editors_picks-0-description": "Read <this> first.",
        "editors_picks-0-ORDER": 1,
    }
    sent = publisher.post(f"{PICKS}add/", {"query_string": "Detention Centers"} | rows)
    assert sent.status_code == 302

    assert found(client, "detention centers")[0] == RACE
    text = client.get("/search/", {"q": "the DETENTION center"}).text
    assert "Suggested · Course" in text
    assert "Read &lt;this&gt; first." in text


def test_a_promoted_page_is_shown_once_and_counted_once(client):
    before = found(client, "detention")
    second = before[1]
    promote("detention", second)
    text = client.get("/search/", {"q": "detention"}).text

    after = found(client, "detention")
    assert before[0] != second == after[0]
    assert after.count(second) == 1
    assert text.count("Suggested · ") == 1
    assert set(before) == set(after)


def test_a_link_elsewhere_says_so_and_works_where_nothing_else_is_found(client):
    promote("zebra", external_link_url=COURT, external_link_text="The zebra court")
    text = client.get("/search/", {"q": "zebras"}).text

    assert "1 result for “zebras”" in text
    assert f'<a href="{COURT}">The zebra court</a><span class="elsewhere">' in (
        "".join(line.strip() for line in text.splitlines())
    )
    assert not MissedWords.objects.exists()


def test_narrowing_and_turning_pages_leave_it_out(client):
    promote("DHS", RACE)
    for more in [{"kind": "glossary"}, {"page": "2"}]:
        assert "Suggested" not in client.get("/search/", {"q": "DHS", **more}).text


def test_a_promoted_page_that_nobody_may_read_is_not_shown(client):
    promote("zebra", RACE)
    assert found(client, "zebra") == [RACE]
    Page.objects.get(url_path__endswith=RACE).view_restrictions.create(
        restriction_type="login"
    )

    assert found(client, "zebra") == []


def test_it_is_shown_in_the_language_of_the_visitor(client, spanish_on):
    promote("cebra", DETENTION, description="In English.")
    text = client.get("/es/search/", {"q": "cebras"}).text

    assert found(client, "cebra", "/es/search/") == ["/es/programas/detencion/"]
    assert "In English." not in text
    assert "Sugerido · Programa" in text


def test_staff_see_how_often_a_phrase_of_theirs_is_asked_for(client):
    promote("zebra", RACE)
    for words in ["zebra", "Zebras", "detention", "zebra crossing"]:
        client.get("/search/", {"q": words})
    client.head("/search/", {"q": "zebra"})

    assert Query.objects.get().hits == 2


def search_on_days(client, words, days):
    for _ in range(days):
        for _ in range(3):
            client.get("/search/", {"q": words})
        MissedWords.objects.update(last_day=F("last_day") - timedelta(days=1))


def test_words_are_kept_from_the_third_day_that_brings_them(client):
    search_on_days(client, "Zebra crossings", 2)
    assert [row.words for row in MissedWords.objects.all()] == [""]
    assert not MissedWords.objects.filter(tag__contains="zebra").exists()
    search_on_days(client, "zebra crossing", 2)

    row = MissedWords.objects.get()
    assert (row.words, row.days) == ("zebra crossing", 4)


@pytest.mark.parametrize(
    "words",
    ["zebra 12", "zebra ١٢", "z@zebra", "zebra " * 6, "z" * 61, "zebra kind:x²", "the"],
)
def test_words_that_may_be_of_a_person_leave_nothing(client, words):
    search_on_days(client, words, 3)

    assert not MissedWords.objects.exists()


def test_what_is_found_or_narrowed_away_is_not_missed(client):
    client.get("/search/", {"q": "detention"})
    client.get("/search/", {"q": "e-verify", "kind": "video"})
    client.get("/search/", {"q": "zebra", "kind": "video"})
    client.head("/search/", {"q": "lion"})

    assert MissedWords.objects.count() == 1


def test_a_machine_does_not_fill_the_table(client, monkeypatch):
    monkeypatch.setattr("search.missed.NEW_TAGS_A_DAY", 3)
    for words in ["lion", "tiger", "panther", "zebra", "giraffe"]:
        client.get("/search/", {"q": words})

    assert MissedWords.objects.count() == 3


def test_a_database_that_takes_no_writes_still_searches(client, monkeypatch, caplog):
    def refuse(*args, **kwargs):
        raise DatabaseError("read-only")

    promote("giraffe", RACE)
    monkeypatch.setattr("search.missed._count", refuse)
    monkeypatch.setattr("search.promoting._count", refuse)

    assert found(client, "zebra") == []
    assert found(client, "giraffe") == [RACE]
    assert "zebra" not in caplog.text


def test_the_clock_forgets_what_has_not_come_for_long(client):
    search_on_days(client, "zebra", 3)
    promote("giraffe", RACE)
    found(client, "giraffe")
    Query.objects.get().daily_hits.update(date=F("date") - timedelta(days=91))
    MissedWords.objects.update(last_day=F("last_day") - timedelta(days=91))
    call_command("tick")

    assert not MissedWords.objects.exists()
    assert Query.objects.get().hits == 0


def test_editors_read_what_was_looked_for_in_vain(client):
    search_on_days(client, "zebra crossing", 3)
    search_on_days(client, "giraffe", 2)
    editor = Client()
    editor.force_login(somebody(EDITOR))
    text = editor.get(REPORT).text

    assert "zebra crossing" in text
    assert "giraffe" not in text
    assert REPORT in editor.get("/admin/").text
    assert "Search terms" not in editor.get("/admin/").text


def test_editors_have_words_forgotten_that_should_not_be_there(client):
    search_on_days(client, "maria hernandez", 3)
    address = f"{REPORT}{MissedWords.objects.get().pk}/forget/"
    editor, auditor = Client(), Client()
    editor.force_login(somebody(EDITOR))
    auditor.force_login(somebody(AUDITOR))
    assert f'action="{address}"' in editor.get(REPORT).text
    assert editor.get(address).status_code == 405
    auditor.post(address)
    assert MissedWords.objects.exists()

    assert "are forgotten" in editor.post(address, follow=True).text
    assert not MissedWords.objects.exists()


@pytest.mark.parametrize(
    ("role", "reads", "promotes"),
    [
        (EDITOR, True, False),
        (PUBLISHER, True, True),
        (ADMINISTRATOR, True, True),
        (INTAKE, False, False),
        (AUDITOR, False, False),
    ],
)
def test_each_role_reaches_what_is_its_own(client, role, reads, promotes):
    client.force_login(somebody(role))

    for address, may in [
        (REPORT, reads),
        (PICKS, promotes),
        (f"{PICKS}add/", promotes),
    ]:
        assert (client.get(address).status_code == 200) is may, address


@pytest.mark.parametrize(
    "words",
    ["detention", "PREA", "detentoin", "qqqq", "giraffe", "qqqq detention", "e-verfy"],
)
def test_it_costs_few_queries(client, spanish_on, words, django_assert_max_num_queries):
    """What is found, a law and its pages, a slip, what is found in vain, what editors chose."""
    promote("giraffe", RACE)
    found(client, words)
    with django_assert_max_num_queries(12):
        found(client, words)


@pytest.mark.parametrize("words", ["qqqq", "qqqq zebra", "qqqq detention", "e-verfy"])
def test_what_nobody_has_looked_for_yet_costs_no_more(
    client, spanish_on, words, django_assert_max_num_queries
):
    """Where there is nothing at all the doors are shown, and the words are counted."""
    found(client, "detention")
    with django_assert_max_num_queries(12):
        found(client, words)


@pytest.mark.parametrize(
    "words",
    ["Maria Lopez Hernandez", "find Hernandez", "maria lopez hernandez", "O’Quokka"]
    + ["MARIA HERNANDEZ", "«Maria» «Hernandez»", "detención de Hernández"],
)
def test_words_that_look_like_a_name_leave_nothing(client, words):
    search_on_days(client, words, 3)

    assert not MissedWords.objects.exists()


@pytest.mark.parametrize("words", ["Zebra", "Zebra crossings", "Zebra TPS"])
def test_words_that_people_type_are_kept_in_capitals_too(client, words):
    search_on_days(client, words, 3)

    assert MissedWords.objects.get().words == words.casefold()


def test_words_of_which_some_are_found_leave_nothing(client):
    search_on_days(client, "zebras in detention", 3)

    assert not MissedWords.objects.exists()


def test_editors_are_told_of_days_on_which_not_all_was_counted(client, monkeypatch):
    editor = Client()
    editor.force_login(somebody(EDITOR))
    monkeypatch.setattr("search.missed.NEW_TAGS_A_DAY", 2)
    client.get("/search/", {"q": "lion"})
    assert "no more were counted" not in editor.get(REPORT).text
    client.get("/search/", {"q": "tiger"})

    assert "no more were counted" in editor.get(REPORT).text


def test_every_pick_is_looked_at_however_many_there_are(client):
    page = Page.objects.get(url_path__endswith=RACE)
    phrases = Query.objects.bulk_create(
        Query(query_string=f"phrase {number}") for number in range(600)
    )
    SearchPromotion.objects.bulk_create(
        SearchPromotion(query=phrase, page=page) for phrase in phrases
    )
    promote("zebra", DETENTION)

    assert found(client, "zebra") == [DETENTION]
    assert found(client, "phrase 599") == [RACE]
