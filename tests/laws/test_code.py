"""What must hold of the code itself."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django_migration_linter import MigrationLinter
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail.models import Orderable, TranslatableMixin

ROOT = Path(settings.BASE_DIR)
APPS = [each for each in apps.get_app_configs() if Path(each.path).parent == ROOT]
OUR_MODELS = [model for each in APPS for model in each.get_models()]


# What lies in the folder and is not of the project, where there is no git to say so.
NOT_OURS = {".venv", "node_modules", "collected", "media", "__pycache__"}


def tracked(*patterns):
    """Files of the project, as git knows them; where there is no git, as they lie there."""
    asked = shutil.which("git") and subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", *patterns],  # noqa: S607
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    names = asked.stdout.split("\n") if asked else []
    found = [ROOT / name for name in names if name and (ROOT / name).exists()] or [
        path
        for pattern in patterns
        for path in ROOT.rglob(pattern)
        if not NOT_OURS & set(path.relative_to(ROOT).parts)
    ]
    assert found, f"There is nothing like {patterns}"
    return found


def test_no_migration_is_missing(db):
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


# Landed before this law, and before any portal was live.
OLD = ["0002_interest_settings"]


def test_each_migration_lets_the_old_code_run_on(db, capsys):
    """Else an upgrade would need a pause: add what may be empty, drop a version later."""
    labels = [each.label for each in APPS]
    linter = MigrationLinter(
        str(ROOT), include_apps=labels, ignore_name=OLD, no_cache=True
    )
    linter.lint_all_migrations()

    assert linter.nb_valid > len(labels)
    assert not linter.has_errors, capsys.readouterr().out


def test_apps_import_only_from_the_layers_below_them():
    linted = subprocess.run(
        [Path(sys.executable).with_name("lint-imports")],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert linted.returncode == 0, linted.stdout


@pytest.mark.parametrize("model", OUR_MODELS, ids=lambda model: model._meta.label)
def test_what_hangs_on_a_page_is_translated_with_it(model):
    """A plain Orderable stays English; a ParentalManyToMany shows English targets."""
    for field in model._meta.get_fields():
        if isinstance(field, ParentalKey):
            assert issubclass(model, TranslatableMixin)
        if isinstance(field, ParentalManyToManyField):
            assert not issubclass(field.related_model, TranslatableMixin)
    if issubclass(model, Orderable):
        assert issubclass(model, TranslatableMixin)


def test_no_python_file_is_longer_than_300_lines():
    allowed = {ROOT / "crcl_portal" / "settings.py": 350}
    long = {
        str(path.relative_to(ROOT)): lines
        for path in tracked("*.py")
        if "migrations" not in path.parts
        and (lines := len(path.read_text().splitlines())) > allowed.get(path, 300)
    }

    assert long == {}


def test_each_environment_name_is_in_the_example_and_none_besides():
    asked = re.findall(
        r'env\.\w+\(\s*"([A-Z_]+)"', (ROOT / "crcl_portal" / "settings.py").read_text()
    )
    listed = re.findall(
        r"^([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE
    )

    assert sorted(asked) == sorted(listed)


def test_the_readme_fits_on_a_few_screens():
    assert len((ROOT / "README.md").read_text().splitlines()) <= 150


def test_requirements_name_no_registry():
    for path in (ROOT / "requirements").iterdir():
        assert "://" not in path.read_text()


def test_production_settings_pass_the_deployment_check(tmp_path):
    environment = {
        "PATH": "",
        "SECRET_KEY": "k" * 30 + "0123456789abcdefghijklmnopqrstuvwxyz",
        "FIELD_KEYS": "dGVzdHMgb25seSwgbmV2ZXIgaW4gcHJvZHVjdGlvbiE=",
        "ALLOWED_HOSTS": "portal.example.gov",
        "BASE_URL": "https://portal.example.gov",
        "DATABASE_URL": f"sqlite:///{tmp_path}/check.sqlite3",
        "DEBUG": "False",
        "HTTPS": "True",
    }
    checked = subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )

    assert checked.returncode == 0, checked.stderr


def test_the_database_of_make_run_lets_two_processes_write(tmp_path):
    """The PRAGMAs as they are in force, not as they stand in a file."""
    made = subprocess.run(
        [sys.executable, "crcl_portal/new_env.py"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    url = re.search(r'^DATABASE_URL="(.+)"$', made, re.MULTILINE)[1]
    ask = (
        "from django.db import connection as c; cursor = c.cursor(); "
        "print([cursor.execute(f'PRAGMA {each}').fetchone()[0] for each in "
        "['journal_mode', 'synchronous', 'busy_timeout']], c.transaction_mode)"
    )
    said = subprocess.run(
        [sys.executable, "manage.py", "shell", "-v0", "-c", ask],
        cwd=ROOT,
        env={
            "PATH": "",
            "SECRET_KEY": "x",
            "FIELD_KEYS": "dGVzdHMgb25seSwgbmV2ZXIgaW4gcHJvZHVjdGlvbiE=",
            "ALLOWED_HOSTS": "x",
            "BASE_URL": "http://x",
            "DATABASE_URL": url.replace("db.sqlite3", f"{tmp_path}/pragma.sqlite3"),
        },
        capture_output=True,
        text=True,
        check=True,
    ).stdout

    assert said.strip().splitlines()[-1] == "['wal', 1, 20000] IMMEDIATE"


def test_production_reuses_connections_only_while_they_are_sound():
    database = settings.DATABASES["default"]

    assert database["CONN_HEALTH_CHECKS"] is True
    assert database["CONN_MAX_AGE"] == 60
