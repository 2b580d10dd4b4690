"""`make demo`: examples that nobody can take for the site's own words."""

import pytest
from django.core.management import CommandError, call_command

from core.models import LanguageSwitch, SiteAlert
from tests.factories import StandardPageFactory

ENGLISH = "Example: a message on every page"
SPANISH = "Ejemplo: un aviso en todas las páginas"


@pytest.fixture
def switched_off(spanish):
    """Spanish as the loader leaves it: there, and not switched on."""
    LanguageSwitch.objects.update(public=False)


def test_an_example_is_on_every_page_and_says_how_to_take_it_away(client, home):
    call_command("load_demo")

    for page in [home, StandardPageFactory(parent=home)]:
        shown = client.get(page.url).text
        assert ENGLISH in shown
        assert "load_demo --remove" in shown


def test_asking_twice_makes_no_second_example(switched_off):
    call_command("load_demo")
    call_command("load_demo")

    alerts = SiteAlert.objects.values_list("locale__language_code", "level")
    assert sorted(alerts) == [("en", "information"), ("es", "information")]


def test_spanish_is_switched_on_and_the_command_says_so(client, switched_off, capsys):
    assert client.get("/es/").status_code == 404

    call_command("load_demo")

    assert "Spanish is switched on" in capsys.readouterr().out
    assert SPANISH in client.get("/es/").text


def test_spanish_stays_off_while_its_home_page_is_not_published(client, home, capsys):
    call_command("load_demo")

    assert "Spanish stays off" in capsys.readouterr().out
    assert client.get("/es/").status_code == 404


def test_the_examples_go_and_the_site_is_as_it_was(client, switched_off, capsys):
    call_command("load_demo")
    call_command("load_demo")
    call_command("load_demo", remove=True)

    assert "Spanish is switched off again" in capsys.readouterr().out
    assert ENGLISH not in client.get("/").text
    assert client.get("/es/").status_code == 404
    assert not SiteAlert.objects.exists()


def test_what_staff_have_made_stays_when_the_examples_go(client, home, spanish):
    SiteAlert.objects.create(locale=spanish, heading="Oficina cerrada", shown=True)
    call_command("load_demo")
    call_command("load_demo", remove=True)

    shown = client.get("/es/").text
    assert "Oficina cerrada" in shown
    assert SPANISH not in shown


def test_without_a_site_the_command_says_what_to_do(home):
    home.delete()
    with pytest.raises(CommandError, match="make run"):
        call_command("load_demo")
