"""The README is true: its steps work as they stand, and what it names is there."""

import os
import re
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from tests.database import database_url

ROOT = Path(settings.BASE_DIR)
README = (ROOT / "README.md").read_text(encoding="utf-8")
STEPS = README.partition("### Add a page type")[2].partition("\n## ")[0]
LEFT_BEHIND = shutil.ignore_patterns(
    ".*", "node_modules", "__pycache__", "*.sqlite3*", "media", "collected"
)
MADE_BY_MAKE_RUN = {".venv/", ".env"}
MADE_BY_THE_STEPS = {
    "content/en/pages/notice.yaml",
    "templates/home/notice_page.html",
}

# The tests' settings, on a database that is filled already.
SETTINGS = """
from tests.settings import *
DATABASES["default"]["TEST"] = {"NAME": DATABASES["default"]["NAME"]}
"""
ASK = """
import django
django.setup()
from django.conf import settings
from django.core.management import call_command
from django.test import Client
from wagtail.models import Page
Page.objects.filter(depth=2).delete()
call_command("makemigrations", check=True, dry_run=True)
call_command("load_content")
shown = Client().get("/notice/")
assert shown.status_code == 200, shown.status_code
assert "We write here what changes." in shown.text
"""


@pytest.fixture(scope="module")
def filled_database(django_db_setup, django_db_blocker, tmp_path_factory):
    """The address of a copy of the tests' database: to migrate another takes too long."""
    if connection.vendor == "sqlite":
        path = tmp_path_factory.mktemp("readme") / "copy.sqlite3"
        with django_db_blocker.unblock(), sqlite3.connect(path) as copy:
            connection.ensure_connection()
            connection.connection.backup(copy)
        yield f"sqlite:///{path}"
        return
    name = f"readme_{os.getpid()}"
    quoted = connection.ops.quote_name
    model = quoted(connection.settings_dict["NAME"])
    with django_db_blocker.unblock():
        connection.close()  # nobody may be connected to what is copied
        with connection.creation._nodb_cursor() as cursor:
            cursor.execute(f"CREATE DATABASE {quoted(name)} TEMPLATE {model}")
    yield database_url(name)
    with django_db_blocker.unblock(), connection.creation._nodb_cursor() as cursor:
        cursor.execute(f"DROP DATABASE {quoted(name)} WITH (FORCE)")


@pytest.fixture
def run(filled_database, tmp_path):
    """Runs Python in a copy of the project, on a database of its own."""
    copy = tmp_path / "portal"
    shutil.copytree(ROOT, copy, ignore=LEFT_BEHIND)
    (copy / "tests" / "copy_settings.py").write_text(SETTINGS)
    names = ("PYTEST_", "COV_", "DJANGO_", "PYTHONPATH")
    environment = {k: v for k, v in os.environ.items() if not k.startswith(names)}
    environment |= {
        "DJANGO_SETTINGS_MODULE": "tests.copy_settings",
        "TEST_DATABASE_URL": filled_database,
    }

    def python(*arguments):
        return subprocess.run(
            [sys.executable, *arguments],
            cwd=copy,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )

    python.folder = copy
    return python


def insert(path, before, text):
    """Put text into a file, before what stands there once."""
    there = path.read_text(encoding="utf-8")
    assert there.count(before) == 1, f"{path.name} has no single {before!r}"
    path.write_text(there.replace(before, text + before), encoding="utf-8")


@pytest.mark.long
@pytest.mark.django_db
def test_a_page_type_is_added_by_the_steps_as_they_stand(run):
    model, factory = re.findall(r"```python\n(.+?)```", STEPS, re.DOTALL)
    words = re.search(r"```yaml\n(.+?)```", STEPS, re.DOTALL)[1]
    migrate = re.search(r"`\.venv/bin/python (manage\.py makemigrations .+)`", STEPS)[1]
    template = re.search(r"`(\{% extends .+? %\})`", STEPS)[1]
    line = re.search(r"`(\w+: lambda home: .+,)`", STEPS)[1]
    factories = run.folder / "tests" / "factories.py"
    law = [
        "-m",
        "pytest",
        "-q",
        "--reuse-db",
        "-p",
        "no:xdist",
        "-p",
        "no:cacheprovider",
    ]
    law += ["--ds", "tests.copy_settings", "tests/laws/test_pages.py", "-k"]

    with (run.folder / "home" / "models.py").open("a") as file:
        file.write(f"\n\n{model}")
    made = run(*migrate.split())
    assert made.returncode == 0, made.stderr
    (run.folder / "templates/home/notice_page.html").write_text(f"{template}\n")

    without = run(*law, "NoticePage and one_h1")
    assert "NoticePage has no factory in tests/factories.py" in without.stdout

    insert(factories, "from home.models ", "from home.models import NoticePage\n")
    insert(factories, "# How to make one page", f"{factory}\n\n")
    insert(factories, "    HomePage: lambda home: home,", f"    {line}\n")
    kept = run(*law, "NoticePage")
    assert kept.returncode == 0, kept.stdout + kept.stderr

    (run.folder / "content/en/pages/notice.yaml").write_text(words)
    loaded = run("-c", ASK)
    assert loaded.returncode == 0, loaded.stdout + loaded.stderr


def test_each_make_target_it_names_is_there():
    makefile = (ROOT / "Makefile").read_text()
    targets = set(re.findall(r"^([a-z]+):", makefile, re.MULTILINE))
    named = set(re.findall(r"\bmake ([a-z]+)", README))

    assert named - targets == set()
    assert targets - named == {"help"}


def paths_in(text):
    quoted = re.findall(r"`([^`\s]+)`", text) + re.findall(r"\]\(([^)]+)\)", text)
    return {
        each
        for each in quoted
        if re.fullmatch(r"[\w.-]+(/[\w.-]*)+|\.env(\.example)?", each)
    }


def test_each_path_it_names_is_there():
    paths = paths_in(README) - MADE_BY_MAKE_RUN - MADE_BY_THE_STEPS

    assert len(paths) > 20
    assert {each for each in paths if not (ROOT / each).exists()} == set()


@pytest.mark.parametrize(
    "note", sorted((ROOT / "docs").rglob("*.md")), ids=lambda note: note.stem
)
def test_each_path_a_note_names_is_there(note):
    missing = {
        each
        for each in paths_in(note.read_text(encoding="utf-8"))
        if not (ROOT / each).exists() and not (note.parent / each).exists()
    }

    assert missing == set()


def test_each_note_can_be_found_from_the_readme():
    notes = {f"docs/{note.name}" for note in (ROOT / "docs").glob("*.md")}

    assert notes - paths_in(README) == set()


def test_each_setting_is_in_its_table():
    asked = re.findall(
        r"^([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE
    )
    table = README.partition("## Settings")[2].partition("\n## ")[0]
    mail = {name for name in asked if name.startswith("EMAIL_")}

    assert {name for name in asked if f"`{name}`" not in table} <= mail
