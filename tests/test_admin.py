"""The admin as staff meet it: its look, its menu, its pictures, its languages."""

import re

import pytest
from django.contrib.auth.models import Group
from wagtail.models import Locale, Site

from accounts.models import User
from accounts.roles import ADMINISTRATOR, EDITOR, INTAKE, PUBLISHER
from core.models import LanguageSwitch, PortalImage, SiteAlert
from tests import factories
from tests.editor import fields
from tests.pictures import picture


@pytest.fixture
def member(home, client):
    def sign_in(role):
        user = User.objects.create_user(
            f"{role.lower()}@example.gov", "x", first_name=role
        )
        user.groups.add(Group.objects.get(name=role))
        client.force_login(user)
        return client

    return sign_in


def menu(client):
    """The labels of the menu, in the order in which the browser draws them."""
    props = re.search(
        r'id="wagtail-sidebar-props"[^>]*>(.*?)</script>',
        client.get("/admin/").text,
        re.S,
    )
    return [
        name
        for name in re.findall(r'"label": "([^"]+)"', props[1])
        if name
        in {
            "Pages",
            "Words we use",
            "Site alerts",
            "Images",
            "Documents",
            "Translations",
            "Reports",
            "Settings",
            "Help",
            "Snippets",
        }
    ]


def test_the_sign_in_page_names_the_portal_and_not_its_maker(home, client):
    page = client.get("/admin/login/").text

    assert "Immigration Section" in page
    assert "Sign in to Wagtail" not in page


def test_the_menu_follows_the_work(member):
    assert menu(member(ADMINISTRATOR)) == [
        "Pages",
        "Words we use",
        "Site alerts",
        "Images",
        "Documents",
        "Translations",
        "Reports",
        "Settings",
        "Help",
    ]


def test_editors_see_no_door_that_is_locked(member):
    assert not {"Settings", "Translations"} & {*menu(member(EDITOR))}


ADDRESSES = [
    "",
    "pages/",
    "pages/{home}/",
    "pages/{home}/edit/",
    "pages/{home}/history/",
    "pages/add/home/standardpage/{home}/",
    "snippets/core/organization/",
    "snippets/core/sitealert/add/",
    "images/",
    "images/add/",
    "documents/multiple/add/",
    "localize/reports/translations/",
    "reports/site-history/",
    "reports/aging-pages/",
    "settings/core/portalsettings/",
    "languages/",
    "users/",
    "users/new/",
    "redirects/",
    "workflows/list/",
    "collections/",
    "sites/",
    "account/",
    "how-to/",
]


@pytest.mark.parametrize("address", ADDRESSES)
def test_an_administrator_opens_it_and_it_asks_nobody_else_for_anything(
    home, member, address
):
    response = member(ADMINISTRATOR).get(
        "/admin/" + address.format(home=home.pk), follow=True
    )

    assert response.status_code == 200
    loaded = re.findall(
        r'<(?:script|img|iframe|link)[^>]+(?:src|href)="([^"]+)"', response.text
    )
    assert not [url for url in loaded if url.startswith(("http:", "https:", "//"))]
    assert "default-src 'none'" in response["Content-Security-Policy"]
    assert "gravatar" not in response.text


@pytest.mark.parametrize("make", factories.PAGE_MAKERS.values(), ids=lambda _: "")
def test_the_editor_of_every_type_of_page_opens(home, member, make):
    page = make(home)

    assert member(EDITOR).get(f"/admin/pages/{page.pk}/edit/").status_code == 200


def test_the_preview_may_load_its_style_where_staff_are_not_at_the_sites_own_address(
    home, member
):
    Site.objects.update(port=8000)  # staff come in at another port, as through a tunnel
    page = factories.GlossaryPageFactory(parent=home)
    client = member(EDITOR)
    address = f"/admin/pages/{page.pk}/edit/preview/"
    client.post(address, fields(client.get(f"/admin/pages/{page.pk}/edit/")))
    policy = client.get(address)["Content-Security-Policy"]

    assert "style-src 'self'" in policy
    assert "unsafe-inline" not in policy


