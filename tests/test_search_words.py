"""Words as people type them, and what they lead to; on both databases alike."""

import pytest

from search.asking import Query, sayings, synonyms
from tests.test_search import (
    ASYLUM,
    BLUE,
    BOARD,
    COMMITTEE,
    DETENTION,
    EMPLOYEES,
    EMPLOYERS,
    PREA,
    RACE,
    VERIFICATION,
    VIOLENCE,
    found,
    spanish_on,
)

__all__ = ["spanish_on"]
pytestmark = [
    pytest.mark.xdist_group("content"),
    pytest.mark.usefixtures("content", "db"),
    pytest.mark.on_sqlite_too,
]
# What somebody types, and what must be among the first three that are found.
CASES = [
    # forms of a word
    ("detention", DETENTION),
    ("detained", DETENTION),
    ("DETENTION", DETENTION),
    ("detention conditions", DETENTION),
    ("trainings", "/training/"),
    ("verification", VERIFICATION),
    ("matching program", VERIFICATION),
    ("protect people", "/programs/protecting-people/"),
    ("employer responsibility", EMPLOYERS),
    ("employee right", EMPLOYEES),
    ("what are my rights at work", EMPLOYEES),
    # signs within words
    ("E-Verify", "/glossary/#e-verify"),
    ("everify", "/glossary/#e-verify"),
    ("e verify", "/glossary/#e-verify"),
    ("I-9", "/glossary/#form-i-9"),
    ("i9", "/glossary/#form-i-9"),
    ("Form I-9", "/glossary/#form-i-9"),
    ("I‑9", "/glossary/#form-i-9"),  # with a hyphen that does not break
    ("287(g)", BOARD),
    ("287g", BOARD),
    ("287 g", BOARD),
    ("Asylum Seekers’", ASYLUM),
    ("asylum seekers'", ASYLUM),
    ("asylum seeker's", ASYLUM),
    ("gender based violence", VIOLENCE),
    ("gender-based violence", VIOLENCE),
    # short forms and long ones
    ("PREA", PREA),
    ("prison rape elimination act", PREA),
    ("GBV", "/glossary/#gbv"),
    ("NGO committee", COMMITTEE),
    ("USCIS", "/glossary/#uscis"),
    ("citizenship and immigration services", "/glossary/#uscis"),
    ("EEOC", "/glossary/#eeoc"),
    # what people say for it
    ("jail", DETENTION),
    ("spouse beats", VIOLENCE),
    ("domestic violence", VIOLENCE),
    ("my boss", EMPLOYERS),
    ("racial profiling", RACE),
    ("trafficking", BLUE),
    ("how do I complain", "/complaints/"),
    ("how do i report", "/complaints/"),
    ("green card", "/about/"),
    ("fired", EMPLOYEES),
    ("can my boss fire me?", EMPLOYEES),
    ("I lost my job", EMPLOYEES),
    ("laid off", EMPLOYEES),
    ("papers", VERIFICATION),
    ("work permit", VERIFICATION),
    ("arrested by ice", DETENTION),
    ("he beats me", VIOLENCE),
    ("police", "/programs/enforcement-partnerships/"),
    ("interpreter", "/accessibility/"),
    # in another language than the page's, on a site that has no other
    ("cárcel", DETENTION),
    ("papeles", VERIFICATION),
    ("me despidieron", EMPLOYEES),
    # sentences of which no page has every word
    ("my husband is in jail", DETENTION),
    ("ICE detained my brother", DETENTION),
    ("wrongly flagged by e-verify", "/glossary/#e-verify"),
    ("i was fired because of my accent", EMPLOYEES),
    ("report abuse", "/complaints/"),
    # runs of words
    ('"blue campaign"', BLUE),
    ("“use of race”", RACE),
    # accents where there are none
    ("détention", DETENTION),
]


@pytest.mark.parametrize(("words", "address"), CASES, ids=[each[0] for each in CASES])
def test_what_people_type_leads_to_what_they_look_for(client, words, address):
    assert address in found(client, words)[:3]


@pytest.mark.parametrize("words", ["capacitación", "capacitacion", "capacitaciones"])
def test_spanish_is_found_with_and_without_its_accents(client, spanish_on, words):
    one, other = (
        found(client, words, "/es/search/"),
        found(client, "capacitación", "/es/search/"),
    )
    assert one == other


@pytest.mark.parametrize(
    ("words", "address"),
    [
        ("detención", "/es/programas/detencion/"),
        ("detencion", "/es/programas/detencion/"),
        ("detenidas", "/es/programas/detencion/"),
        ("cárcel", "/es/programas/detencion/"),
        ("centro de detención", "/es/programas/detencion/"),
        ("mi hermano fue detenido", "/es/programas/detencion/"),
        ("¿me pueden despedir?", EMPLOYEES),
        ("permiso de trabajo", VERIFICATION),
        ("me despidieron por mi acento", EMPLOYEES),
        ("contacto", "/contact/"),
    ],
)
def test_who_asks_in_spanish_finds_what_there_is(client, spanish_on, words, address):
    """In Spanish, or where there is none in English."""
    assert address in found(client, words, "/es/search/")[:3]


@pytest.mark.parametrize("language", ["en", "es"])
def test_each_saying_leads_to_its_others(language):
    """Small words are taken out of a query; no saying may be lost or mean less by it."""
    known, _ = synonyms(language)
    for group in sayings(language):
        for saying in group:
            asked = Query(saying, language)
            (word,) = asked.words
            assert len(asked.terms.split()) > 1 or len(saying.split()) == 1, saying
            assert set(word.others) >= set(known[tuple(asked.terms.split())]), saying


@pytest.mark.parametrize(
    "words",
    ["\x00", "%", "'", '"', "*", "(", "a" * 5000, "NOT", "OR OR", "-", "\\", "<script>"]
    + ["🙂", "NEAR(", "x AND", ":*", "' OR 1=1 --", "\u202e", "١٢٣", "."]
    + ["拘留" * 75, "a" + "⒜" * 199, "㍿" * 200, "a-" * 100, '"a" ' * 50, "(a)" * 66],
)
def test_nothing_that_is_typed_breaks_it(client, words):
    response = client.get("/search/", {"q": words})

    assert response.status_code == (400 if "\x00" in words else 200)
    assert "<script>" not in response.text.split("<main")[1]


@pytest.mark.parametrize("number", ["999", "abc", "-1", "0", "", "9" * 40, "1.5"])
def test_any_number_of_a_page_is_answered(client, number):
    assert client.get("/search/", {"q": "DHS", "page": number}).status_code == 200


@pytest.mark.parametrize(
    ("slip", "meant"),
    [
        ("detenton", "detention"),
        ("Detenton", "detention"),
        ("detenton?", "detention%3F"),
        ("“detenton”", "%E2%80%9Cdetention%E2%80%9D"),
        ("e-verfy", "e-verify"),
        ("jial", "jail"),  # which people say, and no page
        ("complant", "complaint"),
        ("blue campagn", "blue%20campaign"),
    ],
)
def test_a_slip_of_one_letter_is_mended(client, slip, meant):
    text = client.get("/search/", {"q": slip}).text

    assert "Did you mean" in text
    assert f'?q={meant}"' in text


@pytest.mark.parametrize(
    "words", ["kids", "wages", "zebras", "SAVE", "lose", "police", "black", "court"]
)
def test_what_is_no_slip_is_left_as_it_is(client, words):
    assert "Did you mean" not in client.get("/search/", {"q": words}).text
