"""What those who edit pages learn of the answers to "Was this page helpful?"."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group, Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import GroupPagePermission, Locale

from accounts.models import User
from accounts.roles import EDITOR, PUBLISHER, WEBSITE
from contact.models import FeedbackReason, PageFeedback
from tests import factories

REPORT = "/admin/reports/was-it-helpful/"


@pytest.fixture
def member(home, client):
    def sign_in(role):
        user = User.objects.create_user(f"{role.lower()}@example.gov", "x")
        user.groups.add(Group.objects.get(name=role))
        client.force_login(user)
        return client

    return sign_in


@pytest.fixture
def programs(home):
    return factories.ProgramIndexPageFactory(parent=home, title="Programs")


@pytest.fixture
def detention(programs):
    return factories.ProgramPageFactory(parent=programs, title="Detention")


@pytest.fixture
def contact(home):
    return factories.ContactPageFactory(parent=home, title="Contact")


def reason(text, **fields):
    return FeedbackReason.objects.create(
        text=text, locale=Locale.get_default(), **fields
    )


def answers(page, yes=0, no=0, reason=None, days_ago=0):
    day = timezone.localdate() - timedelta(days=days_ago)
    helpful = {True: yes, False: no}
    for said, count in helpful.items():
        if count:
            PageFeedback.objects.create(
                page=page, day=day, helpful=said, reason=reason, count=count
            )


def tables(client, **asked):
    """The rows of each table by its heading, a row as the texts of its cells."""
    html = BeautifulSoup(client.get(REPORT, asked).content, "html.parser")
    return {
        html.find(id=table["aria-labelledby"]).text.split(",")[0]: [
            [" ".join(cell.text.split()) for cell in row.find_all(["th", "td"])]
            for row in table.tbody.find_all("tr")
        ]
        for table in html.select("table.listing")
    }


def test_it_counts_by_page_and_by_section(member, programs, detention, contact):
    hard, old = reason("It was hard to read"), reason("It was out of date")
    answers(programs, yes=1)
    answers(detention, yes=3, no=5)
    answers(detention, no=1, reason=hard)
    answers(detention, no=2, reason=old)
    answers(contact, yes=4, no=1)

    found = tables(member(EDITOR))

    assert found["Sections"] == [
        ["Programs", "4", "5", "44%"],
        ["Contact", "4", "1", "80%"],
    ]
    assert found["Pages"] == [
        ["Detention", "3", "5", "38%", "It was out of date (2)"],
        ["Contact", "4", "1", "80%", ""],
        ["Programs", "1", "0", "100%", ""],
    ]


def test_each_page_leads_to_its_editor(member, detention):
    answers(detention, no=1)

    assert (
        f'href="/admin/pages/{detention.pk}/edit/"' in member(EDITOR).get(REPORT).text
    )


def test_days_are_added_up_and_old_ones_left_out(member, contact):
    for days_ago in [0, 29, 30, 89, 90, 364, 365]:
        answers(contact, yes=1, days_ago=days_ago)
    client = member(EDITOR)

    def counted(**asked):
        return tables(client, **asked)["Pages"][0][1]

    assert counted() == counted(days="90") == "4"
    assert counted(days="30") == "2"
    assert counted(days="365") == "6"
    assert counted(days="1'; --") == counted(days="%00x") == "4"


def test_before_anybody_answers_it_says_so(member):
    assert "Nobody has answered in this time" in member(EDITOR).get(REPORT).text


def test_a_page_in_another_language_says_which(member, home, contact, spanish):
    translated = contact.copy_for_translation(spanish)
    answers(translated, yes=1)

    assert tables(member(EDITOR))["Pages"][0][0] == "Contact (Spanish)"


@pytest.mark.parametrize("role", WEBSITE)
def test_every_role_that_edits_pages_finds_it_in_the_menu(member, role):
    client = member(role)

    assert "Was it helpful?" in client.get("/admin/").text
    assert client.get(REPORT).status_code == 200


def test_whoever_edits_no_page_neither_finds_nor_opens_it(home, client, contact):
    answers(contact, yes=7)
    user = User.objects.create_user("other@example.gov", "x")
    user.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(user)

    assert "Was it helpful?" not in client.get("/admin/").text
    response = client.get(REPORT)
    assert response.status_code == 302
    assert "Sorry, you do not have permission" in client.get(response.url).text


def test_an_editor_of_one_section_sees_that_section(home, client, detention, contact):
    answers(detention, no=1)
    answers(contact, yes=1)
    user = User.objects.create_user("other@example.gov", "x")
    user.user_permissions.add(Permission.objects.get(codename="access_admin"))
    group = Group.objects.create(name="Contact only")
    user.groups.add(group)
    GroupPagePermission.objects.create(
        group=group,
        page=contact,
        permission=Permission.objects.get(codename="change_page"),
    )
    client.force_login(user)

    assert [row[0] for row in tables(client)["Pages"]] == ["Contact"]


def test_a_stranger_is_asked_to_sign_in(home, client):
    assert client.get(REPORT).url.startswith("/admin/login/")


def test_it_costs_the_same_for_many_pages_and_shows_fifty_at_once(member, programs):
    client = member(EDITOR)
    hard = reason("It was hard to read")

    def cost():
        with CaptureQueriesContext(connection) as queries:
            client.get(REPORT)
        return len(queries)

    for _ in range(3):
        answers(factories.ProgramPageFactory(parent=programs), no=1, reason=hard)
    answers(programs, no=1)
    cost()
    few = cost()
    for _ in range(57):
        page = factories.ProgramPageFactory(parent=programs, rows=False)
        answers(page, no=1)
        answers(page, no=1, reason=hard)

    assert cost() <= few + 1
    assert len(tables(client)["Pages"]) == 50
    assert len(tables(client, p="2")["Pages"]) == 8
    assert tables(client, p="9999") == tables(client, p="2")


def test_the_reasons_are_kept_among_the_words_we_use(member):
    old = reason("It was out of date")
    client = member(PUBLISHER)
    address = "/admin/snippets/contact/feedbackreason/"

    assert old.text in client.get(address).text
    client.post(f"{address}add/", {"text": "It was too long", "offered": "on"})
    assert FeedbackReason.objects.filter(text="It was too long").exists()


def test_an_editor_looks_at_the_reasons_and_changes_none(member):
    old = reason("It was out of date")
    client = member(EDITOR)
    address = "/admin/snippets/contact/feedbackreason/"

    assert old.text in client.get(address).text
    client.post(f"{address}edit/{old.pk}/", {"text": "Changed", "offered": "on"})
    client.post(f"{address}delete/{old.pk}/")
    assert FeedbackReason.objects.get().text == old.text


@pytest.mark.parametrize("act", ["delete/{pk}/", "bulk"])
def test_a_reason_that_was_chosen_stays_and_staff_learn_what_to_do(
    member, contact, act
):
    old = reason("It was out of date")
    answers(contact, no=1, reason=old)
    address = f"/admin/snippets/contact/feedbackreason/{act.format(pk=old.pk)}"
    if act == "bulk":
        address = f"/admin/bulk/contact/feedbackreason/delete/?id={old.pk}"

    response = member(PUBLISHER).post(address, follow=True)

    assert "take the tick from" in response.text
    assert FeedbackReason.objects.filter(pk=old.pk).exists()
