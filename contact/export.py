"""Interests as a file: who takes it out, and what for, is kept before a byte of it leaves."""

import csv
import re
from io import BytesIO, StringIO
from uuid import uuid4

from django.db import transaction
from django.utils import timezone
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from records.services import note_events


def _yes(answer):
    return {True: "yes", False: "no", None: ""}[answer]


# What a column is called, and what it says of an interest. Times are Washington's.
OF_THE_RECORD = {
    "reference": ("Reference", lambda it: it.reference),
    "received": (
        "Received (Eastern time)",
        lambda it: f"{timezone.localtime(it.received_at):%Y-%m-%d %H:%M}",
    ),
    "intake": ("How it reached us", lambda it: it.get_intake_display()),
    "state": ("State", lambda it: it.get_state_display()),
    "outcome": ("Decided", lambda it: it.get_outcome_display()),
    "assignee": ("Assigned to", lambda it: str(it.assignee or "")),
    "wants": ("Wants", lambda it: "; ".join(str(each) for each in it.wants)),
    "topics": ("Topics", lambda it: "; ".join(str(each) for each in it.topics.all())),
    "about": ("Came from", lambda it: it.about_label),
    "language": ("Language", lambda it: str(it.language_in_words)),
    "reachable_by": ("Reach by", lambda it: it.get_reachable_by_display()),
    "suspicion": ("Held apart as", lambda it: it.get_suspicion_display()),
}
OF_THE_PERSON = {
    "name": ("Name", lambda it: it.name),
    "organization": ("Organization", lambda it: it.organization),
    "role": ("Role", lambda it: it.role),
    "email": ("E-mail", lambda it: it.email),
    "phone": ("Phone", lambda it: it.phone),
    "message_is_safe": ("Message is safe", lambda it: _yes(it.message_is_safe)),
    "post": ("Post", lambda it: it.post),
    "other_language": ("Other language", lambda it: it.other_language),
    "for_someone_else": (
        "Writes for someone else",
        lambda it: _yes(it.for_someone_else),
    ),
    "statement": ("Statement", lambda it: it.statement),
}
COLUMNS = OF_THE_RECORD | OF_THE_PERSON


@transaction.atomic
def export_interests(interests, *, columns, kind, purpose, by):
    """
    The bytes of a CSV or XLSX file of these interests, the oldest first.

    Each of them keeps an event that tells who took out which columns and why. The file is
    whole before it is answered: if it cannot be made, nothing leaves and no event says so.
    """
    chosen = list(
        interests.order_by("received_at", "pk")
        .select_related("assignee")
        .prefetch_related("topics")
    )
    facts = {"export": uuid4().hex, "columns": columns, "as": kind, "of": len(chosen)}
    note_events(chosen, "exported", actor=by, why=purpose, **facts)
    shown = [COLUMNS[name] for name in COLUMNS if name in columns]
    rows = [[label for label, _says in shown]]
    rows += [[says(interest) for _label, says in shown] for interest in chosen]
    return WRITERS[kind](rows)


def as_csv(rows):
    """UTF-8 with its mark, by which Excel knows it; no cell is run as a formula."""
    text = StringIO(newline="")
    csv.writer(text).writerows([disarmed(cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


STARTS_A_FORMULA = tuple("=+-@\t\r＝＋－＠")
# With spaces, or digits alone, a spreadsheet reads a number of this kind as it stands;
# with nothing but hyphens it would subtract.
PHONE = re.compile(r"\+\d+|\+\d[\d().-]* [\d ().-]*(?: ?(?:ext\.?|x) ?\d+)?")


def disarmed(cell):
    """A cell that a spreadsheet shows and never runs: an apostrophe goes before it."""
    runs = cell.startswith(STARTS_A_FORMULA) or cell.lstrip().startswith(
        STARTS_A_FORMULA
    )
    return f"'{cell}" if runs and not PHONE.fullmatch(cell) else cell


def as_xlsx(rows):
    """Every cell is text, so that none is a formula and no number loses a nought."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Interests")
    for row in rows:
        cells = []
        for text in row:
            cell = WriteOnlyCell(sheet, ILLEGAL_CHARACTERS_RE.sub("", text))
            cell.data_type = "s"
            cells.append(cell)
        sheet.append(cells)
    file = BytesIO()
    book.save(file)
    return file.getvalue()


WRITERS = {"csv": as_csv, "xlsx": as_xlsx}
