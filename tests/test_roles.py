"""What the admin lets each role do, tried, against what the matrix says."""

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.urls import reverse
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, Workflow

from accounts.models import User
from accounts.roles import ADMINISTRATOR, EDITOR, PUBLISHER, ROLES
from core.models import LanguageSwitch, PortalImage, PortalSettings, SiteAlert, Topic
from crcl_portal import settings as production
from tests import factories
from tests.editor import fields
from tests.pictures import picture


@pytest.fixture
def member(home, client):
    """Signs a new member of staff in, in a role."""

    def sign_in(role):
        user = User.objects.create_user(
            f"{role.split()[0].lower()}@example.gov", "x", first_name=role
        )
        user.groups.add(Group.objects.get(name=role))
        client.force_login(user)
        return client

    return sign_in


def edit_and(client, page, action):
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    response = client.get(address)
    if response.status_code != 200:
        return
    sent = fields(response) | {"title": "Hard words", "comments-TOTAL_FORMS": "0"}
    client.post(address, sent | {action: "yes"} if action else sent)


def changes_a_page(client, home):
    page = factories.GlossaryPageFactory(parent=home)
    edit_and(client, page, "")
    return Page.objects.get(pk=page.pk).latest_revision is not None


def publishes_a_page(client, home):
    page = factories.GlossaryPageFactory(parent=home, live=False)
    edit_and(client, page, "action-publish")
    return Page.objects.get(pk=page.pk).live


def publishes_many_pages(client, home):
    page = factories.GlossaryPageFactory(parent=home, live=False)
    page.save_revision()
    client.post(f"/admin/bulk/wagtailcore/page/publish/?id={page.pk}")
    return Page.objects.get(pk=page.pk).live


def adds_a_page(client, home):
    address = reverse("wagtailadmin_pages:add", args=["home", "glossarypage", home.pk])
    form = client.get(address)
    if form.status_code != 200:
        return False
    sent = fields(form) | {
        "title": "Hard words",
        "slug": "hard-words",
        "summary": "Hard words in plain ones.",
    }
    client.post(address, sent)
    return Page.objects.filter(slug="hard-words").exists()


def unpublishes_a_page(client, home):
    page = factories.StandardPageFactory(parent=home)
    client.post(reverse("wagtailadmin_pages:unpublish", args=[page.pk]))
    return not Page.objects.get(pk=page.pk).live


def deletes_a_live_page(client, home):
    page = factories.StandardPageFactory(parent=home)
    client.post(reverse("wagtailadmin_pages:delete", args=[page.pk]))
    return not Page.objects.filter(pk=page.pk).exists()


def locks_a_page(client, home):
    client.post(reverse("wagtailadmin_pages:lock", args=[home.pk]))
    return Page.objects.get(pk=home.pk).locked


def looks_at_words(client, home):
    topic = factories.TopicFactory()
    return topic.name in client.get("/admin/snippets/core/topic/", follow=True).text


def adds_a_word(client, home):
    client.post("/admin/snippets/core/topic/add/", {"name": "Asylum", "slug": "asylum"})
    return Topic.objects.filter(slug="asylum").exists()


def shows_a_site_alert(client, home):
    sent = {
        "level": "warning",
        "heading": "Closed on Monday",
        "text": "null",
        "shown": "on",
    }
    client.post("/admin/snippets/core/sitealert/add/", sent)
    return SiteAlert.objects.showing().exists()


def adds_a_picture(client, home):
    sent = {
        "title": "A door",
        "description": "An open door",
        "file": picture(),
        "collection": 1,
    }
    client.post("/admin/images/add/", sent)
    return PortalImage.objects.exists()


def deletes_somebodys_picture(client, home):
    image = PortalImage.objects.create(
        title="A door", description="A door", file=picture()
    )
    client.post(f"/admin/images/{image.pk}/delete/")
    return not PortalImage.objects.exists()


def sends_a_page_to_translation(client, home):
    factories.language("es", home)
    page = factories.StandardPageFactory(parent=home)
    return client.get(f"/admin/localize/submit/page/{page.pk}/").status_code == 200


def changes_numbers(client, home):
    numbers = PortalSettings.load()
    client.post(
        f"/admin/settings/core/portalsettings/{numbers.pk}/",
        {"phone": "1-866-644-8360"},
    )
    return PortalSettings.objects.get().phone == "1-866-644-8360"


def adds_a_redirect(client, home):
    sent = {
        "old_path": "/old/",
        "redirect_link": "https://www.dhs.gov/",
        "is_permanent": "on",
    }
    client.post("/admin/redirects/add/", sent)
    return Redirect.objects.exists()


def adds_a_language(client, home):
    client.post("/admin/languages/new/", {"language": "ar"})
    return LanguageSwitch.objects.exists()


