"""`make demo`: six expressions of interest, which nobody can take for a person's."""

import pytest
from django.core.management import call_command

from accounts.roles import INTAKE
from contact.models import Interest
from mailing.models import Mail
from records.models import Event, PrivacyNotice
from tests import people
from tests.vocabulary import TopicFactory

LIST = "/admin/interests/"


@pytest.fixture
def desk(client, home):
    client.force_login(people.somebody(INTAKE))
    return client


def shown(desk, query=""):
    return desk.get(LIST + query).text


def test_there_are_six_in_several_states_and_languages(desk):
    TopicFactory(slug="e-verify")
    call_command("load_demo")
    call_command("load_demo")

    six = Interest.objects.all()
    assert len(six) == 6
    assert {each.state for each in six} == {*Interest.State.values}
    assert {each.preferred_language for each in six} == {"en", "es", "ar"}
    assert {each.reachable_by for each in six} == {"email", "phone", "post"}
    assert {each.intake for each in six} == {"web", "letter", "call"}
    assert sum(each.held_apart_at is not None for each in six) == 1
    assert sum(each.topics.count() for each in six) == 1


def test_the_list_and_each_page_say_that_they_are_examples(desk):
    assert "make demo" not in shown(desk)
    call_command("load_demo")
    real = people.InterestFactory()

    listed = shown(desk)
    assert "Nobody sent them" in listed
    assert listed.count("(example)") == 5
    for each in Interest.objects.all():
        page = desk.get(f"{LIST}inspect/{each.pk}/").text
        assert ("Nobody sent it" in page) is (each.pk != real.pk)


@pytest.mark.on_sqlite_too
def test_they_are_handled_like_others_and_no_mail_leaves(desk):
    PrivacyNotice.objects.create(
        text="Read.", state="approved", approved_by="A", approved_on="2026-11-01"
    )
    call_command("load_demo")

    assert not Mail.objects.exists()
    closed = Interest.objects.get(state="closed")
    acts = [event.act for event in Event.objects.about(closed)]
    assert acts == ["received", "moved", "moved", "moved"]
    assert closed.notice
    assert Interest.objects.get(intake="letter").notice is None


def test_they_go_and_what_people_sent_stays(desk):
    real = people.InterestFactory()
    call_command("load_demo")
    call_command("load_demo", remove=True)

    assert list(Interest.objects.all()) == [real]
    assert "make demo" not in shown(desk)
