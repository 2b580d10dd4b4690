"""Going live: no way round the checks, and always a reason."""

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from wagtail.models import Page, Revision, Workflow

from accounts.models import User
from accounts.roles import EDITOR
from core.models import PublishRefused
from tests import factories
from tests.going_live import BULK, REASON, form, in_bulk, live, refusing_some, soon


@pytest.fixture
def refusing():
    with refusing_some():
        yield


@pytest.fixture
def draft(home):
    page = factories.GlossaryPageFactory(
        parent=home, slug="words", title="To be refused", live=False
    )
    page.save_revision()
    return page


# Ways to publish: each takes a client and a draft


def by_the_button(client, page):
    sent = form(page) | {"action-publish": "1"}
    return client.post(f"/admin/pages/{page.pk}/edit/", sent, follow=True)


def by_going_back_to_a_version(client, page):
    version = page.get_latest_revision()
    sent = form(page) | {"action-publish": "1", "revision": version.pk}
    address = f"/admin/pages/{page.pk}/revisions/{version.pk}/revert/"
    client.get(address)
    return client.post(f"/admin/pages/{page.pk}/edit/", sent, follow=True)


def by_scheduling(client, page):
    sent = form(page, go_live_at=soon(days=1)) | {"action-publish": "1"}
    return client.post(f"/admin/pages/{page.pk}/edit/", sent, follow=True)


def in_bulk_from_above(client, page):
    address = f"{BULK}?id={page.get_parent().pk}&next=/admin/"
    return client.post(address, {"include_descendants": "on"}, follow=True)


def _submitted(client, page):
    Workflow.objects.get().start(page, user=None)
    return page.current_workflow_task_state


def by_approval_in_the_editor(client, page):
    _submitted(client, page)
    sent = form(page)
    sent |= {"action-workflow-action": "1", "workflow-action-name": "approve"}
    return client.post(f"/admin/pages/{page.pk}/edit/", sent, follow=True)


def by_approval_in_a_list(client, page):
    state = _submitted(client, page)
    address = reverse(
        "wagtailadmin_pages:workflow_action", args=[page.pk, "approve", state.pk]
    )
    return client.post(address, {"comment": "Good"}, follow=True)


WAYS = [
    by_the_button,
    by_going_back_to_a_version,
    by_scheduling,
    in_bulk,
    in_bulk_from_above,
    by_approval_in_the_editor,
    by_approval_in_a_list,
]


@pytest.mark.parametrize("publish", WAYS)
def test_a_refused_page_stays_a_draft_and_the_reason_is_given(
    admin_client, draft, refusing, publish
):
    response = publish(admin_client, draft)

    assert response.status_code == 200
    assert REASON in response.text
    assert not live(draft)
    assert not Revision.objects.exclude(approved_go_live_at=None).exists()


@pytest.mark.parametrize("publish", [way for way in WAYS if way is not by_scheduling])
def test_a_page_that_nothing_stands_against_goes_live(admin_client, draft, publish):
    response = publish(admin_client, draft)

    assert response.status_code == 200
    assert live(draft)


def test_a_new_page_that_is_refused_is_kept_as_a_draft(admin_client, home, refusing):
    page = factories.GlossaryPageFactory.build(title="To be refused", slug="words")
    response = admin_client.post(
        f"/admin/pages/add/home/glossarypage/{home.pk}/",
        form(page) | {"action-publish": "1"},
        follow=True,
    )
    kept = Page.objects.get(slug="words")

    assert REASON in response.text
    assert not kept.live
    assert admin_client.get("/words/").status_code == 404


def test_a_new_page_goes_live_by_the_button(admin_client, home):
    page = factories.GlossaryPageFactory.build(title="Words", slug="words")
    admin_client.post(
        f"/admin/pages/add/home/glossarypage/{home.pk}/",
        form(page) | {"action-publish": "1"},
    )

    assert admin_client.get("/words/").status_code == 200


def test_a_refused_approval_leaves_the_page_to_be_approved(
    admin_client, draft, refusing
):
    by_approval_in_the_editor(admin_client, draft)

    assert Page.objects.get(pk=draft.pk).current_workflow_task is not None


def test_the_dialog_of_an_approval_is_told_where_to_go_on(
    admin_client, draft, refusing
):
    state = _submitted(admin_client, draft)
    address = reverse(
        "wagtailadmin_pages:workflow_action", args=[draft.pk, "approve", state.pk]
    )
    response = admin_client.post(
        address, {"comment": ""}, headers={"x-requested-with": "XMLHttpRequest"}
    )

    assert response.json()["redirect"] == f"/admin/pages/{draft.pk}/edit/"


def test_of_many_pages_those_that_may_go_live_do(admin_client, home, draft, refusing):
    other = factories.StandardPageFactory(parent=home, title="Fine", live=False)
    response = admin_client.post(
        f"{BULK}?id={draft.pk}&id={other.pk}&next=/admin/", follow=True
    )

    assert live(other)
    assert not live(draft)
    assert f"“{draft.title}” was not published. {REASON}" in response.text
    assert "1 page has been published" in response.text


def test_what_is_asked_about_is_the_draft_and_not_what_is_live(home, refusing):
    page = factories.StandardPageFactory(parent=home, title="Fine")
    page.title = "To be refused"
    with pytest.raises(PublishRefused, match=REASON):
        page.save_revision().publish()

    page.title = "Fine again"
    page.save_revision().publish()
    assert Page.objects.get(pk=page.pk).title == "Fine again"


@pytest.mark.parametrize("publish", [by_the_button, by_scheduling, in_bulk])
def test_whoever_may_not_publish_does_not(client, draft, publish):
    editor = User.objects.create_user("editor@example.gov", "a long pass phrase")
    editor.groups.add(Group.objects.get(name=EDITOR))
    client.force_login(editor)
    response = publish(client, draft)

    assert response.status_code == 200
    assert not live(draft)
    assert not Revision.objects.exclude(approved_go_live_at=None).exists()
