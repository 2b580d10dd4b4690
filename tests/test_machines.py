"""What search engines, researchers and other machines read."""

import datetime
import re

import html5lib
import pytest
from django.test import Client
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction, Site

from core.models import PagePopulation, PageTopic, PortalSettings
from tests import factories
from tests.reading import cost, head, sitemap


def translate(page, locale, **fields):
    """The page in another language, as live as a person could make it."""
    copy = page.copy_for_translation(locale)
    for name, value in fields.items():
        setattr(copy, name, value)
    copy.save_revision().publish()
    return copy


def pages(addresses):
    """Addresses other than those of listings."""
    return {each for each in addresses if not re.search("/(for|topics)/", each)}


@pytest.fixture
def about(home):
    page = factories.StandardPageFactory(parent=home, slug="about", show_in_menus=True)
    page.save_revision().publish()
    return page


@pytest.fixture
def acerca(about, spanish):
    return translate(about, spanish, slug="acerca", title="Qué hace esta Sección")


def test_the_sitemap_lists_pages_with_their_last_change(client, home, about):
    listed = sitemap(client)

    assert pages(listed) == {
        "http://testserver/",
        "http://testserver/about/",
        "http://testserver/site-map/",
    }
    changed = datetime.datetime.fromisoformat(listed["http://testserver/about/"][0])
    about.refresh_from_db()
    assert abs(changed - about.last_published_at) < datetime.timedelta(seconds=1)
    assert listed["http://testserver/about/"][1] == {}  # no other language


def test_the_sitemap_leaves_out_what_a_visitor_cannot_read(
    client, home, about, spanish
):
    factories.StandardPageFactory(parent=home, slug="draft", live=False)
    private = factories.StandardPageFactory(parent=home, slug="private")
    factories.StandardPageFactory(parent=private, slug="below")
    PageViewRestriction.objects.create(page=private, restriction_type="login")
    alias = about.copy_for_translation(spanish, alias=True)
    Page.objects.filter(pk=alias.pk).update(live=True)

    assert pages(sitemap(client)) == {
        "http://testserver/",
        "http://testserver/about/",
        "http://testserver/es/",
        "http://testserver/site-map/",
        "http://testserver/es/site-map/",
    }


def test_the_sitemap_lists_what_there_is_for_whom_and_on_what(client, home, about):
    migrants = factories.PopulationFactory(slug="migrants")
    factories.PopulationFactory(slug="nobody-yet")
    PagePopulation.objects.create(page=about, population=migrants)

    listed = sitemap(client)

    assert {"http://testserver/for/migrants/", "http://testserver/site-map/"} <= set(
        listed
    )
    assert "http://testserver/for/nobody-yet/" not in listed
    about.refresh_from_db()
    changed = datetime.datetime.fromisoformat(
        listed["http://testserver/for/migrants/"][0]
    )
    assert abs(changed - about.last_published_at) < datetime.timedelta(seconds=1)


def test_the_sitemap_names_the_host_that_was_asked_as_pages_do(client, home, about):
    """An operator who forgets the site's own host name loses no search engine."""
    Site.objects.update(hostname="somewhere.else", port=8000)

    for address in sitemap(client):
        assert address.startswith("http://testserver/")
        assert head(client, address)[0]["canonical"] == address


def test_alternates_of_the_sitemap_are_the_same_from_each_side(client, acerca):
    listed = sitemap(client)
    both = {
        "en": "http://testserver/about/",
        "es": "http://testserver/es/acerca/",
    }

    assert listed[both["en"]][1] == both == listed[both["es"]][1]
    for address in listed:
        assert client.get(address).status_code == 200


def test_a_language_that_is_switched_off_is_in_no_list(client, about, acerca, spanish):
    spanish.switch.public = False
    spanish.switch.save()

    assert not [address for address in sitemap(client) if "/es/" in address]
    assert head(client, "/about/")[1] == {}


def test_the_sitemap_costs_the_same_for_5_and_50_pages(client, home, spanish):
    for _ in range(5):
        translate(factories.StandardPageFactory(parent=home), spanish)
    cost(client, "/sitemap.xml")
    few = cost(client, "/sitemap.xml")
    for _ in range(45):
        factories.StandardPageFactory(parent=home)

    assert cost(client, "/sitemap.xml") == few <= 10
    assert len(pages(sitemap(client))) == 4 + 10 + 45


def test_a_portal_without_a_site_has_an_empty_sitemap(client, home):
    Site.objects.all().delete()

    assert sitemap(client) == {}


def test_robots_may_read_all_but_the_admin_and_learn_of_the_sitemap(client, home):
    response = client.get("/robots.txt")
    lines = response.text.splitlines()

    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert lines[0] == "User-agent: *"
    assert {line for line in lines if line.startswith("Disallow")} == {
        "Disallow: /admin/",
        "Disallow: /leave/",
    }
    assert "Sitemap: http://testserver/sitemap.xml" in lines


