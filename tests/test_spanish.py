"""One page proved in Spanish: whole, switched off, and honest about its age."""

import pytest
from django.core.management import call_command
from wagtail.models import Page
from wagtail_localize.models import Translation, TranslationSource

from core.models import LanguageSwitch, PortalSettings

pytestmark = pytest.mark.xdist_group("content")  # loaded once a module and process


@pytest.fixture
def detention(content, db):
    return Page.objects.get(
        url_path__endswith="/programs/detention/", locale__language_code="en"
    ).specific


def switch_on():
    LanguageSwitch.objects.filter(locale__language_code="es").update(public=True)


def test_the_tree_of_pages_is_sound(detention):
    assert not any(Page.find_problems())


def test_spanish_waits_for_approval(client, detention):
    assert client.get("/es/programas/detencion/").status_code == 404
    assert "Español" not in client.get(detention.url).text


def test_a_spanish_page_is_spanish_throughout(client, detention):
    switch_on()

    html = client.get("/es/programas/detencion/").text

    assert '<html lang="es" dir="ltr">' in html
    assert "Un sistema en línea para localizar a una persona detenida" in html  # items
    assert "Ayudar a diseñar las políticas y a ponerlas en práctica" in html  # our role
    assert "Personas detenidas" in html  # a row's word
    assert "Nuestra función" in html  # the ledger's labels
    assert "17 de mayo de 2024" in html
    assert 'href="/es/for/' in html
    for english in [
        "Our role",
        "Works with",
        "What has changed",
        "People in detention",
    ]:
        assert english not in html


def test_english_and_spanish_point_at_each_other(client, detention):
    switch_on()

    for address in [detention.url, "/es/programas/detencion/"]:
        html = client.get(address).text
        assert 'hreflang="es" href="http' in html
        assert "/es/programas/detencion/" in html
        assert 'hreflang="x-default"' in html


def test_an_edit_of_the_english_shows_the_spanish_as_out_of_date(
    admin_client, administrator, detention
):
    detention.our_role = "Something else that we do"
    detention.save_revision(user=administrator).publish()
    TranslationSource.update_or_create_from_instance(detention)

    translation = Translation.objects.get(
        source__object_id=detention.translation_key, target_locale__language_code="es"
    )
    total, done = translation.get_progress()

    assert done < total
    spanish = detention.get_translations().get()
    editor = admin_client.get(f"/admin/pages/{spanish.pk}/edit/")
    assert "Something else that we do" in editor.text


def test_a_number_that_staff_have_emptied_stays_empty(content, db):
    PortalSettings.objects.update(phone="", complaint_url="")
    call_command("load_content")

    numbers = PortalSettings.load()
    assert (numbers.phone, numbers.complaint_url) == ("", "")
