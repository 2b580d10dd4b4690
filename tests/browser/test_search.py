"""The search in every state, for eyes, hands and screen readers; and what editors put first."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import assert_no_sideways_scroll
from tests.browser.test_editor import sign_in

STATES = {
    "before anything is typed": "",
    "what is found, narrowed and turned": "?q=DHS",
    "the second page": "?q=DHS&page=2",
    "one type": "?q=DHS&kind=glossary",
    "a type that has none of it": "?q=blue+campaign&kind=course",
    "a slip of the finger": "?q=detenton",
    "a sentence that no page has whole": "?q=my+husband+is+in+jail",
    "nothing": "?q=zebra+crossing",
    "one word without an end": f"?q={'z' * 150}",
}


@pytest.mark.parametrize("language", ["", "/ar"])
def test_every_state_is_accessible_in_both_directions(
    visitor, assert_accessible, language
):
    for state in STATES.values():
        assert visitor.goto(f"{language}/search/{state}").status == 200
        assert_accessible(visitor)


def narrow_and_turn(page):
    page.goto("/search/?q=DHS")
    page.get_by_role("navigation", name="Pages of results").get_by_role(
        "link", name="Next"
    ).click()
    page.wait_for_url(re.compile("page=2"))  # and with its style sheet
    narrow = page.locator("summary", has_text="Narrow the list")
    if narrow.is_visible():
        narrow.click()
    page.locator('input[value="glossary"]:visible').check()
    page.get_by_role("button", name="Show these").locator("visible=true").click()
    expect(page).to_have_url(re.compile("kind=glossary"))
    results = page.get_by_role("region", name="Results")
    expect(results.locator(".results__kind").first).to_have_text("Glossary")
    page.get_by_role("link", name=re.compile("Clear:")).first.click()
    expect(page).to_have_url(re.compile(r"\?q=DHS$"))
    assert_no_sideways_scroll(page)


def test_a_visitor_narrows_the_list_and_turns_its_pages(visitor):
    narrow_and_turn(visitor)


def test_a_visitor_without_script_narrows_the_list_and_turns_its_pages(plain_visitor):
    narrow_and_turn(plain_visitor)


def test_a_slip_of_the_finger_is_one_press_away_from_what_was_meant(visitor):
    visitor.goto("/search/?q=detenton")
    visitor.get_by_role("link", name="detention", exact=True).click()

    heading = visitor.get_by_role("heading", level=1)
    expect(heading).to_have_text(re.compile("results? for “detention”"))


def test_a_publisher_promotes_a_page_and_a_visitor_finds_it_first(
    staff, visitor, width, assert_accessible
):
    phrase = f"locked {'up' if width > 500 else 'away'}"
    sign_in(staff, "Publisher")
    staff.goto("/admin/searchpicks/add/")
    staff.get_by_label("Search term(s)/phrase").fill(phrase)
    staff.get_by_role("button", name="Add a recommended result").click()
    staff.get_by_role("button", name="Choose a page").click()
    dialog = staff.get_by_role("dialog")
    dialog.get_by_role("textbox", name="Search term").fill("immigration detention")
    dialog.get_by_role("link", name="Conditions of immigration detention").click()
    staff.get_by_label("Description").fill("What you can expect, and whom to tell.")
    staff.get_by_role("button", name="Create").click()
    expect(staff.get_by_role("main")).to_contain_text("created")

    visitor.goto(f"/search/?q={phrase}")
    first = visitor.locator(".results__one").first
    expect(first).to_contain_text("Suggested · Program")
    expect(first).to_contain_text("whom to tell")
    assert_accessible(visitor)
    first.get_by_role("link").first.click()
    expect(visitor).to_have_url(re.compile("/programs/detention/$"))
