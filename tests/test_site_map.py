"""The site map: every page a visitor can read, as a tree."""

import html5lib
from wagtail.models import PageViewRestriction

from core.models import PageTopic
from tests import factories
from tests.reading import HTML, cost

LISTINGS = ("/for/", "/topics/")


def links(client, path):
    """Names of the pages that the tree lists, each with those right below it."""
    tree = html5lib.parse(client.get(path).text)
    main = next(each for each in tree.iter(f"{HTML}main"))
    return {each.get("href"): each.text for each in main.iter(f"{HTML}a")}


def test_it_lists_every_page_below_the_one_it_is_part_of(client, home):
    programs = factories.StandardPageFactory(parent=home, slug="programs")
    factories.StandardPageFactory(parent=programs, slug="detention", title="Detention")

    text = client.get("/site-map/").text
    assert links(client, "/site-map/")["/programs/detention/"] == "Detention"
    assert text.index('href="/programs/"') < text.index('href="/programs/detention/"')


def test_it_leaves_out_what_a_visitor_cannot_read(client, home):
    factories.StandardPageFactory(parent=home, slug="draft", live=False)
    private = factories.StandardPageFactory(parent=home, slug="private")
    factories.StandardPageFactory(parent=private, slug="below")
    PageViewRestriction.objects.create(page=private, restriction_type="login")
    hidden = factories.StandardPageFactory(parent=home, slug="hidden", live=False)
    factories.StandardPageFactory(parent=hidden, slug="shown")

    found = links(client, "/site-map/")
    assert [each for each in found if not each.startswith(LISTINGS)] == [
        "/hidden/shown/"
    ]


def test_it_lists_topics_that_have_a_page(client, home):
    page = factories.StandardPageFactory(parent=home)
    topic = factories.TopicFactory(name="Form I-9", slug="form-i-9")
    factories.TopicFactory(slug="nothing-yet")
    PageTopic.objects.create(page=page, topic=topic)

    found = links(client, "/site-map/")
    assert found["/topics/form-i-9/"] == "Form I-9"
    assert "/topics/nothing-yet/" not in found


def test_it_speaks_the_language_of_its_address(client, home, spanish):
    page = factories.StandardPageFactory(parent=home, slug="about")
    copy = page.copy_for_translation(spanish)
    copy.title, copy.slug = "Qué hacemos", "acerca"
    copy.save_revision().publish()

    assert links(client, "/es/site-map/")["/es/acerca/"] == "Qué hacemos"
    assert "/about/" not in links(client, "/es/site-map/")
    assert "Mapa del sitio" in client.get("/es/site-map/").text
    assert client.get("/ar/site-map/").status_code == 404


def test_every_page_leads_to_it(client, home):
    assert 'href="/site-map/"' in client.get("/").text


def test_it_costs_the_same_for_5_and_50_pages(client, home):
    for _ in range(5):
        factories.StandardPageFactory(parent=home)
    cost(client, "/site-map/")
    few = cost(client, "/site-map/")
    for _ in range(45):
        factories.StandardPageFactory(parent=home)

    assert cost(client, "/site-map/") == few <= 25