def test_help_tells_the_acts_of_every_week(member):
    page = member(PUBLISHER).get("/admin/how-to/").text

    for act in [
        "Change a page",
        "Add a page",
        "Show an alert",
        "Put in a picture",
        "Translate a page",
    ]:
        assert act in page
    assert "Let a colleague in" not in page
    assert "Answer somebody who wrote" not in page


def test_help_tells_intake_officers_how_to_answer(member):
    page = member(INTAKE).get("/admin/how-to/").text

    for act in ["Answer somebody who wrote to us", "Enter a letter or a call"]:
        assert act in page


def test_a_page_cannot_be_hidden_behind_a_shared_password(home, member):
    page = member(PUBLISHER).get(f"/admin/pages/{home.pk}/privacy/").text

    assert "login" in page
    assert "password" not in page


def test_an_alert_must_end_after_it_begins(home, member):
    sent = {
        "level": "warning",
        "heading": "Closed",
        "text": "null",
        "shows_from": "2027-01-02 10:00",
        "shows_until": "2027-01-01 10:00",
    }
    response = member(PUBLISHER).post("/admin/snippets/core/sitealert/add/", sent)

    assert "must end after it begins" in response.text
    assert not SiteAlert.objects.exists()


def add(client, **sent):
    return client.post(
        "/admin/images/add/", {"title": "A door", "collection": 1, **sent}
    )


def test_a_picture_needs_words_and_the_message_stands_at_their_field(home, member):
    response = add(member(EDITOR), file=picture())
    errors = response.context["form"].errors

    assert errors == {
        "description": ["Describe the picture, or say that it is only decoration."]
    }


@pytest.mark.parametrize(
    "says", [{"description": "An open door"}, {"is_decoration": "on"}]
)
def test_a_described_or_decorative_picture_is_taken(home, member, says):
    add(member(EDITOR), file=picture(), **says)

    assert PortalImage.objects.exists()


def test_many_pictures_at_once_wait_for_their_words(home, member):
    client = member(EDITOR)
    sent = {"title": "A door", "files[]": picture(), "collection": 1}
    answer = client.post("/admin/images/multiple/add/", sent).json()
    assert not PortalImage.objects.exists()

    number = answer["uploaded_file_id"]
    address = f"/admin/images/multiple/create_from_uploaded_image/{number}/"
    name = f"uploaded-image-{number}"
    refused = client.post(
        address, {f"{name}-title": "A door", f"{name}-collection": 1}
    ).json()
    assert "Describe the picture" in refused["form"]

    sent = {
        f"{name}-title": "A door",
        f"{name}-description": "A door",
        f"{name}-collection": 1,
    }
    assert client.post(address, sent).json()["success"]
    assert PortalImage.objects.get().description == "A door"


@pytest.mark.parametrize("kept", [0.02, 0.5, 0.9])
@pytest.mark.parametrize("name", ["door.jpg", "door.png"])
def test_a_damaged_picture_is_answered_in_words(home, member, name, kept):
    client = member(EDITOR)
    response = add(client, description="A door", file=picture(name, kept))
    assert "damaged" in response.context["form"].errors["file"][0]

    sent = {"title": "A door", "files[]": picture(name, kept), "collection": 1}
    answer = client.post("/admin/images/multiple/add/", sent).json()
    assert "damaged" in answer["error_message"]


def test_a_language_is_added_and_stays_off_until_its_home_page_is_published(
    home, member
):
    client = member(ADMINISTRATOR)
    client.post("/admin/languages/new/", {"language": "es"})
    switch = LanguageSwitch.objects.get()
    address = f"/admin/languages/edit/{switch.pk}/"
    assert "Publish the home page" in client.post(address, {"public": "on"}).text

    page = home.copy_for_translation(Locale.objects.get(language_code="es"))
    page.slug = "inicio"
    page.save_revision().publish()
    client.post(address, {"public": "on"})
    assert LanguageSwitch.objects.get().public


def test_a_language_is_never_deleted(home, member):
    factories.language("es", home)
    switch = LanguageSwitch.objects.get()
    client = member(ADMINISTRATOR)
    client.post(f"/admin/languages/delete/{switch.pk}/")
    client.post(f"/admin/locales/{switch.locale.pk}/delete/")

    assert LanguageSwitch.objects.exists()
    assert "delete" not in client.get("/admin/languages/").text
