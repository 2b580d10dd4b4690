"""Several who write to the index at once: nobody fails, nobody waits long, the last word stays."""

import threading

import pytest
from django.core.management import call_command
from django.db import connection
from wagtail.models import Page
from wagtail.signals import page_published

from search.indexing import say
from search.models import Entry
from tests.database import on_sqlite

pytestmark = [
    pytest.mark.xdist_group("content"),
    pytest.mark.usefixtures("content"),
    pytest.mark.skipif(on_sqlite(), reason="a database in memory has one connection"),
]
TIMES = 5


def race():
    return Page.objects.get(url_path__endswith="/training/use-of-race-guidance/")


def at_once(*acts):
    """Each in a thread with a connection of its own; gives the faults."""
    faults, start = [], threading.Barrier(len(acts))

    def run(act):
        start.wait()
        try:
            act()
        except Exception as fault:
            faults.append(fault)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return faults


def test_of_several_who_take_a_page_down_none_fails():
    for _ in range(TIMES):
        Entry.objects.filter(page=race()).delete()
        assert at_once(*[lambda: say(race())] * 4) == []
        assert Entry.objects.filter(page=race()).count() == 1


def publishing(summary):
    def publish():
        page = race().specific
        page.summary = summary
        page.save_revision().publish()

    return publish


def test_of_two_who_publish_at_once_the_index_has_what_is_live():
    for _ in range(TIMES):
        faults = at_once(publishing("About the quokka."), publishing("About bilbies."))
        assert faults == []
        page = race().specific
        entry = Entry.objects.get(page=page)
        assert (entry.summary, entry.version) == (page.summary, page.live_revision_id)


def test_what_is_told_last_is_not_what_counts(db):
    """The signal of an earlier version may come after that of a later one."""
    publishing("About the quokka.")()
    earlier = race().specific
    publishing("About the wombat.")()
    page_published.send(sender=type(earlier), instance=earlier)

    assert Entry.objects.get(page=earlier).summary == "About the wombat."


def test_the_check_mends_each_thing_by_itself():
    """What it has mended stands there for others while it goes on."""
    Entry.objects.update(title_terms=" x ")
    wrong = Entry.objects.filter(title_terms=" x ")
    everything, seen = wrong.count(), set()
    check = threading.Thread(
        target=lambda: (call_command("check_index"), connection.close())
    )
    check.start()
    while check.is_alive():
        seen.add(wrong.count())
    check.join()

    assert wrong.count() == 0
    assert seen - {0, everything}
