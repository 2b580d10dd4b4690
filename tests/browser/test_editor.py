"""What staff come for, at a desk: a page from the first word to the day it is changed."""

import datetime
import re
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import AXE
from tests.browser.seed import PASSWORD

TITLE = "Access to counsel"
ADDRESS = "/programs/access-to-counsel/"
SUMMARY = "How people in detention reach a lawyer, and what we do about it."
ROLE = "Reviews how detainees reach counsel"
PARTNERS = {
    "Compliance Branch": "Looks into complaints",
    "DHS Office of Policy": "Writes the rules",
}
TO_PUBLISHER = "Submit to Approval by a publisher"


def sign_in(page, role):
    page.goto("/admin/")
    page.get_by_label("E-mail address").fill(f"{role.lower()}@example.gov")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Immigration Section")


def find(page, title):
    """Opens the editor of a page, found by its title."""
    page.goto("/admin/")
    search = page.get_by_role("textbox", name="Search term")
    search.fill(title)
    search.press("Enter")
    results = page.get_by_role("table").locator(".title-wrapper")
    results.get_by_role("link", name=title, exact=True).click()
    expect(page.get_by_role("textbox", name="Title")).to_have_value(title)


def add_program(page):
    """From the menu of the tree to an empty form."""
    find(page, "Programs")
    page.get_by_role("button", name="Actions", exact=True).first.click()
    page.get_by_role("link", name="Add child page").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("New: Program")


def add_block(page, label):
    body = page.get_by_role("region", name="Body")
    body.get_by_role("button", name="Insert a block").last.click()
    page.get_by_role("option", name=label, exact=True).click()
    return body.get_by_role("region", name=label)


def add_row(rows, button):
    """The row that a button adds; the last one would be another's until it is there."""
    there = rows.count()
    button.click()
    return rows.nth(there)


def write_body(page):
    text = add_block(page, "Text")
    text.get_by_role("textbox", name="Heading").fill("What has changed")
    text.get_by_role("textbox").last.press_sequentially("Lawyers are told sooner.")

    items = add_block(page, "Items")
    items.get_by_role("textbox", name="Heading").fill("Safeguards in place")
    items.get_by_label("Kind").select_option("Safeguards")
    item = items.get_by_role("region", name="Item")
    item.get_by_role("textbox").first.press_sequentially("A telephone in each unit")
    for part in ["Free of charge", "Not listened to"]:
        add = item.get_by_role("button", name="Add", exact=True).last
        row = add_row(item.get_by_role("region", name="Part"), add)
        row.get_by_role("textbox").fill(part)

    action = add_block(page, "Call to action")
    action.get_by_role("textbox", name="Label").fill("Find a lawyer")
    action.get_by_label("or an address elsewhere").fill("https://www.justice.gov/eoir")


def add_partners(page):
    partners = page.get_by_role("region", name="Organizations we work with")
    for name, role in PARTNERS.items():
        add = partners.get_by_role("button", name="Add organization")
        row = add_row(partners.get_by_role("region", name="Organization"), add)
        row.get_by_role("button", name="Choose organization").click()
        page.get_by_role("dialog").get_by_role("link", name=name).click()
        expect(row).to_contain_text(name)
        row.get_by_role("textbox", name="Role").fill(role)


def act(page, name):
    """What the footer's menu offers."""
    page.get_by_role("button", name="More actions").click()
    page.get_by_role("button", name=name, exact=True).click()


def expect_page(page):
    """The new page as visitors see it, in our own look."""
    heading = page.get_by_role("heading", level=1)
    expect(heading).to_have_text(TITLE)
    expect(heading).to_have_css("font-family", re.compile("Merriweather"))
    main = page.get_by_role("main")
    expect(main).to_contain_text(SUMMARY)
    for name in ["What has changed", "Safeguards in place"]:
        expect(main.get_by_role("heading", name=name)).to_be_visible()
    expect(
        main.get_by_role("listitem").filter(has_text="Not listened to").last
    ).to_be_visible()
    expect(main.get_by_role("link", name="Find a lawyer")).to_be_visible()
    expect(main.get_by_role("definition").filter(has_text=ROLE)).to_be_visible()
    for name, role in PARTNERS.items():
        row = main.get_by_role("definition").filter(has_text=name)
        expect(row.filter(has_text=role).first).to_be_visible()


def expect_preview(page):
    page.get_by_role("button", name="Toggle preview").click()
    expect_page(page.frame_locator("iframe#w-preview-iframe"))
    page.wait_for_load_state("networkidle")  # what is typed has reached the session
    with page.expect_popup() as opened:
        page.get_by_role("link", name="Preview in new tab").click()
    expect_page(opened.value)
    opened.value.close()
    page.get_by_role("button", name="Toggle preview").click()


