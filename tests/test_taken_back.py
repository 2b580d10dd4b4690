"""What staff take back, empty or set in one place holds everywhere."""

import datetime

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from accounts.roles import AUDITOR, EDITOR, INTAKE
from core.models import PortalSettings, SiteAlert
from tests import factories, people


@pytest.fixture
def translated(english, spanish):
    alert = SiteAlert.objects.create(locale=english, heading="Closed", shown=True)
    SiteAlert.objects.create(
        locale=spanish,
        heading="Cerrado",
        shown=True,
        translation_key=alert.translation_key,
    )
    return alert


def test_an_alert_taken_back_in_english_is_gone_in_spanish(client, translated):
    assert "Cerrado" in client.get("/es/").text
    translated.shown = False
    translated.save()

    assert "Cerrado" not in client.get("/es/").text


def test_an_alert_that_has_ended_in_english_has_ended_in_spanish(client, translated):
    translated.shows_until = timezone.now() - datetime.timedelta(minutes=1)
    translated.save()

    assert "Cerrado" not in client.get("/es/").text


def test_an_alert_deleted_in_english_is_gone_in_spanish(client, translated):
    translated.delete()

    assert "Cerrado" not in client.get("/es/").text


def test_the_translation_of_a_sensitive_page_is_as_safe(client, home, spanish):
    page = factories.StandardPageFactory(parent=home, sensitive=True)
    translation = page.copy_for_translation(spanish)
    translation.sensitive = False
    translation.save_revision().publish()
    answer = client.get(translation.get_url())

    assert "no-store" in answer["Cache-Control"]
    assert "/leave/" in answer.text


@pytest.mark.parametrize(
    ("typed", "dialed"),
    [
        ("866-644-8360", "tel:+18666448360"),
        ("1-866-644-8360", "tel:+18666448360"),
        ("+1 (866) 644-8360", "tel:+18666448360"),
    ],
)
def test_a_phone_number_dials_what_is_printed(client, home, typed, dialed):
    PortalSettings.objects.update_or_create(defaults={"phone": typed})

    assert f'href="{dialed}"' in client.get("/").text


@pytest.mark.parametrize(
    ("name", "typed", "said"),
    [
        ("phone", "644-8360", "ten digits"),
        ("security_contact", "nobody at all", "begins with https:// or mailto:"),
        ("security_expires", "2020-01-01", "from tomorrow to a year from now"),
        ("security_expires", "2099-01-01", "from tomorrow to a year from now"),
    ],
)
def test_numbers_that_cannot_be_right_are_refused_in_words(
    admin_client, name, typed, said
):
    address = f"/admin/settings/core/portalsettings/{PortalSettings.load().pk}/"
    answer = admin_client.post(address, {name: typed})

    assert said in answer.text


def test_an_expired_contact_is_not_shown_and_staff_are_told_before(admin_client, home):
    today = timezone.localdate()
    numbers = {"security_contact": "mailto:a@example.gov"}
    for days, status in [(30, 200), (-1, 404)]:
        numbers["security_expires"] = today + datetime.timedelta(days=days)
        PortalSettings.objects.update_or_create(defaults=numbers)
        assert admin_client.get("/.well-known/security.txt").status_code == status
        assert (
            "The contact for researchers is good until"
            in admin_client.get("/admin/").text
        )


@pytest.mark.parametrize("role", [INTAKE, AUDITOR, EDITOR])
def test_only_who_works_on_pages_is_asked_to_mend_them(home, role):
    factories.StandardPageFactory(parent=home, title="A hidden draft", live=False)
    client = Client()
    client.force_login(people.somebody(role))

    assert ("A hidden draft" in client.get("/admin/").text) is (role == EDITOR)


def test_a_page_that_expires_keeps_the_later_day_of_its_draft(home):
    now = timezone.now()
    page = factories.StandardPageFactory(parent=home, expire_at=now)
    later = now + datetime.timedelta(days=30)
    page.expire_at = later
    page.save_revision()
    type(page).objects.filter(pk=page.pk).update(expire_at=now)
    call_command("tick")

    page.refresh_from_db()
    assert not page.live
    left = page.get_latest_revision_as_object().expire_at - later
    assert abs(left) < datetime.timedelta(seconds=1)


def test_where_nothing_is_found_our_own_page_says_so_for_developers_too(home, settings):
    settings.DEBUG = True
    answer = Client().get("/nothing/")

    assert answer.status_code == 404
    assert "Using the URLconf" not in answer.text