def test_security_txt_is_not_there_until_staff_have_said_whom_to_write_to(client, home):
    numbers = PortalSettings.load()
    assert client.get("/.well-known/security.txt").status_code == 404
    numbers.security_contact = "mailto:security@example.gov"
    numbers.save()

    assert client.get("/.well-known/security.txt").status_code == 404


def test_security_txt_has_what_rfc_9116_asks_for(client, home):
    numbers = PortalSettings.load()
    numbers.security_contact = "mailto:security@example.gov"
    numbers.security_expires = timezone.localdate() + datetime.timedelta(days=90)
    numbers.save()
    response = client.get("/.well-known/security.txt")
    fields = [line.split(": ", 1) for line in response.text.splitlines()]
    names = [name for name, _ in fields]
    values = dict(fields)

    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert names.count("Expires") == names.count("Preferred-Languages") == 1
    assert values["Contact"] == "mailto:security@example.gov"
    assert values["Canonical"] == "http://testserver/.well-known/security.txt"
    expires = datetime.datetime.fromisoformat(values["Expires"])
    assert expires.tzinfo
    assert expires.date() == numbers.security_expires


def test_the_one_address_of_a_page_is_without_what_was_added_to_it(
    client, about, spanish
):
    for query in ["", "?not_in=es", "?utm_source=x", "?for=workers&for=else"]:
        meta, _ = head(client, f"/about/{query}")
        assert meta["canonical"] == meta["og:url"] == "http://testserver/about/"
        assert "robots" not in meta


def test_each_alternate_answers_and_points_back(client, about, acerca):
    _, here = head(client, "/about/")

    assert here == {
        "en": "http://testserver/about/",
        "es": "http://testserver/es/acerca/",
        "x-default": "http://testserver/about/",
    }
    for address in here.values():
        meta, there = head(client, address)
        assert there == here
        assert meta["canonical"] == address


def test_a_page_in_one_language_has_no_alternates(client, about, spanish):
    assert head(client, "/about/")[1] == {}


def test_a_page_says_its_language_where_it_is_shared(client, about, acerca):
    english, _ = head(client, "/about/")
    spanish, _ = head(client, "/es/acerca/")

    assert english["og:locale"] == "en_US"
    assert spanish["og:locale"] == "es_US"
    assert spanish["og:title"] == "Qué hace esta Sección"
    assert spanish["og:site_name"] == "Sección de Inmigración"


LISTINGS = [
    ("for", factories.PopulationFactory, PagePopulation, "population"),
    ("topics", factories.TopicFactory, PageTopic, "topic"),
]
EACH_LISTING = pytest.mark.parametrize(("place", "make", "row", "name"), LISTINGS)


@EACH_LISTING
def test_a_listing_is_a_page_like_any_other(home, client, place, make, row, name):
    words = [make(name="People who work"), make(name="People who wait")]
    page = factories.StandardPageFactory(parent=home, rows=False)
    row.objects.create(page=page, locale=page.locale, **{name: words[0]})
    heads = [head(client, word.get_absolute_url())[0] for word in words]

    for word, meta in zip(words, heads, strict=True):
        text = client.get(word.get_absolute_url()).text
        html5lib.HTMLParser(strict=True).parse(text)
        assert meta["h1"] == [word.name]
        assert word.name in meta["title"]
        assert len(meta["description"]) >= 50
        assert meta["canonical"] == f"http://testserver/{place}/{word.slug}/"
    for key in ["title", "description", "canonical"]:
        assert heads[0][key] != heads[1][key]


@EACH_LISTING
def test_a_listing_points_to_itself_in_other_languages(
    home, client, spanish, place, make, row, name
):
    word = make(name="People who work")
    other = word.copy_for_translation(spanish)
    other.slug, other.name = "quienes-trabajan", "Quienes trabajan"
    other.save()
    here = {
        "en": f"http://testserver/{place}/{word.slug}/",
        "es": f"http://testserver/es/{place}/quienes-trabajan/",
        "x-default": f"http://testserver/{place}/{word.slug}/",
    }

    for address in here.values():
        assert head(client, address)[1] == here


@EACH_LISTING
def test_a_listing_costs_the_same_for_5_and_50_pages(
    home, client, spanish, place, make, row, name
):
    word = make(name="People who work")

    def add(times):
        for i in range(times):
            kind = [factories.StandardPageFactory, factories.ContactPageFactory][i % 2]
            page = kind(parent=home)
            row.objects.create(page=page, locale=page.locale, **{name: word})

    add(5)
    cost(client, word.get_absolute_url())
    few = cost(client, word.get_absolute_url())
    add(45)

    assert cost(client, word.get_absolute_url()) == few <= 25


@EACH_LISTING
def test_a_word_that_is_not_ours_is_not_found(home, place, make, row, name):
    assert Client().get(f"/{place}/nobody/").status_code == 404


def test_what_is_no_page_asks_not_to_be_kept(home, client):
    response = client.get("/no-such-page/")

    assert '<meta name="robots" content="noindex">' in response.text
    assert 'rel="canonical"' not in response.text
    assert "og:url" not in response.text
