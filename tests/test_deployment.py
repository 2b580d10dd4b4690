"""What the containers and the machines' own files rest on."""

import os
import re
import subprocess
import sys

import pytest
import yaml

from tests.running import NEEDED, ROOT

COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
OURS = ["web", "clock", "worker", "migrate", "operator"]
SECRET = re.compile("(PASSWORD|KEYS?|_URL)$")
IN_CLEAR = {"BASE_URL", "FILES_URL"}  # addresses in which there is no password


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


def test_a_folder_of_secrets_is_closed_and_whole_or_refused(tmp_path):
    tmp_path.chmod(0o755)
    run("deploy/new_secrets.py", tmp_path)
    assert tmp_path.stat().st_mode & 0o077 == 0

    (tmp_path / "backup_key").unlink()
    refused = run("deploy/new_secrets.py", tmp_path)
    assert refused.returncode == 1
    assert "lacks backup_key" in refused.stderr
    assert not (tmp_path / "backup_key").exists()


def test_secrets_of_an_earlier_version_get_only_what_they_lack(tmp_path):
    run("deploy/new_secrets.py", tmp_path)
    made = {path.name: path.read_text() for path in tmp_path.iterdir()}
    for name in ["cache_url", "aws_credentials"]:
        (tmp_path / name).unlink()

    assert run("deploy/new_secrets.py", tmp_path).returncode == 0
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == made


@pytest.mark.parametrize("name", COMPOSE["services"])
def test_no_container_may_more_than_it_needs(name):
    service = COMPOSE["services"][name]

    assert service["cap_drop"] == ["ALL"]
    assert "no-new-privileges:true" in service["security_opt"]
    assert service["logging"]["options"]["max-size"]
    if name != "database":  # whose files are its work
        assert service["read_only"]
        assert service["deploy"]["resources"]["limits"]["memory"]
        assert all("size=" in place for place in service["tmpfs"])
    assert not [
        each
        for each in service["environment"]
        if SECRET.search(each) and each not in IN_CLEAR
    ]


def test_only_an_operator_can_read_backups():
    for name in set(COMPOSE["services"]) - {"operator"}:
        service = COMPOSE["services"][name]
        assert "backup_key" not in service.get("secrets", [])
        assert not [each for each in service["volumes"] if each.startswith("backups")]


def test_compose_passes_on_what_there_is_to_set_and_nothing_else():
    known = set(
        re.findall(r"^([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE)
    )
    said = {
        name.removesuffix("_FILE")
        for name in COMPOSE["services"]["operator"]["environment"]
    }
    of_the_image = {"DEBUG", "STATIC_ROOT", "MEDIA_ROOT"}
    elsewhere = {"AWS_SHARED_CREDENTIALS", "WEB_CONCURRENCY"}  # boto's, gunicorn's

    assert known - said == of_the_image
    assert said - known == elsewhere


def test_a_failed_statement_is_not_logged_by_the_database():
    assert {"log_min_error_statement=panic", "log_error_verbosity=terse"} <= set(
        COMPOSE["services"]["database"]["command"]
    )
