"""A document is found while a page that visitors may read leads to it."""

import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.test import Client
from taggit.models import Tag
from wagtail.documents import get_document_model
from wagtail.models import Collection, CollectionViewRestriction, Page

from accounts.roles import PUBLISHER
from search.models import Entry
from tests.people import somebody
from tests.test_search import DETENTION, RACE, RESULT, found, spanish_on

__all__ = ["spanish_on"]
pytestmark = [
    pytest.mark.xdist_group("content"),
    pytest.mark.usefixtures("content", "db"),
    pytest.mark.on_sqlite_too,
]
SPANISH = "/es/programas/detencion/"


def page_at(address):
    """A page below the home page of its language."""
    home = "/home-es/" if address.startswith("/es/") else "/home/"
    return next(
        page.specific
        for page in Page.objects.filter(depth__gt=1)
        if page.get_url() == address or page.url_path == home + address.lstrip("/")
    )


def add_document(title="About the numbat", collection=None, **more):
    file = ContentFile(b"words", name="numbat.txt")
    collection = collection or Collection.get_first_root_node()
    document = get_document_model()
    return document.objects.create(
        title=title, file=file, collection=collection, **more
    )


def link_from(address, html):
    """Publish a page whose last paragraph is this."""
    page = page_at(address)
    page.body.append(("text", {"heading": "", "text": f"<p>{html}</p>"}))
    page.save_revision().publish()
    return page


def chosen(document):
    return f'<a linktype="document" id="{document.pk}">Read it</a>'


def test_a_document_is_found_while_a_page_that_leads_to_it_is_public(client):
    document = add_document()
    assert found(client, "numbat") == []

    page = link_from(RACE, chosen(document))
    assert found(client, "numbat") == [document.url]
    restriction = page.view_restrictions.create(restriction_type="login")
    assert found(client, "numbat") == []
    restriction.delete()
    assert found(client, "numbat") == [document.url]
    page.unpublish()
    assert found(client, "numbat") == []
    page.save_revision().publish()
    page.body.pop()
    page.save_revision().publish()
    assert found(client, "numbat") == []
    assert not Entry.objects.filter(document=document).exists()


@pytest.mark.parametrize(
    ("before", "is_ours"),
    [("", True), ("http://testserver", True), ("https://example.gov", False)],
)
def test_an_address_leads_to_a_document_too(client, before, is_ours):
    document = add_document()
    link_from(RACE, f'<a href="{before}{document.url}">Read it</a>')

    assert (found(client, "numbat") == [document.url]) is is_ours


@pytest.mark.parametrize("key", ["0", "9" * 9, "9" * 40, "١", "x", "-1", ""])
def test_a_link_to_no_document_breaks_nothing(client, key):
    link_from(
        RACE,
        f'<a href="/documents/{key}/a.pdf">a</a> <a linktype="document" id="{key}">b</a>',
    )

    assert RACE in found(client, "use of race")


def test_a_document_below_a_private_collection_is_not_found(client):
    private = Collection.get_first_root_node().add_child(name="Private")
    below = private.add_child(name="Below")
    link_from(RACE, chosen(add_document(collection=below)))
    assert len(found(client, "numbat")) == 1
    CollectionViewRestriction.objects.create(
        collection=private, restriction_type="login"
    )

    assert found(client, "numbat") == []


def test_a_document_is_in_the_language_of_the_pages_that_lead_to_it(client, spanish_on):
    document = add_document("Formulario de queja sobre el numbat")
    link_from(SPANISH, chosen(document))
    text = client.get("/es/search/", {"q": "formularios numbat"}).text
    assert RESULT.findall(text) == [document.url]
    assert "Nada en su idioma" not in text

    link_from(DETENTION, chosen(document))
    assert Entry.objects.get(document=document).language == "en"


def test_tags_of_a_document_are_found_when_they_are_given_and_no_longer(client):
    document = add_document("A form")
    link_from(RACE, chosen(document))
    publisher = Client()
    publisher.force_login(somebody(PUBLISHER))
    form = {"title": "A form", "collection": document.collection_id}
    for tags, there, gone in [
        ("numbat, bilby", "numbat", "dingo"),
        ("dingo", "dingo", "numbat"),
    ]:
        address = f"/admin/documents/edit/{document.pk}/"
        assert publisher.post(address, form | {"tags": tags}).status_code == 302
        assert found(client, there) == [document.url]
        assert found(client, gone) == []

    document.tags.add("quoll")
    assert found(client, "quoll") == [document.url]
    tag = Tag.objects.get(name="quoll")
    tag.name = "wallaby"
    tag.save()
    call_command("tick")
    assert found(client, "wallaby") == [document.url]