def schedule(page, **delta):
    """By the clock of the Section: Eastern time, as the form says."""
    at = datetime.datetime.now(ZoneInfo("America/New_York"))
    at += datetime.timedelta(**delta)
    page.get_by_role("button", name="Toggle status").click()
    page.get_by_role("button", name="Set schedule").click()
    dialog = page.get_by_role("dialog", name="Set publishing schedule")
    dialog.get_by_label("Go live date/time").fill(at.strftime("%Y-%m-%d %H:%M"))
    # By the keyboard: the calendar stays open and covers the button.
    dialog.get_by_role("button", name="Save schedule").press("Enter")


def expect_told(page, words):
    expect(page.get_by_role("status").filter(has_text=words).first).to_be_visible()


@pytest.fixture
def cleared(run):
    """Nothing of a journey is left for the tests that count pages."""
    yield
    forget = f"from wagtail.models import Page; [page.delete() for page in Page.objects.filter(url_path__endswith={ADDRESS!r})]"
    run("manage.py", "shell", "-v0", "-c", forget)


def test_a_page_goes_live_and_changes_on_its_day(open_desk, run, cleared):
    editor, publisher, passer_by = open_desk(), open_desk(), open_desk()
    sign_in(editor, "Editor")
    add_program(editor)
    editor.get_by_role("textbox", name="Title").fill(TITLE)
    editor.get_by_role("textbox", name="Summary").fill(SUMMARY)
    editor.get_by_role("textbox", name="Our role").fill(ROLE)
    write_body(editor)
    add_partners(editor)
    expect_preview(editor)
    act(editor, TO_PUBLISHER)
    expect_told(editor, "has been submitted for moderation")
    assert passer_by.goto(ADDRESS).status == 404

    sign_in(publisher, "Publisher")
    publisher.get_by_role("main").get_by_role("link", name=TITLE).click()
    act(publisher, "Approve")
    expect_told(publisher, "has been updated")
    assert passer_by.goto(ADDRESS).status == 200
    expect_page(passer_by)

    find(publisher, TITLE)
    publisher.get_by_role("textbox", name="Our role").fill("Asks detainees")
    schedule(publisher, minutes=30)
    act(publisher, "Schedule to publish")
    expect_told(publisher, "has been scheduled for publishing")
    run("manage.py", "tick")
    passer_by.reload()
    expect_page(passer_by)

    run("-m", "tests.browser.later")
    passer_by.reload()
    role = passer_by.get_by_role("definition").filter(has_text="detainees")
    expect(role).to_have_text("Asks detainees")


def test_a_refusal_stands_at_its_field_and_keeps_what_was_typed(staff):
    sign_in(staff, "Publisher")
    add_program(staff)
    staff.get_by_role("textbox", name="Title").fill("No summary yet")
    staff.get_by_role("textbox", name="Our role").fill(ROLE)
    text = add_block(staff, "Text")
    text.get_by_role("textbox", name="Heading").fill("What has changed")
    act(staff, "Publish")

    expect_told(staff, "validation errors")
    summary = staff.get_by_role("textbox", name="Summary")
    expect(summary).to_have_accessible_description(re.compile("This field is required"))
    expect(staff.get_by_role("textbox", name="Title")).to_have_value("No summary yet")
    expect(staff.get_by_role("textbox", name="Our role")).to_have_value(ROLE)
    expect(text.get_by_role("textbox", name="Heading")).to_have_value(
        "What has changed"
    )
    assert staff.request.get("/programs/no-summary-yet/").status == 404


# What axe finds in Wagtail's own markup, which we do not copy to mend: rule, where, why
WAGTAILS = {
    # The rich text box has no name of its own; its label stands above it, for eyes alone.
    "aria-input-field-name": ".public-DraftEditor-content",
    # In a list of plain fields each is named by its panel's heading, not by a label.
    "label": "[data-streamfield-list-container] input",
    # The list of headings beside the form, once it is longer than the window.
    "scrollable-region-focusable": ".w-minimap__list",
}


def assert_accessible_desk(page):
    for fault in AXE.run(page).response["violations"]:
        ours = [
            node["html"]
            for node in fault["nodes"]
            if not _wagtails(page, fault["id"], node["target"][0])
        ]
        assert ours == [], f"{fault['id']} on {page.url}: {fault['help']}"


def _wagtails(page, rule, target):
    return rule in WAGTAILS and page.locator(target).evaluate(
        "(element, where) => element.matches(where)", WAGTAILS[rule]
    )


EDITED = ["Conditions of immigration detention"]


def test_the_desk_is_accessible(staff):
    staff.goto("/admin/")
    assert_accessible_desk(staff)
    sign_in(staff, "Administrator")
    assert_accessible_desk(staff)
    for title in EDITED:
        find(staff, title)
        assert_accessible_desk(staff)
