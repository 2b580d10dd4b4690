"""Alerts: what visitors of a page are told at its top, in their language or in English."""

import datetime

import pytest
from django.utils import timezone

from core.models import SiteAlert
from tests import factories


def alert(locale, heading="The office is closed", **fields):
    return SiteAlert.objects.create(
        locale=locale, **{"heading": heading, "shown": True} | fields
    )


@pytest.fixture
def programs(home):
    return factories.StandardPageFactory(parent=home, slug="programs")


def translated(page, locale, **fields):
    copy = page.copy_for_translation(locale)
    for name, value in fields.items():
        setattr(copy, name, value)
    copy.save_revision().publish()
    return copy


def test_an_alert_stands_on_every_page_and_where_nothing_is_found(
    client, home, programs, english
):
    alert(english)

    for path in ["/", "/programs/", "/no-such-page/"]:
        assert "The office is closed" in client.get(path).text


def test_an_alert_of_a_section_stands_on_its_pages_alone(
    client, home, programs, english
):
    factories.StandardPageFactory(parent=programs, slug="detention")
    factories.StandardPageFactory(parent=home, slug="about")
    alert(english, section=programs)

    for path in ["/programs/", "/programs/detention/"]:
        assert "The office is closed" in client.get(path).text
    for path in ["/", "/about/"]:
        assert "The office is closed" not in client.get(path).text


def test_alerts_come_gravest_first_and_in_their_time(client, home, english):
    soon = timezone.now() + datetime.timedelta(hours=1)
    past = timezone.now() - datetime.timedelta(hours=1)
    alert(english, "Read this", level="information")
    alert(english, "Leave the building", level="emergency")
    alert(english, "Not yet", shows_from=soon)
    alert(english, "Not any more", shows_until=past)
    alert(english, "Not ticked", shown=False)

    text = client.get("/").text
    assert text.index("Leave the building") < text.index("Read this")
    for hidden in ["Not yet", "Not any more", "Not ticked"]:
        assert hidden not in text


def test_an_alert_without_a_translation_shows_in_english_and_says_so(
    client, spanish, arabic, english
):
    alert(english, text="<p>Call us.</p>")

    for path in ["/es/", "/ar/"]:
        text = client.get(path).text
        assert '<span lang="en" dir="ltr">The office is closed</span>' in text
        assert '<div class="prose" lang="en" dir="ltr">' in text


def test_a_translation_stands_in_the_place_of_the_english_one(client, spanish, english):
    original = alert(english)
    alert(
        spanish,
        "La oficina está cerrada",
        translation_key=original.translation_key,
    )

    text = client.get("/es/").text
    assert "La oficina está cerrada" in text
    assert "The office is closed" not in text
    assert "La oficina" not in client.get("/").text


def test_a_translation_that_is_not_shown_yet_hides_nothing(client, spanish, english):
    original = alert(english)
    alert(spanish, "Borrador", translation_key=original.translation_key, shown=False)

    text = client.get("/es/").text
    assert "The office is closed" in text
    assert "Borrador" not in text


def test_an_english_alert_of_a_section_stands_on_the_sections_translation(
    client, programs, spanish, english
):
    translated(programs, spanish, slug="programas", title="Programas")
    alert(english, section=programs)

    assert "The office is closed" in client.get("/es/programas/").text
    assert "The office is closed" not in client.get("/es/").text
