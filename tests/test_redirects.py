"""Where visitors of an address that a page has left arrive."""

import pytest
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, PageViewRestriction

from tests import factories


@pytest.fixture(autouse=True)
def _commits(django_capture_on_commit_callbacks):
    """What happens after commit happens at the end of each `rename` here."""
    rename.capture = django_capture_on_commit_callbacks


def rename(page, slug):
    page = Page.objects.get(pk=page.pk).specific
    page.slug = slug
    with rename.capture(execute=True):
        page.save_revision().publish()


@pytest.fixture
def about(home):
    return factories.StandardPageFactory(parent=home, slug="about")


@pytest.fixture
def history(about):
    return factories.StandardPageFactory(parent=about, slug="history")


def arrives(client, address):
    """Where a visitor of an address ends, and over how many redirects."""
    response = client.get(address, follow=True)
    chain = response.redirect_chain
    return response.status_code, chain[-1][0] if chain else address, len(chain)


def test_a_live_page_is_found_at_its_former_address(client, about):
    rename(about, "who-we-are")

    assert arrives(client, "/about/") == (200, "/who-we-are/", 1)
    assert client.get("/about/").status_code == 301


def test_pages_below_are_found_at_their_former_addresses(client, about, history):
    rename(about, "who-we-are")

    assert arrives(client, "/about/history/") == (200, "/who-we-are/history/", 1)


def test_pages_moved_in_the_admin_are_found(admin_client, home, about, history):
    elsewhere = factories.StandardPageFactory(parent=home, slug="office")
    admin_client.post(f"/admin/pages/{about.pk}/move/{elsewhere.pk}/confirm/")

    assert arrives(admin_client, "/about/") == (200, "/office/about/", 1)
    assert arrives(admin_client, "/about/history/") == (
        200,
        "/office/about/history/",
        1,
    )


def test_many_pages_moved_at_once_are_found(admin_client, home, about):
    elsewhere = factories.StandardPageFactory(parent=home, slug="office")
    admin_client.post(
        f"/admin/bulk/wagtailcore/page/move/?id={about.pk}", {"chooser": elsewhere.pk}
    )

    assert arrives(admin_client, "/about/") == (200, "/office/about/", 1)


def test_the_names_a_draft_had_lead_nowhere(client, home):
    draft = factories.StandardPageFactory(parent=home, slug="secret-plan", live=False)
    rename(draft, "plan")

    assert client.get("/plan/").status_code == 200
    assert client.get("/secret-plan/").status_code == 404
    assert not Redirect.objects.exists()


def test_a_live_page_below_a_draft_is_found_too(client, home):
    draft = factories.StandardPageFactory(parent=home, slug="shell", live=False)
    factories.StandardPageFactory(parent=draft, slug="kernel")
    rename(draft, "husk")

    assert arrives(client, "/shell/kernel/") == (200, "/husk/kernel/", 1)


def test_a_page_moved_twice_is_one_redirect_away(client, about):
    rename(about, "second")
    rename(about, "third")

    assert arrives(client, "/about/") == (200, "/third/", 1)
    assert arrives(client, "/second/") == (200, "/third/", 1)


def test_a_name_that_comes_back_makes_no_loop(client, about):
    rename(about, "other")
    rename(about, "about")

    assert arrives(client, "/about/") == (200, "/about/", 0)
    assert arrives(client, "/other/") == (200, "/about/", 1)

    Page.objects.get(pk=about.pk).specific.unpublish()
    assert client.get("/about/").status_code == 404
    assert client.get("/other/").status_code == 404


def test_two_pages_that_swap_names_are_both_found(client, home, about):
    other = factories.StandardPageFactory(parent=home, slug="other")
    rename(about, "aside")
    rename(other, "about")
    rename(about, "other")

    assert arrives(client, "/aside/") == (200, "/other/", 1)
    assert arrives(client, "/about/") == (200, "/about/", 0)
    assert arrives(client, "/other/") == (200, "/other/", 0)


def test_what_staff_sent_to_an_address_follows_the_page(client, about):
    Redirect.add_redirect("/old-brochure", "/about/", is_permanent=False)
    rename(about, "who-we-are")

    assert arrives(client, "/old-brochure") == (200, "/who-we-are/", 1)


def test_no_redirect_leads_to_a_page_nobody_can_read(client, about):
    rename(about, "who-we-are")
    PageViewRestriction.objects.create(page_id=about.pk, restriction_type="login")

    assert client.get("/about/").status_code == 404


def test_a_path_too_long_for_a_redirect_moves_all_the_same(admin_client, home, about):
    deep = about
    for letter in "abc":
        deep = factories.StandardPageFactory(parent=deep, slug=letter * 100)
    elsewhere = factories.StandardPageFactory(parent=home, slug="office")
    response = admin_client.post(
        f"/admin/pages/{about.pk}/move/{elsewhere.pk}/confirm/"
    )

    assert response.status_code == 302
    deep.refresh_from_db()
    assert admin_client.get(deep.url).status_code == 200
    assert arrives(admin_client, "/about/") == (200, "/office/about/", 1)


def test_two_redirects_of_all_sites_for_one_address_are_no_error(
    client, about, history
):
    for page in (about, history):
        Redirect.objects.create(old_path="/brochure", site=None, redirect_page=page)

    assert arrives(client, "/brochure") == (200, "/about/", 1)


@pytest.mark.parametrize("link", ["/loop", "/loop/", "http://testserver/loop"])
def test_a_redirect_to_itself_leads_nowhere(client, home, link):
    Redirect.objects.create(old_path="/loop", redirect_link=link)

    assert client.get("/loop/").status_code == 404


def test_translations_are_found_at_their_former_addresses(client, about, spanish):
    page = about.copy_for_translation(spanish)
    page.slug = "acerca"
    page.save_revision().publish()
    rename(page, "quienes-somos")

    assert arrives(client, "/es/acerca/") == (200, "/es/quienes-somos/", 1)
    assert client.get("/acerca/").status_code == 404


def test_no_redirect_leads_into_a_language_that_is_switched_off(client, about, spanish):
    page = about.copy_for_translation(spanish)
    page.save_revision().publish()
    Redirect.objects.create(old_path="/folleto", redirect_page=page)
    assert client.get("/folleto/").status_code == 301

    spanish.switch.public = False
    spanish.switch.save()
    assert client.get("/folleto/").status_code == 404


def test_staff_move_a_page_onto_an_address_that_was_left(admin_client, home, about):
    rename(about, "who-we-are")
    new = factories.StandardPageFactory(parent=home, slug="fresh")
    rename(new, "about")

    assert arrives(admin_client, "/about/") == (200, "/about/", 0)
    assert arrives(admin_client, "/fresh/") == (200, "/about/", 1)


@pytest.mark.parametrize(
    "make", [factories.PopulationFactory, factories.TopicFactory], ids=["for", "topics"]
)
def test_a_listing_is_found_at_each_former_address_in_one_step(client, home, make):
    word = make(slug="first")
    place = word.get_absolute_url().split("/")[1]
    for slug in ["second", "third", "first", "fourth"]:
        word.slug = slug
        word.save()

    for slug in ["first", "second", "third"]:
        assert arrives(client, f"/{place}/{slug}/") == (200, f"/{place}/fourth/", 1)


def test_a_listing_in_spanish_is_found_at_its_former_address(client, home, spanish):
    word = factories.TopicFactory(slug="work").copy_for_translation(spanish)
    word.slug = "trabajo"
    word.save()
    word.slug = "el-trabajo"
    word.save()

    assert arrives(client, "/es/topics/trabajo/")[1:] == ("/es/topics/el-trabajo/", 1)
