"""Interests are taken out for a purpose, which is kept with each, in a file that runs nothing."""

import csv
from datetime import datetime
from io import BytesIO, StringIO
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given
from hypothesis import settings as effort
from hypothesis import strategies as st
from openpyxl import load_workbook

from accounts.roles import AUDITOR, INTAKE
from contact.export import WRITERS
from contact.models import Interest
from records.models import Event
from records.normalise import tidy
from tests import people

ADDRESS = "/admin/interests/export/"
A_PURPOSE = {
    "purpose": "List for the meeting in March",
    "of_the_record": ["reference", "received", "state"],
    "of_the_person": ["name", "phone", "statement"],
    "kind": "csv",
}


@pytest.fixture
def desk(client, home):
    client.force_login(people.somebody(INTAKE))
    return client


@pytest.fixture
def interest(home):
    return people.InterestFactory(
        phone="+1 202 555 0143",
        statement="We help workers.",
        received_at=datetime(2026, 11, 2, 21, 5, tzinfo=ZoneInfo("America/New_York")),
    )


def take_out(desk, query="", **sent):
    return desk.post(ADDRESS + query, A_PURPOSE | sent)


def rows(response):
    """The lines of a file, the names of its columns first."""
    if "csv" in response["Content-Type"]:
        text = response.content.decode("utf-8-sig")
        return list(csv.reader(StringIO(text, newline="")))
    sheet = load_workbook(BytesIO(response.content)).active
    return [[cell or "" for cell in row] for row in sheet.iter_rows(values_only=True)]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_file_holds_what_was_chosen_and_nothing_else(desk, interest, kind):
    response = take_out(desk, kind=kind)

    assert rows(response) == [
        [
            "Reference",
            "Received (Eastern time)",
            "State",
            "Name",
            "Phone",
            "Statement",
        ],
        [
            interest.reference,
            "2026-11-02 21:05",
            "Received",
            "Ada Lovelace",
            "+1 202 555 0143",
            "We help workers.",
        ],
    ]
    assert "no-store" in response["Cache-Control"]
    assert response["Content-Disposition"].endswith(f'.{kind}"')
    assert int(response["Content-Length"]) == len(response.content)


def test_who_took_it_out_and_why_is_kept_with_each_record(desk, interest):
    other = people.InterestFactory(name="Grace Hopper")
    take_out(desk)

    events = Event.objects.filter(act="exported")
    assert {event.reference for event in events} == {
        interest.reference,
        other.reference,
    }
    assert {event.why for event in events} == {A_PURPOSE["purpose"]}
    assert len({event.facts["export"] for event in events}) == 1
    read = desk.get(f"/admin/interests/inspect/{interest.pk}/").text
    assert A_PURPOSE["purpose"] in read
    assert "Taken out as a file" in read


def test_it_is_what_the_list_shows(desk, interest):
    decided = people.InterestFactory(state="decided", outcome="listed")
    apart = people.InterestFactory(
        held_apart_at=interest.received_at, suspicion="many_links"
    )
    listed = {row[0] for row in rows(take_out(desk))[1:]}
    assert listed == {interest.reference, decided.reference}
    for query, record in [("?state=decided", decided), ("?held_apart=true", apart)]:
        link = desk.get(f"/admin/interests/{query}").text
        assert f"{ADDRESS}{query}" in link
        assert [row[0] for row in rows(take_out(desk, query))[1:]] == [record.reference]


def test_nothing_about_the_person_is_ticked_before_somebody_ticks_it(desk, interest):
    text = desk.get(ADDRESS).text

    assert "One record." in text
    for column in ["name", "email", "statement"]:
        box = text.split(f'value="{column}"')[1].split(">")[0]
        assert "checked" not in box
    assert "checked" in text.split('value="reference"')[1].split(">")[0]
    assert not Event.objects.exists()


@pytest.mark.parametrize(
    ("sent", "says"),
    [
        ({"purpose": ""}, "Say what the file is for"),
        ({"purpose": "\u200b"}, "Say what the file is for"),
        ({"of_the_record": [], "of_the_person": []}, "Choose at least one column"),
        ({"of_the_record": ["password"]}, "Select a valid choice"),
        ({"kind": ""}, "Choose what kind of file"),
        ({"kind": "pdf"}, "Select a valid choice"),
    ],
)
def test_what_is_missing_is_said_and_nothing_leaves(desk, interest, sent, says):
    response = take_out(desk, **sent)

    assert response.status_code == 422
    assert says in response.text
    assert "Ada Lovelace" not in response.text
    assert not Event.objects.exists()


def test_only_who_may_export_finds_the_way(client, interest):
    client.force_login(people.somebody(AUDITOR))

    assert ADDRESS not in client.get("/admin/interests/").text
    assert take_out(client).status_code in {302, 403}
    assert not Event.objects.filter(act="exported").exists()


@pytest.mark.parametrize("query", ["?state=x", "?topics__topic=%22", "?p=abc", "?x[=1"])
def test_any_filter_is_answered(desk, interest, query):
    assert desk.get(ADDRESS + query).status_code in {200, 400}
    assert take_out(desk, query).status_code in {200, 400}


RUN = ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1+1", " =1", "＝1+1"]
KEPT = ["+1 202 555 0143", "+1 (202) 555-0143 ext. 12", "+12025550143", "a=b", ""]


@pytest.mark.parametrize("text", RUN)
def test_no_spreadsheet_runs_what_somebody_wrote(desk, interest, text):
    Interest.objects.update(name=text)

    assert rows(take_out(desk))[1][3] == f"'{text}"
    book = load_workbook(BytesIO(take_out(desk, kind="xlsx").content))
    cell = book.active.cell(2, 4)
    assert (cell.value, cell.data_type) == (text, "s")


@pytest.mark.parametrize("text", KEPT)
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_what_is_no_formula_stays_as_it_is(desk, interest, kind, text):
    Interest.objects.update(phone=text)

    assert rows(take_out(desk, kind=kind))[1][4] == text


def test_a_sign_that_no_sheet_can_hold_breaks_nothing(desk, interest):
    Interest.objects.update(statement="before\x0bafter")

    assert rows(take_out(desk, kind="xlsx"))[1][5] == "beforeafter"


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_what_cannot_be_read_says_so(desk, interest, settings, kind):
    settings.FIELD_KEYS = ["b3RoZXIga2V5IGZvciB0ZXN0cyBvbmx5LCBub3RoaW4="]

    assert (
        rows(take_out(desk, kind=kind))[1][3] == "cannot be read with the keys at hand"
    )


@effort(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(text=st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")))
def test_any_text_survives(desk, interest, text):
    Interest.objects.update(statement=tidy(text))
    kept = Interest.objects.get().statement

    assert rows(take_out(desk))[1][5] in {kept, f"'{kept}"}
    assert rows(take_out(desk, kind="xlsx"))[1][5] == kept


def test_it_costs_the_same_for_5_and_50_records(desk, home):
    def cost():
        with CaptureQueriesContext(connection) as asked:
            take_out(desk)
        return len(asked)

    people.InterestFactory.create_batch(5)
    cost()
    few = cost()
    people.InterestFactory.create_batch(45)
    assert cost() == few


def test_a_file_that_breaks_is_no_file_and_no_event(desk, interest, monkeypatch):
    desk.raise_request_exception = False

    def break_down(rows):
        raise OSError("the disk is full")

    monkeypatch.setitem(WRITERS, "csv", break_down)
    response = take_out(desk)

    assert response.status_code == 500
    assert "Content-Disposition" not in response
    assert not Event.objects.exists()
