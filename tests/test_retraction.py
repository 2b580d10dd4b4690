"""What staff take back or move in English, they take back or move in every language."""

import pytest
from django.contrib.auth.models import Group
from wagtail.models import Page, PageViewRestriction
from wagtail_localize.operations import translate_object

from accounts.roles import PUBLISHER
from tests import factories
from tests.going_live import live


@pytest.fixture
def about(home):
    return factories.StandardPageFactory(parent=home, slug="about", rows=False, body=[])


def translated(page, locale):
    """A live translation."""
    copy = Page.objects.get(pk=page.pk).specific.copy_for_translation(locale)
    copy.save_revision().publish()
    return copy


def unpublish(client, page):
    client.post(f"/admin/pages/{page.pk}/unpublish/")


def unpublish_in_bulk(client, page):
    client.post(f"/admin/bulk/wagtailcore/page/unpublish/?id={page.pk}")


def unpublish_in_bulk_with_its_translation(client, page):
    both = page.get_translations(inclusive=True).values_list("pk", flat=True)
    query = "&".join(f"id={pk}" for pk in both)
    client.post(f"/admin/bulk/wagtailcore/page/unpublish/?{query}")


def unpublish_from_above(client, page):
    parent = page.get_parent()
    address = f"/admin/bulk/wagtailcore/page/unpublish/?id={parent.pk}"
    client.post(address, {"include_descendants": "on"})


@pytest.mark.parametrize(
    "act",
    [
        unpublish,
        unpublish_in_bulk,
        unpublish_in_bulk_with_its_translation,
        unpublish_from_above,
    ],
)
def test_unpublishing_reaches_every_language(admin_client, about, spanish, arabic, act):
    others = [translated(about, spanish), translated(about, arabic)]
    act(admin_client, about)

    assert not live(about)
    assert not any(live(page) for page in others)


def delete(client, page):
    client.post(f"/admin/pages/{page.pk}/delete/")


def delete_in_bulk(client, page):
    client.post(f"/admin/bulk/wagtailcore/page/delete/?id={page.pk}")


def delete_in_bulk_with_its_translation(client, page):
    both = page.get_translations(inclusive=True).values_list("pk", flat=True)
    query = "&".join(f"id={pk}" for pk in both)
    client.post(f"/admin/bulk/wagtailcore/page/delete/?{query}")


@pytest.mark.parametrize(
    "act", [delete, delete_in_bulk, delete_in_bulk_with_its_translation]
)
def test_deleting_reaches_every_language(admin_client, home, about, spanish, act):
    below = factories.StandardPageFactory(parent=about, slug="history")
    for page in (about, below):
        translated(page, spanish)
    act(admin_client, about)

    keys = [about.translation_key, below.translation_key]
    assert not Page.objects.filter(translation_key__in=keys).exists()
    assert Page.find_problems() == ([], [], [], [], [])
    assert live(home.get_translation(spanish))


@pytest.mark.parametrize("act", [unpublish, delete])
def test_what_happens_to_a_translation_does_not_reach_the_english_page(
    admin_client, about, spanish, act
):
    act(admin_client, translated(about, spanish))

    assert live(about)


def test_staff_are_told_what_goes_along(admin_client, about, spanish):
    translated(about, spanish)

    shown = admin_client.get(f"/admin/pages/{about.pk}/delete/")
    assert "What goes with it: Spanish." in shown.text


def set_privacy(client, page, kind, *groups):
    sent = {"restriction_type": kind, "groups": [group.pk for group in groups]}
    client.post(f"/admin/pages/{page.pk}/privacy/", sent)


def test_privacy_reaches_every_language_and_ends_in_every_language(
    admin_client, about, spanish
):
    translation = translated(about, spanish)
    group = Group.objects.get(name=PUBLISHER)
    set_privacy(admin_client, about, "login")
    assert translation.view_restrictions.get().restriction_type == "login"

    set_privacy(admin_client, about, "groups", group)
    mirrored = translation.view_restrictions.get()
    assert mirrored.restriction_type == "groups"
    assert list(mirrored.groups.all()) == [group]

    set_privacy(admin_client, about, "none")
    assert not PageViewRestriction.objects.exists()


def test_a_private_page_is_private_in_each_language(client, about, spanish):
    translation = translated(about, spanish)
    about.view_restrictions.create(restriction_type="login")

    assert client.get(translation.url).url == f"/admin/login/?next={translation.url}"


def test_a_translation_alone_cannot_be_made_public(admin_client, about, spanish):
    translation = translated(about, spanish)
    about.view_restrictions.create(restriction_type="login")
    set_privacy(admin_client, translation, "none")

    assert translation.view_restrictions.exists()


# Moving


@pytest.fixture
def office(home):
    return factories.StandardPageFactory(parent=home, slug="office")


def move(client, page, to):
    client.post(f"/admin/pages/{page.pk}/move/{to.pk}/confirm/")


def move_in_bulk(client, page, to):
    client.post(f"/admin/bulk/wagtailcore/page/move/?id={page.pk}", {"chooser": to.pk})


@pytest.mark.parametrize("act", [move, move_in_bulk])
def test_translations_move_with_the_english_page(
    client, admin_client, about, office, spanish, act
):
    below = factories.StandardPageFactory(parent=about, slug="history")
    for page in (about, below, office):
        translated(page, spanish)
    act(admin_client, about, office)

    moved = below.get_translation(spanish)
    assert moved.url == "/es/office/about/history/"
    assert client.get("/es/about/history/").url == moved.url
    assert Page.find_problems() == ([], [], [], [], [])


def test_translations_move_even_where_the_new_place_is_not_translated(
    client, admin_client, about, office, spanish
):
    translated(about, spanish)
    move(admin_client, about, office)

    assert about.get_translation(spanish).url == "/es/office/about/"
    assert client.get("/es/office/about/").status_code == 200
    assert client.get("/es/office/").url == "/office/?not_in=es"


def test_a_name_that_is_taken_in_the_other_language_is_no_error(
    client, admin_client, home, about, office, spanish
):
    translated(office, spanish)
    translated(about, spanish)
    factories.StandardPageFactory(
        parent=office.get_translation(spanish), slug="about", locale=spanish
    )
    move(admin_client, about, office)

    assert about.get_translation(spanish).url == "/es/office/about-1/"
    assert client.get("/es/about/").url == "/es/office/about-1/"


def test_a_new_order_in_english_is_the_order_in_every_language(home, spanish):
    pages = [
        factories.StandardPageFactory(parent=home, slug=slug)
        for slug in ["a", "b", "c"]
    ]
    for page in pages[:1] + pages[2:]:
        translated(page, spanish)
    Page.objects.get(pk=pages[2].pk).specific.move(home, pos="first-child")

    there = home.get_translation(spanish).get_children()
    assert [page.slug for page in there] == ["c", "a"]


def test_a_third_language_can_follow_after_a_move(
    admin_client, about, office, spanish, arabic
):
    translated(about, spanish)
    move(admin_client, about, office)
    translate_object(about, [arabic])

    assert about.get_translation(arabic).get_parent().slug == "office"
