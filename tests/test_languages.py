"""What the address says about language, and what happens where a language has no page."""

import pytest
from wagtail.models import Locale, Page

from core.models import LanguageSwitch
from tests import factories


@pytest.fixture
def about(home):
    return factories.StandardPageFactory(parent=home, slug="about", title="About us")


def translate(page, locale, **fields):
    """A live translation, with words of its own."""
    translated = Page.objects.get(pk=page.pk).specific.copy_for_translation(locale)
    for name, value in fields.items():
        setattr(translated, name, value)
    translated.save_revision().publish()
    return translated


def test_a_translation_is_shown_at_its_own_address(client, about, spanish):
    translate(about, spanish, slug="acerca", heading="Quiénes somos")
    response = client.get("/es/acerca/")

    assert response.status_code == 200
    assert "Quiénes somos" in response.text
    assert response["Content-Language"] == "es"


@pytest.mark.parametrize("prefix", ["es", "ar"])
def test_a_language_that_is_switched_off_is_not_found(client, about, prefix):
    translate(about, factories.language(prefix, Page.objects.get(depth=2)))
    LanguageSwitch.objects.update(public=False)

    assert client.get(f"/{prefix}/").status_code == 404
    assert client.get(f"/{prefix}/about/").status_code == 404
    assert client.get("/about/").status_code == 200


@pytest.mark.parametrize("there_is", ["no locale", "no switch", "a switch, off"])
def test_a_language_that_nobody_added_is_not_found(client, about, there_is):
    if there_is != "no locale":
        locale = Locale.objects.create(language_code="ar")
    if there_is == "a switch, off":
        LanguageSwitch.objects.create(locale=locale, public=False)

    for address in ["/ar/", "/ar/about/", "/ar/nothing/", "/ar/topics/none/"]:
        assert client.get(address).status_code == 404


def test_a_language_without_a_home_never_shows_english_under_its_addresses(
    client, about
):
    locale = Locale.objects.create(language_code="ar")
    LanguageSwitch.objects.create(locale=locale, public=True)

    assert client.get("/ar/").url == "/?not_in=ar"
    assert client.get("/ar/about/").url == "/about/?not_in=ar"
    assert client.get("/ar/nothing/").status_code == 404


def test_a_language_whose_home_is_a_draft_never_shows_english_under_its_addresses(
    client, home, about, spanish
):
    translate(about, spanish, slug="acerca")
    home.get_translation(spanish).unpublish()

    assert client.get("/es/").url == "/?not_in=es"
    for address in ["/es/acerca/", "/es/about/"]:
        response = client.get(address, follow=True)
        assert response.redirect_chain[-1] == ("/about/?not_in=es", 302)


def test_the_address_of_a_draft_translation_leads_to_the_english_page(
    client, about, spanish
):
    draft = about.copy_for_translation(spanish)
    draft.slug = "acerca"
    draft.save()
    response = client.get("/es/acerca/")

    assert (response.status_code, response.url) == (302, "/about/?not_in=es")


def test_an_english_name_under_another_language_leads_to_the_english_page(
    client, about, spanish
):
    assert client.get("/es/about/").url == "/about/?not_in=es"


def test_an_english_name_under_another_language_leads_to_the_translation(
    client, about, spanish
):
    translate(about, spanish, slug="acerca")
    response = client.get("/es/about/", follow=True)

    assert response.redirect_chain == [("/es/acerca/", 302)]


def test_an_alias_is_no_translation(client, about, spanish):
    about.copy_for_translation(spanish, alias=True)
    about.save_revision().publish()  # publishes what repeats it, too

    assert client.get("/es/about/").url == "/about/?not_in=es"
    assert not Page.objects.exclude(alias_of=None).live().exists()


@pytest.mark.parametrize("state", ["draft", "private"])
def test_an_english_page_that_nobody_may_read_is_not_shown_instead(
    client, about, spanish, state
):
    if state == "draft":
        about.unpublish()
    else:
        about.view_restrictions.create(restriction_type="login")

    assert client.get("/es/about/").status_code == 404


def test_only_pages_of_this_very_address_are_shown_instead(
    client, home, about, spanish
):
    deep = factories.StandardPageFactory(parent=about, slug="history")
    draft = deep.copy_for_translation(spanish, copy_parents=True)

    assert draft.url_path.endswith("/history/")
    assert client.get("/es/history/").status_code == 404


def test_the_english_page_says_in_that_language_why_it_is_shown(client, about, spanish):
    response = client.get("/es/about/", follow=True)

    assert 'lang="es" dir="ltr">' in response.text
    assert response.text.count('<section class="wrap site-alerts"') == 1


@pytest.mark.parametrize(
    "query", ["", "not_in=", "not_in=en", "not_in=ar", "not_in=%3Cscript%3E"]
)
def test_no_page_says_so_without_a_reason(client, about, spanish, query):
    response = client.get(f"/about/?{query}")

    assert response.status_code == 200
    assert '<section class="wrap site-alerts"' not in response.text


def test_a_translation_never_says_that_it_is_not_translated(client, about, spanish):
    translate(about, spanish)
    response = client.get("/es/about/?not_in=es")

    assert '<section class="wrap site-alerts"' not in response.text


def test_no_answer_depends_on_what_the_browser_prefers(client, about, spanish):
    response = client.get("/about/", headers={"accept-language": "es"})

    assert response["Content-Language"] == "en"
    assert "accept-language" not in response.get("Vary", "").lower()


def test_a_page_in_one_language_is_not_served_at_the_address_of_another(
    client, home, spanish
):
    """A Spanish page that somebody has put among the English ones."""
    page = factories.StandardPageFactory(parent=home, slug="folleto", locale=spanish)

    assert client.get("/folleto/").status_code == 404
    page.delete()
