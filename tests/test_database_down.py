"""A database that does not answer is told from a question that is wrong."""

import sqlite3
from contextlib import closing

import pytest
from django.db import OperationalError, connection
from django.test import Client
from wagtail.models import Page


@pytest.fixture
def visitor():
    return Client(raise_request_exception=False)


def ask(sql="SELECT 1", **settings):
    """A question over a connection of its own, which may end with it."""
    other = connection.copy()
    other.settings_dict = {**other.settings_dict, **settings}
    try:
        with other.cursor() as cursor:
            cursor.execute(sql)
    finally:
        other.close()


@pytest.fixture
def asking(monkeypatch):
    """Make every page ask the database something first."""

    def ask_first(**question):
        monkeypatch.setattr(Page, "route_for_request", lambda *_: ask(**question))

    return ask_first


WRONG = {
    # The word is how SQLite speaks of a database that is in use.
    "sqlite": "SELECT locked",
    # An OperationalError, but the query's own.
    "postgresql": "DO $$ BEGIN RAISE statement_too_complex; END $$",
}


@pytest.mark.on_sqlite_too
def test_a_question_that_is_wrong_is_500_and_not_the_database_being_down(
    home, visitor, asking
):
    asking(sql=WRONG[connection.vendor])
    with pytest.raises(OperationalError):
        ask(WRONG[connection.vendor])

    response = visitor.get("/")

    assert response.status_code == 500
    assert "Retry-After" not in response


@pytest.mark.on_sqlite_too
def test_a_database_that_really_goes_away_is_503(home, visitor, asking):
    if connection.vendor == "sqlite":
        asking(NAME="/no/such/folder/db.sqlite3")
    else:
        asking(sql="SELECT pg_terminate_backend(pg_backend_pid())")

    assert visitor.get("/").status_code == 503


@pytest.mark.on_sqlite_too
def test_a_database_that_others_keep_in_use_is_503(home, visitor, asking, tmp_path):
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL has no such lock")
    name = str(tmp_path / "busy.sqlite3")
    with closing(sqlite3.connect(name)) as other:
        other.execute("BEGIN EXCLUSIVE")
        asking(sql="CREATE TABLE a (b)", NAME=name, OPTIONS={"timeout": 0})

        assert visitor.get("/").status_code == 503
