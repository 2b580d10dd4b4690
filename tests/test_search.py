"""A visitor types a word as people type it, and finds the page; on both databases alike."""

import re

import pytest
from django.core.management import call_command
from wagtail.models import Page

from core.models import LanguageSwitch
from search.excerpts import sentences
from search.models import Entry, MissedWords

pytestmark = [
    pytest.mark.xdist_group("content"),
    pytest.mark.usefixtures("content", "db"),
    pytest.mark.on_sqlite_too,
]
RESULT = re.compile(r'<h2 class="results__title"[^>]*>(?:<a href="([^"]*)">)?')
DETENTION = "/programs/detention/"
PREA = "/programs/detention/prea/"
VIOLENCE = "/programs/gender-based-violence/"
VERIFICATION = "/programs/verification/"
LABOR = "/programs/labor-enforcement/"
BOARD = "/programs/enforcement-partnerships/287g-advisory-board/"
EMPLOYEES = "/training/employee-rights-video/"
EMPLOYERS = "/training/employer-responsibilities-video/"
ASYLUM = "/training/asylum-seekers-overview/"
RACE = "/training/use-of-race-guidance/"
BLUE = "/programs/protecting-people/blue-campaign/"
COMMITTEE = "/ngo-committee/"


@pytest.fixture
def spanish_on(content, db):
    LanguageSwitch.objects.filter(locale__language_code="es").update(public=True)


def found(client, words, path="/search/", **more):
    response = client.get(path, {"q": words, **more})
    assert response.status_code == 200
    return RESULT.findall(response.text)


def test_a_term_whose_glossary_is_in_another_language_leads_to_no_place_of_it(
    client, spanish_on
):
    text = client.get("/es/search/", {"q": "discrepancia inicial"}).text

    assert "discrepancia-inicial" not in text
    assert ">discrepancia</mark>" in text.casefold()


def test_where_nothing_has_all_the_words_it_says_so(client):
    text = client.get("/search/", {"q": "my husband is in jail"}).text

    assert "Nothing has all of “my husband is in jail”" in text
    assert "These have some of the words." in text
    assert "Looking for a person?" in text


def test_what_stands_beside_a_kind_tells_one_result_from_another(client, spanish_on):
    def kinds(words, path="/search/"):
        text = client.get(path, {"q": words}).text
        told = re.findall(r'results__kind">(.*?)</p>', text, re.DOTALL)
        return {re.sub(r"<[^>]+>", "", each) for each in told}

    assert "Video · English, Español" in kinds("mismatch")
    assert any(each.startswith("Program · with ") for each in kinds("detention"))
    assert "Video · English" in kinds("mismatch", "/es/search/")


def test_what_is_narrowed_to_nothing_does_not_say_that_it_has_some(client):
    asked = {"q": "my husband is in jail", "kind": "course"}
    text = client.get("/search/", asked).text

    assert "Nothing has all of “my husband is in jail”" in text
    assert "These have some of the words." not in text
    assert "Show everything" in text
    assert not MissedWords.objects.exists()


def test_another_saying_of_several_words_must_stand_as_one(client):
    """`police` is "law enforcement", and not every page that has both words somewhere."""
    text = client.get("/search/", {"q": "police"}).text

    assert "<mark>law enforcement</mark>" in text.casefold()
    assert "<mark>law</mark>" not in text.casefold()


def test_what_the_summary_lacks_is_shown_in_a_sentence(client):
    text = client.get("/search/", {"q": "mismatch suspension"}).text

    assert re.search(r'results__words">[^<]*<mark>suspension</mark>', text)


def test_no_sentence_ends_at_a_short_form():
    text = "It is in Washington, D.C. 20528. We work with U.S. Customs.\nCall Mr. King, Jr. now"

    assert list(sentences(text)) == [
        "It is in Washington, D.C. 20528.",
        "We work with U.S. Customs.",
        "Call Mr. King, Jr. now",
    ]
    assert list(sentences("You live in the U.S.\nAnd work.")) == [
        "You live in the U.S.",
        "And work.",
    ]


def test_what_is_only_in_english_is_offered_in_spanish_and_says_so(client, spanish_on):
    response = client.get("/es/search/", {"q": "interagency"})

    assert "Nada en su idioma" in response.text
    assert '<span lang="en" dir="ltr">English</span>' in response.text


def test_each_thing_is_found_once_and_in_the_language_of_the_page(client, spanish_on):
    found_here = found(client, "ICE", "/es/search/")
    assert "/es/programas/detencion/" in found_here
    assert DETENTION not in found_here


