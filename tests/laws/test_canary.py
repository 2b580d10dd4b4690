"""
One marked word in each field, everything done once, every failure provoked: then the words
are looked for wherever the portal writes. They are in sealed columns and nowhere else.
"""

import io
import logging
import smtplib

import pytest
from django.contrib.sessions.models import Session
from django.core import mail as sent_mail
from django.core.cache import caches
from django.core.mail.backends.base import BaseEmailBackend
from django.core.management import call_command
from django.db import OperationalError, connection
from django.test import Client
from django.views.debug import get_exception_reporter_class

from accounts.roles import INTAKE
from contact import services, views
from contact.models import Interest
from core.clock import tick
from mailing.models import Mail
from records.models import Event
from tests import people
from tests.interest import check, hidden, send, start

# No two are alike, so that a failure says which one was found.
WORDS = {
    "name": "Kanaria Nomen",
    "organization": "Kanariaorganum",
    "role": "Kanariamunus",
    "email": "kanariaepistula@example.org",
    "phone": "202-555-0187",
    "post": "Kanariavia 7",
    "other_language": "Kanarialingua",
    "statement": "Kanariaverba",
}
OF_STAFF = {"note": "Kanarianota", "why": "Kanariacausa", "purpose": "Kanariafinis"}
MARKS = [*WORDS.values(), *OF_STAFF.values(), "5550187", "kanaria"]
LIST = "/admin/interests/"


class RefusingBackend(BaseEmailBackend):
    """A mail server whose answer repeats the address, as they do."""

    def send_messages(self, messages):
        to = messages[0].to[0]
        raise smtplib.SMTPRecipientsRefused({to: (550, f"{to} is unknown".encode())})


@pytest.fixture
def logged():
    """All that any logger says, with its tracebacks."""
    said = io.StringIO()
    handler = logging.StreamHandler(said)
    loggers = [logging.getLogger(), logging.getLogger("django")]
    levels = [each.level for each in loggers]
    for each in loggers:
        each.addHandler(handler)
        each.setLevel(logging.INFO)
    yield said
    for each, level in zip(loggers, levels, strict=True):
        each.removeHandler(handler)
        each.setLevel(level)


def answers(**more):
    return WORDS | {"preferred_language": "other"} | more


def a_person_meets_every_failure(monkeypatch):
    visitor = Client(raise_request_exception=False)
    send(visitor, **answers())
    send(visitor, **answers(email="", reachable_by="post"))
    check(visitor, **answers(wants=[], email="kanaria@localhost"))
    send(visitor, **answers(statement=f"{WORDS['statement']} https://a.example " * 6))
    Client(enforce_csrf_checks=True).post("/interest/check/", answers())
    other = answers(statement=f"{WORDS['statement']} again")
    carried = hidden(check(visitor, **other)) | {"send": "yes"}
    for target, name, fault in [
        (views, "within", lambda *_: False),
        (services, "note_event", _raising(OperationalError("the server is gone"))),
        (services, "note_event", _raising(RuntimeError("a fault of ours"))),
    ]:
        with monkeypatch.context() as patch:
            patch.setattr(target, name, fault)
            visitor.post("/interest/check/", carried)
    visitor.post("/interest/", start(visitor) | answers())
    visitor.get("/interest/", answers())


def _raising(fault):
    def fails(*args, **kwargs):
        raise fault

    return fails


def staff_do_everything(officer):
    desk = Client(raise_request_exception=False)
    desk.force_login(officer)
    enter = {"nonce": hidden(desk.get(f"{LIST}enter/"))["nonce"], "intake": "call"}
    desk.post(
        f"{LIST}enter/", enter | answers(received_on="2026-11-02", wants=["other"])
    )
    for word in MARKS:
        desk.post(f"{LIST}find/", {"found": word})
    for interest in Interest.objects.all():
        desk.get(f"{LIST}inspect/{interest.pk}/")
        for act, sent in [
            ("assign", {"to": officer.pk}),
            ("note", {"text": OF_STAFF["note"]}),
            ("move", {"to": "in_review", "text": OF_STAFF["why"]}),
            ("move", {"to": "received", "text": OF_STAFF["why"]}),
            ("move", {"to": "decided", "outcome": "declined", "text": OF_STAFF["why"]}),
            ("rescue", {}),
        ]:
            interest.refresh_from_db()
            sent = {"seen": interest.version} | sent
            desk.post(f"{LIST}{act}/{interest.pk}/", sent)
    columns = {"of_the_person": list(WORDS), "kind": "csv"}
    desk.post(f"{LIST}export/", columns | {"purpose": OF_STAFF["purpose"]})


@pytest.fixture
def everything_done(home, settings, monkeypatch, logged):
    settings.EMAIL_HOST = "mail.invalid"
    settings.OUTBOX_BACKEND = f"{__name__}.RefusingBackend"
    a_person_meets_every_failure(monkeypatch)
    staff_do_everything(people.somebody(INTAKE))
    tick()
    assert Interest.objects.count() >= 4
    assert {event.act for event in Event.objects.all()} >= {
        "received",
        "read",
        "note",
        "moved",
        "assigned",
        "rescued",
        "exported",
    }
    assert Mail.objects.filter(state="failed").exists()
    return logged.getvalue()


def assert_silent(text, where):
    text = text.lower()
    for mark in MARKS:
        assert mark.lower() not in text, where


def test_no_word_is_anywhere_but_sealed(everything_done):
    assert_silent(everything_done, "the log")
    assert "RuntimeError" in everything_done
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        assert {"contact_interest", "records_event", "mailing_mail"} <= {*tables}
        for table in tables:
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608 - names of our tables
            for row in cursor.fetchall():
                kept = [bytes(it) if isinstance(it, memoryview) else it for it in row]
                assert_silent(str(kept), table)
    for session in Session.objects.all():
        assert_silent(str(session.get_decoded()), "a session")
    for alias in ["default", "pages"]:
        kept = caches[alias]._cache
        assert_silent(f"{[*kept]} {[*kept.values()]}", f"the cache {alias}")
    dump = io.StringIO()
    call_command("dumpdata", stdout=dump)
    assert_silent(dump.getvalue(), "a dump")


def test_what_leaves_by_mail_is_that_something_came(everything_done, settings):
    settings.OUTBOX_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    Mail.objects.update(state="queued", tries=0)
    tick()

    assert sent_mail.outbox
    for message in sent_mail.outbox:
        assert_silent(f"{message.subject} {message.body}", "a mail")


def test_a_report_of_an_error_names_nobody(rf, settings):
    settings.DEBUG = False
    request = rf.post("/interest/check/", WORDS)
    request.COOKIES["seen"] = WORDS["name"]
    typed = WORDS["statement"]
    try:
        raise RuntimeError("a fault of ours")
    except RuntimeError as fault:
        reporter = get_exception_reporter_class(request)(
            request, type(fault), fault, fault.__traceback__
        )

    assert typed  # a local variable, which a report would show
    assert_silent(reporter.get_traceback_text(), "the report as text")
    assert_silent(reporter.get_traceback_html(), "the report as a page")
