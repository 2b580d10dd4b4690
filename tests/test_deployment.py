"""What the containers and the machines' own files rest on."""

import os
import re
import subprocess
import sys

import pytest
import yaml

from tests.running import NEEDED, ROOT

COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
OURS = ["web", "clock", "worker", "migrate"]


def run(*command, **environment):
    return subprocess.run(
        [sys.executable, *map(str, command)],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"]} | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_each_secret_may_be_a_file(tmp_path):
    said = {
        name: text
        for name, text in NEEDED.items()
        if name not in {"SECRET_KEY", "FIELD_KEYS"}
    }
    for name in ["SECRET_KEY", "FIELD_KEYS"]:
        (tmp_path / name).write_text(f"{NEEDED[name]}\n")
        said[f"{name}_FILE"] = str(tmp_path / name)
    tell = "from django.conf import settings as s; print(s.SECRET_KEY, s.FIELD_KEYS)"
    read = run(
        "manage.py", "shell", "-v0", "-c", tell, **said, DATABASE_URL="sqlite://"
    )

    assert read.stdout.strip() == f"{NEEDED['SECRET_KEY']} {[NEEDED['FIELD_KEYS']]}"


def test_secrets_are_made_once_and_nobody_elses(tmp_path):
    folder = tmp_path / "secrets"
    assert run("deploy/new_secrets.py", folder).returncode == 0
    made = {path.name: path.read_text() for path in folder.iterdir()}

    assert run("deploy/new_secrets.py", folder).returncode == 1
    assert {path.name: path.read_text() for path in folder.iterdir()} == made
    assert set(made) == set(COMPOSE["secrets"])
    assert folder.stat().st_mode & 0o077 == 0
    assert made["database_password"] in made["database_url"]


@pytest.mark.parametrize("name", OURS)
def test_no_container_of_ours_may_more_than_it_needs(name):
    service = COMPOSE["services"][name]

    assert service["read_only"]
    assert service["cap_drop"] == ["ALL"]
    assert "no-new-privileges:true" in service["security_opt"]
    assert not [
        each
        for each in service["environment"]
        if re.search("PASSWORD$|KEY$|KEYS$|DATABASE_URL$", each)
        and each not in {"AWS_SECRET_ACCESS_KEY", "EMAIL_HOST_PASSWORD"}
    ]


def test_compose_names_only_settings_that_there_are():
    known = set(
        re.findall(r"^([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE)
    )
    elsewhere = {
        "AWS_ACCESS_KEY_ID",
        "AWS_SECRET_ACCESS_KEY",
        "WEB_CONCURRENCY",
    }  # boto's, gunicorn's
    said = {
        name.removesuffix("_FILE") for name in COMPOSE["services"]["web"]["environment"]
    }

    assert said - known == elsewhere


def test_a_failed_statement_is_not_logged_by_the_database():
    assert {"log_min_error_statement=panic", "log_error_verbosity=terse"} <= set(
        COMPOSE["services"]["database"]["command"]
    )