def test_the_total_is_the_total_and_pages_hold_all_of_it(client):
    text = client.get("/search/", {"q": "DHS"}).text
    total = int(re.search(r"(\d+) results for", text)[1])
    pages = [found(client, "DHS", page=page) for page in range(1, total // 10 + 2)]

    assert total > 10
    assert ", page 2 |" in client.get("/search/", {"q": "DHS", "page": 2}).text
    assert (
        len({each for page in pages for each in page}) == sum(map(len, pages)) == total
    )


def test_a_facet_narrows_and_begins_at_the_first_page(client):
    text = client.get("/search/", {"q": "DHS", "page": "2"}).text
    assert 'name="page"' not in text

    glossary = found(client, "DHS", kind="glossary")
    assert glossary
    assert all("/glossary/#" in each for each in glossary)
    assert found(client, "DHS", kind="nonsense") == found(client, "DHS")


def test_the_words_are_marked_where_they_stand(client):
    text = client.get("/search/", {"q": "mismatch"}).text

    assert "<mark>mismatch</mark>" in text


def test_a_slip_is_mended_into_what_can_be_found_alone(client):
    assert "Did you mean" not in client.get("/search/", {"q": "detenton zebras"}).text

    page = Page.objects.get(url_path__endswith=RACE).specific
    page.summary = "About the quokka."
    page.save_revision().publish()
    assert '?q=quokka"' in client.get("/search/", {"q": "quoka"}).text
    page.view_restrictions.create(restriction_type="login")
    assert "quokka" not in client.get("/search/", {"q": "quoka"}).text


def test_a_slip_is_mended_into_english_where_spanish_has_nothing(client, spanish_on):
    text = client.get("/es/search/", {"q": "interagncy"}).text
    assert '?q=interagency"><span lang="en" dir="ltr">interagency</span>' in text
    assert '(<span lang="en" dir="ltr">English</span>)' in text


def test_nothing_found_leads_on(client):
    text = client.get("/search/", {"q": "zebra crossing"}).text

    assert "Nothing has “zebra crossing”" in text
    assert "File a civil rights complaint" in text
    assert 'class="doors"' in text
    assert 'href="tel:+1' in text.split("<main")[1].split("</main>")[0]
    assert "noindex" in text


def test_a_page_that_changes_is_found_at_once_and_one_that_goes_is_gone(client):
    page = Page.objects.get(url_path__endswith=RACE).specific
    page.summary = "About the quokka."
    page.save_revision().publish()
    assert found(client, "quokka") == [RACE]

    page.unpublish()
    assert found(client, "quokka") == []


def test_a_page_kept_from_the_public_is_not_found_even_if_the_index_has_it(client):
    page = Page.objects.get(url_path__endswith=RACE)
    assert RACE in found(client, "use of race")
    page.view_restrictions.create(restriction_type="login")

    assert RACE not in found(client, "use of race")


def test_the_check_mends_what_is_lost_and_takes_out_what_is_left(client, capsys):
    Entry.objects.filter(page__url_path__endswith=RACE).delete()
    Entry.objects.filter(page__url_path__endswith=PREA).update(title_terms=" x ")
    call_command("check_index")

    assert "2 were mended" in capsys.readouterr().out
    assert RACE in found(client, "use of race")
    call_command("check_index")
    assert " 0 were mended" in capsys.readouterr().out


def test_the_clock_takes_down_a_words_new_name(client):
    row = Page.objects.get(url_path__endswith=PREA).topics.first()
    row.topic.name = "Quokkas"
    row.topic.save()
    call_command("tick")

    assert PREA in found(client, "quokkas")


def test_a_law_leads_to_the_pages_that_rest_on_it(client):
    text = client.get(
        "/search/", {"q": "prison rape elimination act", "kind": "law"}
    ).text
    law = text.split("results__one")[1]

    assert "Named on:" in law
    assert f'href="{PREA}"' in law


def test_a_law_leads_to_pages_in_the_language_of_the_visitor(client, spanish_on):
    standards = {"q": "national detention standards", "kind": "law"}
    spanish = client.get("/es/search/", standards).text.split("results__one")[1]
    english = client.get("/search/", standards).text.split("results__one")[1]

    assert 'href="/es/programas/detencion/"' in spanish
    assert f'href="{DETENTION}"' not in spanish
    assert f'href="{DETENTION}"' in english
    assert "/es/" not in english


def test_browsers_are_told_of_it(client):
    response = client.get("/opensearch.xml")

    assert response["Content-Type"].startswith("application/opensearchdescription+xml")
    assert "/search/?q={searchTerms}" in response.text
