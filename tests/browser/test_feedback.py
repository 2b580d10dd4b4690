"""Visitors say whether a page helped, in a real browser at both widths."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import assert_no_sideways_scroll
from tests.browser.test_editor import sign_in

PAGES = ["/programs/detention/", "/programs/", "/training/", "/ngo-committee/"]


def box(page):
    return page.locator("#feedback")


def says_no_and_why(page, path="/programs/detention/"):
    page.goto(path)
    page.get_by_role("group", name="Was this page helpful?").get_by_role(
        "button", name="No"
    ).click()
    expect(page).to_have_url(f"{path}?helpful=no#feedback")
    expect(box(page)).to_be_focused()
    expect(box(page)).to_be_in_viewport()
    expect(box(page).get_by_role("link", name="1-866-644-8360")).to_be_visible()
    page.get_by_role("button", name="It was hard to understand").click()
    expect(page).to_have_url(f"{path}?helpful=noted#feedback")
    expect(box(page)).to_be_focused()
    expect(box(page)).to_contain_text("Thank you for telling us")


def test_a_visitor_says_no_and_why(visitor, assert_accessible):
    says_no_and_why(visitor)
    assert_accessible(visitor)


def test_a_visitor_without_script_says_no_and_why(plain_visitor):
    says_no_and_why(plain_visitor)
    assert_no_sideways_scroll(plain_visitor)


def test_one_press_says_yes_and_goes_back_to_the_place(visitor, assert_accessible):
    visitor.goto("/training/employee-rights-video/")
    visitor.get_by_role("button", name="Yes").click()

    expect(visitor).to_have_url("/training/employee-rights-video/?helpful=yes#feedback")
    expect(box(visitor)).to_be_focused()
    assert_accessible(visitor)
    assert visitor.context.cookies() == []

    visitor.reload()  # asks for the page, and sends nothing again
    expect(box(visitor)).to_contain_text("Thank you for telling us")


@pytest.mark.parametrize("state", ["", "?helpful=no", "?helpful=later"])
@pytest.mark.parametrize("language", ["", "/ar"])
def test_every_state_is_accessible_in_both_directions(
    visitor, assert_accessible, language, state
):
    paths = PAGES
    if language:
        listed = visitor.request.get("/sitemap.xml").text()
        paths = [path for path in PAGES if f"{language}{path}<" in listed]
        assert paths
    for path in paths:
        assert visitor.goto(f"{language}{path}{state}").status == 200
        assert_accessible(visitor, opened=False)


def test_the_keyboard_alone_answers(visitor):
    visitor.goto("/contact/")
    visitor.get_by_role("button", name="Yes").focus()
    visitor.keyboard.press("Tab")
    expect(visitor.get_by_role("button", name="No", exact=True)).to_be_focused()
    visitor.keyboard.press("Enter")

    expect(visitor).to_have_url("/contact/?helpful=no#feedback")
    visitor.keyboard.press("Tab")
    expect(box(visitor).get_by_role("button").first).to_be_focused()


def test_forced_colours_leave_the_buttons_their_edges(visitor):
    visitor.emulate_media(forced_colors="active")
    for state, button in [("", "No"), ("?helpful=no", "It was hard to understand")]:
        visitor.goto(f"/contact/{state}")
        edge = visitor.get_by_role("button", name=button, exact=True).evaluate(
            "each => getComputedStyle(each).borderTopWidth"
        )
        assert edge in {"1px", "2px"}


def test_paper_does_not_ask(visitor):
    visitor.goto("/contact/")
    visitor.emulate_media(media="print")

    expect(box(visitor)).to_be_hidden()


def test_another_site_cannot_answer_for_a_visitor(chromium, portal, visitor):
    """A form elsewhere, as a browser would send it."""
    visitor.goto("/contact/")
    number = box(visitor).locator("[name=page]").get_attribute("value")
    stranger = chromium.new_page()
    stranger.set_content(
        f'<form method="post" action="{portal}/feedback/">'
        f'<input name="page" value="{number}"><input name="helpful" value="no">'
        "<button>Win</button></form>"
    )
    stranger.get_by_role("button").click()

    expect(stranger.get_by_role("heading", level=1)).to_have_text(
        "We could not take your answer"
    )
    stranger.close()


def test_an_editor_reads_what_was_answered(staff):
    sign_in(staff, "Editor")
    staff.goto("/contact/")
    staff.get_by_role("button", name="Yes").click()
    staff.goto("/admin/reports/was-it-helpful/")

    row = staff.get_by_role("row").filter(has_text="Contact").last
    expect(row).to_contain_text("%")
