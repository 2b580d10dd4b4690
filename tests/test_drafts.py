"""What is no page yet: copies, placeholders, pages on which something is missing."""

import pytest
from wagtail.models import Page

from home.models import StandardPage
from tests import factories
from tests.going_live import in_bulk, live


def test_copies_are_drafts_whatever_is_asked(admin_client, home):
    page = factories.StandardPageFactory(parent=home, slug="office")
    factories.StandardPageFactory(parent=page, slug="history")
    form_shown = admin_client.get(f"/admin/pages/{page.pk}/copy/")
    admin_client.post(
        f"/admin/pages/{page.pk}/copy/",
        {
            "new_title": "Copy",
            "new_slug": "copy",
            "new_parent_page": home.pk,
            "copy_subpages": "on",
            "publish_copies": "on",
            "alias": "on",
        },
    )
    copies = Page.objects.get(slug="copy").get_descendants(inclusive=True)

    assert "publish_copies" not in form_shown.text
    assert 'name="alias"' not in form_shown.text
    assert [(each.live, each.alias_of) for each in copies] == [(False, None)] * 2


def test_a_copy_made_by_code_is_a_draft(home):
    page = factories.StandardPageFactory(parent=home, slug="office")
    factories.StandardPageFactory(parent=page, slug="history")
    copy = page.copy(recursive=True, update_attrs={"slug": "copy"})

    assert not copy.get_descendants(inclusive=True).live().exists()


def test_an_alias_is_never_live(admin_client, home):
    page = factories.StandardPageFactory(parent=home, slug="office")
    alias = page.create_alias(update_slug="alias")
    page.save_revision().publish()
    assert not live(alias)

    admin_client.post(f"/admin/pages/{alias.pk}/convert_alias/")
    alias.refresh_from_db()
    assert (alias.live, alias.alias_of) == (False, None)


def test_a_page_added_by_code_is_a_draft(home):
    page = home.add_child(instance=StandardPage(title="New", summary="It is new."))

    assert not live(page)


@pytest.mark.parametrize(
    "act",
    [
        "publish",
        "copy",
        "create_alias",
        "convert_alias",
        "move",
        "delete",
        "unpublish",
        "revert_to_page_revision",
        "copy_for_translation",
    ],
)
def test_nothing_is_done_through_the_api(admin_client, home, act):
    draft = factories.GlossaryPageFactory(parent=home, live=False)
    draft.save_revision()
    assert admin_client.get(f"/admin/api/main/pages/{draft.pk}/").status_code == 200
    address = f"/admin/api/main/pages/{draft.pk}/action/{act}/"
    response = admin_client.post(address, {"keep_live": True, "recursive": True})

    assert response.status_code == 404
    assert not live(draft)
    assert not Page.objects.filter(title=draft.title).exclude(pk=draft.pk).exists()


# What every page must have


def test_a_draft_without_a_summary_is_kept_and_does_not_go_live(admin_client, home):
    page = factories.StandardPageFactory(parent=home, summary="", live=False)
    page.save_revision(clean=False)
    response = in_bulk(admin_client, page)

    assert not live(page)
    assert "Summary: This field cannot be blank." in response.text


def test_a_page_whose_required_body_is_empty_does_not_go_live(
    admin_client, home, monkeypatch
):
    page = factories.StandardPageFactory(parent=home, body=[], live=False)
    page.save_revision(clean=False)
    block = StandardPage._meta.get_field("body").stream_block
    monkeypatch.setattr(block.meta, "required", True)
    response = in_bulk(admin_client, page)

    assert not live(page)
    assert "Body: This field is required." in response.text


def test_a_page_with_an_unfinished_block_does_not_go_live(admin_client, home):
    unfinished = ("call_to_action", {"label": "Go on", "url": "to be found"})
    page = factories.StandardPageFactory(parent=home, body=[unfinished], live=False)
    page.save_revision(clean=False)
    response = in_bulk(admin_client, page)

    assert not live(page)
    assert "Body: a part of it is not complete." in response.text


def test_a_page_with_an_unfinished_row_does_not_go_live(admin_client, home):
    program = factories.ProgramPageFactory(
        parent=factories.ProgramIndexPageFactory(parent=home)
    )
    body = factories.BodyPageFactory(parent=program, live=False)
    body.seats.add(type(body.seats.first())(holder="", locale=body.locale))
    body.save_revision(clean=False)
    response = in_bulk(admin_client, body)

    assert not live(body)
    assert "Seat: This field cannot be blank." in response.text


@pytest.mark.parametrize("make", factories.PAGE_MAKERS.values())
def test_every_type_of_page_passes_when_it_is_filled(home, make):
    page = make(home)
    Page.objects.filter(pk=page.pk).update(live=False)
    page.refresh_from_db()
    page.save_revision().publish()

    assert live(page)
