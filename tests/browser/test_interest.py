"""A stakeholder's way from the home page to a reference, and an officer's from list to decision."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import assert_no_sideways_scroll
from tests.browser.test_editor import sign_in

REFERENCE = re.compile(r"EOI-\w{4}-\w{4}")


def fill_in(page):
    page.get_by_label("Take part in the NGO Committee").check()
    page.get_by_label("Your name").fill("Ada Lovelace")
    page.get_by_label("Phone number").fill("202-555-0143 ext. 12")
    page.get_by_label("What would you like to tell us?").fill("We help workers.")


def press(page, name):
    """Press what sends a form, and see its answer."""
    with page.expect_navigation():
        page.get_by_role("button", name=name, exact=True).click()


def test_a_stakeholder_mends_an_error_checks_and_sends(visitor, assert_accessible):
    visitor.goto("/interest/")
    assert_accessible(visitor)
    press(visitor, "Check your answers")

    expect(visitor).to_have_title(re.compile("^Error:"))
    expect(visitor.get_by_role("alert")).to_be_focused()
    assert_accessible(visitor)
    visitor.get_by_role("link", name="Enter your name").click()
    expect(visitor.get_by_label("Your name")).to_be_focused()
    fill_in(visitor)
    press(visitor, "Check your answers")
    expect(visitor.get_by_role("heading", level=1)).to_have_text("Check your answers")
    assert_accessible(visitor)
    visitor.get_by_role("button", name=re.compile("Change.*Your name")).click()
    expect(visitor.get_by_label("Your name")).to_have_value("Ada Lovelace")
    press(visitor, "Check your answers")
    press(visitor, "Send")
    expect(visitor.locator("bdi").filter(has_text=REFERENCE)).to_be_visible()
    assert_accessible(visitor)
    assert_no_sideways_scroll(visitor)


def test_every_error_leads_to_its_field(visitor, assert_accessible):
    visitor.goto("/interest/")
    visitor.get_by_label("Your name").fill("Ada" * 100)
    visitor.get_by_label("E-mail address").fill("ada@localhost")
    ways = visitor.get_by_role("group", name="How should we reach you?")
    ways.get_by_label("Phone").check()
    visitor.get_by_label("Language you prefer").select_option("Another language")
    visitor.get_by_label("What would you like to tell us?").fill("a" * 2500)
    press(visitor, "Check your answers")
    assert_accessible(visitor)

    links = visitor.get_by_role("alert").get_by_role("link")
    expect(links).to_have_count(6)
    for link in links.all():
        link.click()
        target = link.get_attribute("href")
        expect(visitor.locator(target)).to_be_focused()
    expect(visitor.get_by_label("What would you like to tell us?")).to_have_value(
        "a" * 2500
    )


def test_whoever_has_only_a_postal_address_is_heard(visitor, assert_accessible):
    visitor.goto("/interest/")
    visitor.get_by_label("Work with us in another way").check()
    visitor.get_by_label("Your name").fill("Ana Flores")
    visitor.get_by_label("Postal address").fill(
        "c/o Casa\nP.O. Box 7\nEl Paso, TX 79901"
    )
    press(visitor, "Check your answers")
    expect(visitor.get_by_role("main")).to_contain_text("P.O. Box 7")
    press(visitor, "Send")

    expect(visitor.get_by_role("main")).to_contain_text("By post, as you asked.")
    assert_accessible(visitor)


def test_each_of_two_tabs_sends_what_it_shows_and_once(visitor):
    tabs = {"Ada Lovelace": visitor, "Grace Hopper": visitor.context.new_page()}
    for name, tab in tabs.items():
        tab.goto("/interest/")
        fill_in(tab)
        tab.get_by_label("Your name").fill(name)
        press(tab, "Check your answers")
    for name, tab in tabs.items():
        expect(tab.get_by_role("main")).to_contain_text(name)
        press(tab, "Send")
        expect(tab.get_by_role("main")).to_contain_text("Your reference")
    references = {REFERENCE.search(tab.content())[0] for tab in tabs.values()}
    assert len(references) == 2


def test_back_from_the_check_page_leads_to_what_was_typed(visitor):
    visitor.goto("/interest/")
    fill_in(visitor)
    press(visitor, "Check your answers")
    expect(visitor.get_by_role("heading", level=1)).to_have_text("Check your answers")
    # By script: the protocol's own way back is refused while pages are being swapped.
    visitor.evaluate("setTimeout(() => history.back())")

    expect(visitor.get_by_label("Your name")).to_have_value("Ada Lovelace")
    expect(visitor.get_by_label("Take part in the NGO Committee")).to_be_checked()


def test_what_is_left_to_write_is_counted_as_people_count(visitor, assert_accessible):
    visitor.goto("/interest/")
    statement = visitor.get_by_label("What would you like to tell us?")
    statement.press_sequentially("é\n🇺🇸")
    expect(visitor.get_by_role("status")).to_have_text("Characters left: 1997")
    statement.fill("a" * 2003)
    expect(visitor.get_by_role("status")).to_contain_text("Characters to leave out: 3")
    assert_accessible(visitor)


def test_the_same_without_script(plain_visitor):
    plain_visitor.goto("/interest/")
    fill_in(plain_visitor)
    press(plain_visitor, "Check your answers")
    press(plain_visitor, "Send")

    expect(plain_visitor.locator("bdi").filter(has_text=REFERENCE)).to_be_visible()


def test_the_form_reads_from_the_right_in_arabic(visitor, assert_accessible):
    for path in ["/ar/interest/", "/ar/interest/print/", "/ar/interest/received/"]:
        visitor.goto(path)
        assert visitor.locator("html").get_attribute("dir") == "rtl"
        assert_no_sideways_scroll(visitor)
        assert_accessible(visitor)


def test_a_change_of_language_takes_what_was_typed_along(visitor):
    visitor.goto("/interest/")
    fill_in(visitor)
    menu = visitor.locator("summary", has_text="Menu")
    if menu.is_visible():
        menu.click()
    visitor.locator('button[formaction="/ar/interest/"]:visible').click()

    expect(visitor.locator("html")).to_have_attribute("dir", "rtl")
    expect(visitor.locator("#id_name")).to_have_value("Ada Lovelace")
    expect(visitor.locator("#id_statement")).to_have_value("We help workers.")


@pytest.fixture
def sent(visitor, width):
    visitor.goto("/interest/")
    fill_in(visitor)
    # The same words within the hour would be the same interest, and decided already.
    visitor.get_by_label("What would you like to tell us?").fill(f"At {width} pixels.")
    press(visitor, "Check your answers")
    press(visitor, "Send")
    return REFERENCE.search(visitor.get_by_role("main").inner_text())[0]


def test_an_officer_reads_it_and_decides(staff, sent):
    sign_in(staff, "Intake")
    staff.goto("/admin/interests/")
    staff.get_by_role("link", name=sent).click()
    expect(staff.get_by_role("main")).to_contain_text("Ada Lovelace")
    press(staff, "In review")
    staff.get_by_label("What was decided").select_option("On the list of stakeholders")
    press(staff, "Decided")
    expect(staff.get_by_role("main")).to_contain_text("On the list of stakeholders")
