"""What visitors come for, in a real browser at both widths."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import assert_no_sideways_scroll


def open_menu(page):
    """On a narrow screen the sections are behind "Menu"."""
    menu = page.get_by_text("Menu", exact=True)
    if menu.is_visible():
        menu.click()


def find_detention(page):
    page.goto("/")
    open_menu(page)
    page.get_by_role("navigation", name="Sections").get_by_role(
        "link", name="Programs"
    ).click()
    page.get_by_role("main").get_by_role(
        "link", name=re.compile("Conditions of immigration detention")
    ).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "Conditions of immigration detention"
    )


def find_the_spanish_video(page):
    page.goto("/training/")
    page.get_by_role("main").get_by_role(
        "link", name="Employee Rights and Responsibilities"
    ).first.click()
    spanish = page.get_by_role("main").locator("[lang=es]").first
    expect(spanish).to_contain_text("Español")


def find_the_seats(page):
    page.goto("/")
    page.get_by_role("main").get_by_role(
        "link", name=re.compile("DHS Council")
    ).first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("DHS Council")
    expect(page.get_by_role("main")).to_contain_text("permanent co-chair, one of three")
    expect(page.get_by_role("row", name=re.compile("CRCL Officer"))).to_contain_text(
        "Permanent co-chair"
    )


def find_all_populations(page):
    page.goto("/")
    people = page.get_by_role("main").locator('a[href^="/for/"]')
    addresses = {each.get_attribute("href") for each in people.all()}
    assert len(addresses) >= 10
    for address in sorted(addresses):
        page.goto(address)
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        assert_no_sideways_scroll(page)


def find_by_a_word(page):
    page.goto("/")
    open_menu(page)
    box = page.get_by_role("searchbox", name="Search this site")
    box.fill("mismatch")
    box.press("Enter")
    heading = page.get_by_role("heading", level=1)
    expect(heading).to_have_text(re.compile("results for “mismatch”"))
    expect(page.locator("mark").first).to_be_visible()
    page.get_by_role("link", name="Employee Rights and Responsibilities").click()
    expect(heading).to_contain_text("Employee Rights")
    page.go_back()


JOURNEYS = [
    find_by_a_word,
    find_detention,
    find_the_spanish_video,
    find_the_seats,
    find_all_populations,
]
EVERY_JOURNEY = pytest.mark.parametrize(
    "journey", JOURNEYS, ids=lambda journey: journey.__name__
)


@EVERY_JOURNEY
def test_a_visitor_finds_it(visitor, assert_accessible, journey):
    journey(visitor)
    assert_accessible(visitor)


@EVERY_JOURNEY
def test_a_visitor_without_script_finds_it(plain_visitor, journey):
    journey(plain_visitor)
    assert_no_sideways_scroll(plain_visitor)


def test_the_library_is_narrowed_by_what_a_visitor_ticks(visitor, assert_accessible):
    visitor.goto("/training/?kind=video")
    expect(visitor.get_by_role("main")).to_contain_text(
        "Employer Responsibilities and Workers Rights"
    )
    expect(visitor.get_by_role("main")).not_to_contain_text("Asylum Seekers Overview")
    assert_accessible(visitor)


def test_the_way_out_leads_away_at_once(visitor, portal):
    visitor.goto("/programs/detention/")
    link = visitor.get_by_role("link", name=re.compile("Leave this site"))
    expect(link).to_have_attribute("href", "/leave/")
    left = visitor.request.get("/leave/", max_redirects=0)
    assert left.status == 303
    assert not left.headers["location"].startswith(portal)
    assert "no-store" in left.headers["cache-control"]


def test_the_keyboard_reaches_the_text_first(visitor):
    visitor.goto("/programs/detention/")
    visitor.keyboard.press("Tab")
    skip = visitor.locator(":focus")
    expect(skip).to_have_attribute("href", "#main")
    expect(skip).to_be_in_viewport()
    visitor.keyboard.press("Enter")
    expect(visitor.locator("#main")).to_be_focused()


def test_a_missing_page_helps(visitor, assert_accessible):
    response = visitor.goto("/no-such-page/")
    visitor.faults.clear()  # the browser itself reports the 404
    assert response.status == 404
    expect(visitor.get_by_role("heading", level=1)).to_be_visible()
    assert_accessible(visitor)