def adds_an_account(client, home):
    role = Group.objects.get(name=EDITOR).pk
    sent = {
        "email": "new@example.gov",
        "first_name": "N",
        "last_name": "W",
        "groups": [role],
    }
    client.post("/admin/users/new/", sent)
    return User.objects.filter(email="new@example.gov").exists()


def gives_a_role(client, home):
    user = User.objects.create_user("other@example.gov", "x")
    role = Group.objects.get(name=ADMINISTRATOR).pk
    sent = {
        "email": user.email,
        "first_name": "O",
        "last_name": "T",
        "groups": [role],
        "is_active": "on",
    }
    client.post(f"/admin/users/edit/{user.pk}/", sent)
    return user.groups.exists()


def makes_themselves_an_administrator(client, home):
    me = User.objects.get(pk=client.session["_auth_user_id"])
    administrators = Group.objects.get(name=ADMINISTRATOR)
    before = administrators in me.groups.all()
    sent = {"email": me.email, "first_name": "O", "last_name": "T", "is_active": "on"}
    sent |= {"groups": [administrators.pk], "is_superuser": "on"}
    client.post(f"/admin/users/edit/{me.pk}/", sent)
    client.post(
        f"/admin/bulk/accounts/user/assign_role/?id={me.pk}",
        {"role": administrators.pk},
    )
    now = User.objects.get(pk=me.pk)
    return now.is_superuser or (administrators in now.groups.all()) is not before


def changes_what_a_role_may_do(client, home):
    group = Group.objects.get(name=EDITOR)
    return client.get(f"/admin/groups/edit/{group.pk}/").status_code == 200


def changes_the_workflow(client, home):
    workflow = Workflow.objects.get()
    return client.get(f"/admin/workflows/edit/{workflow.pk}/").status_code == 200


NOBODY, FROM_PUBLISHER = [], [PUBLISHER, ADMINISTRATOR]
EVERYBODY = [EDITOR, *FROM_PUBLISHER]  # who works on the website
MAY = {
    adds_a_page: EVERYBODY,
    changes_a_page: EVERYBODY,
    looks_at_words: EVERYBODY,
    adds_a_picture: EVERYBODY,
    publishes_a_page: FROM_PUBLISHER,
    publishes_many_pages: FROM_PUBLISHER,
    unpublishes_a_page: FROM_PUBLISHER,
    deletes_a_live_page: FROM_PUBLISHER,
    locks_a_page: FROM_PUBLISHER,
    adds_a_word: FROM_PUBLISHER,
    shows_a_site_alert: FROM_PUBLISHER,
    deletes_somebodys_picture: FROM_PUBLISHER,
    sends_a_page_to_translation: FROM_PUBLISHER,
    changes_numbers: [ADMINISTRATOR],
    adds_a_redirect: [ADMINISTRATOR],
    adds_a_language: [ADMINISTRATOR],
    adds_an_account: [ADMINISTRATOR],
    gives_a_role: [ADMINISTRATOR],
    changes_the_workflow: [ADMINISTRATOR],
    makes_themselves_an_administrator: NOBODY,
    changes_what_a_role_may_do: NOBODY,
}


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("act", MAY, ids=lambda act: act.__name__)
def test_a_role_may_do_what_the_matrix_says_and_no_more(home, member, role, act):
    assert act(member(role), home) is (role in MAY[act])


def test_what_somebody_changed_by_hand_is_put_back(home, member):
    editors = Group.objects.get(name=EDITOR)
    editors.permissions.clear()
    editors.page_permissions.all().delete()
    call_command("sync_roles")

    assert changes_a_page(member(EDITOR), home)


def test_wagtails_own_groups_have_become_ours(home):
    assert {group.name for group in Group.objects.all()} == {*ROLES}


@pytest.mark.parametrize("host", ["", "mail.invalid"])
def test_an_editor_asks_and_a_publisher_approves_even_while_no_mail_can_be_sent(
    home, member, settings, guard, host
):
    settings.EMAIL_BACKEND = production.EMAIL_BACKEND
    settings.EMAIL_HOST = host
    publisher = User.objects.create_user("second@example.gov", "x")
    publisher.groups.add(Group.objects.get(name=PUBLISHER))
    page = factories.GlossaryPageFactory(parent=home, live=False)

    edit_and(member(EDITOR), page, "action-submit")
    task = page.current_workflow_task_state
    client = member(PUBLISHER)
    assert "Hard words" in client.get("/admin/").text

    address = f"/admin/pages/workflow/action/{page.pk}/approve/{task.pk}/"
    client.post(address, {"comment": ""})
    assert Page.objects.get(pk=page.pk).live
    assert set(guard.tried) == {host} - {""}  # mail may leave the machine
    guard.tried.clear()
