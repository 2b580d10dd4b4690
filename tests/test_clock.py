"""`manage.py tick`: one clock for everything that is due."""

import contextlib
import signal
import subprocess
import sys
import time

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from wagtail import hooks

from core.hooks import CLOCK_JOB
from core.models import ClockJob
from tests.running import NEEDED


def ring_the_bell():
    ring_the_bell.rung += 1


def break_down():
    if not break_down.is_well:
        raise ConnectionError("nobody answers")


break_down.is_well = False


@pytest.fixture
def jobs(db):
    """Two jobs, of which the first fails."""
    ring_the_bell.rung = 0
    with (
        hooks.register_temporarily(CLOCK_JOB, break_down, order=-2),
        hooks.register_temporarily(CLOCK_JOB, ring_the_bell, order=-1),
    ):
        yield


def test_a_job_that_fails_stops_no_other_and_is_named(jobs):
    with pytest.raises(CommandError, match=r"^These jobs failed: break_down$"):
        call_command("tick")

    assert ring_the_bell.rung == 1


def test_each_job_leaves_when_it_ran_and_how(jobs):
    for _ in range(2):
        with pytest.raises(CommandError):
            call_command("tick")

    left = dict(ClockJob.objects.values_list("name", "failed"))
    assert left == {
        "break_down": True,
        "ring_the_bell": False,
        "publish_what_is_due": False,
        "take_up_lost_tasks": False,
        "deliver_due": False,
        "forget_past_days": False,
        "forget_missed_words": False,
        "forget_old_search_counts": False,
        "keep_index_in_step": False,
    }


def test_since_when_a_job_fails_is_known_until_it_succeeds(jobs, monkeypatch):
    def since():
        with contextlib.suppress(CommandError):
            call_command("tick")
        return ClockJob.objects.get(name="break_down").failing_since

    first = since()
    assert first
    assert since() == first
    monkeypatch.setattr(break_down, "is_well", True)
    assert since() is None
    monkeypatch.setattr(break_down, "is_well", False)
    assert since() > first


def test_a_job_that_is_no_more_is_forgotten(jobs):
    ClockJob.objects.create(name="of_old", failed=True, ran_at="2020-01-01T00:00Z")
    with pytest.raises(CommandError):
        call_command("tick")

    assert not ClockJob.objects.filter(name="of_old").exists()


def test_a_tick_in_which_all_is_well_says_nothing(db, capsys):
    call_command("tick")

    assert capsys.readouterr() == ("", "")
    assert not ClockJob.objects.filter(failed=True).exists()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_the_clock_runs_until_it_is_stopped_and_then_ends_well(number, tmp_path):
    """Also while the database does not answer, as here."""
    environment = {
        "PATH": "",
        "DJANGO_SETTINGS_MODULE": "crcl_portal.settings",
        **NEEDED,
        "DATABASE_URL": f"sqlite:///{tmp_path}/empty.sqlite3",
    }
    clock = subprocess.Popen(
        [sys.executable, "manage.py", "tick", "--every", "0.5"],
        cwd=settings.BASE_DIR,
        env=environment,
        stderr=subprocess.PIPE,
        text=True,
    )
    said = ""
    while said.count("The clock failed") < 2:
        line = clock.stderr.readline()
        assert line, said  # it has ended by itself
        said += line
    began = time.monotonic()
    clock.send_signal(number)
    clock.stderr.close()

    assert clock.wait(timeout=10) == 0
    assert time.monotonic() - began < 5
