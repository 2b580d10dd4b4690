"""Pages in two languages: what translators may do, and what of it visitors see."""

import pytest
from django.contrib.auth.models import Group, Permission

from accounts.models import User
from accounts.roles import PUBLISHER
from tests import factories
from tests.going_live import BULK, live
from tests.translators import put_into_spanish, sent_to_translators


@pytest.fixture
def at_once(monkeypatch):
    """What waits for a commit, which no test reaches, happens at once."""
    monkeypatch.setattr("django.db.transaction.on_commit", lambda act, **kw: act())


@pytest.fixture
def about(home):
    return factories.StandardPageFactory(parent=home, slug="about", rows=False, body=[])


def page_of(translation):
    return translation.get_target_instance()


def press_publish(client, translation):
    address = f"/admin/pages/{page_of(translation).pk}/edit/"
    return client.post(address, {"action": "publish"}, follow=True)


def test_sending_a_live_page_to_translators_makes_a_draft(admin_client, about, spanish):
    address = f"/admin/localize/submit/page/{about.pk}/"
    response = admin_client.post(address, {"locales": spanish.pk}, follow=True)
    draft = about.get_translation(spanish)

    assert response.status_code == 200
    assert not draft.live
    assert admin_client.get("/es/about/").url == "/about/?not_in=es"


def test_a_wholly_translated_page_goes_live(
    client, admin_client, about, spanish, at_once
):
    translation = sent_to_translators(about, spanish)
    put_into_spanish(translation)
    response = press_publish(admin_client, translation)

    assert response.status_code == 200
    assert live(page_of(translation))
    assert f"ES {about.title}" in client.get(page_of(translation).url).text


def test_a_page_with_english_left_in_it_stays_a_draft_and_says_how_much(
    admin_client, about, spanish, at_once
):
    translation = sent_to_translators(about, spanish)
    put_into_spanish(translation, but={"summary"})
    response = press_publish(admin_client, translation)

    assert "Still to translate: 1 of " in response.text
    assert not live(page_of(translation))


def test_a_refused_change_leaves_the_live_translation_as_it_was(
    admin_client, about, spanish, at_once
):
    """wagtail-localize writes on the live row before it publishes."""
    translation = sent_to_translators(about, spanish)
    put_into_spanish(translation)
    press_publish(admin_client, translation)
    about.summary = "Something new, not yet translated."
    about.save_revision().publish()
    translation.source.update_from_db()
    response = press_publish(admin_client, translation)

    assert "Still to translate" in response.text
    assert page_of(translation).summary.startswith("ES ")
    assert live(page_of(translation))


def test_translations_chosen_among_many_go_live_with_their_newest_words(
    admin_client, about, spanish, at_once
):
    translation = sent_to_translators(about, spanish)
    pk = page_of(translation).pk
    refused = admin_client.post(f"{BULK}?id={pk}&next=/admin/", follow=True)
    assert "Still to translate" in refused.text
    assert not live(page_of(translation))

    put_into_spanish(translation)
    admin_client.post(f"{BULK}?id={pk}&next=/admin/")
    assert live(page_of(translation))
    assert page_of(translation).title == f"ES {about.title}"


def test_a_translation_waits_for_its_english_page(
    admin_client, about, spanish, at_once
):
    translation = sent_to_translators(about, spanish)
    put_into_spanish(translation)
    about.unpublish()
    response = press_publish(admin_client, translation)

    assert "The English page is not public. Publish that first." in response.text
    assert not live(page_of(translation))


def test_new_english_words_reach_translators_and_no_visitor(
    admin_client, about, spanish, at_once
):
    translation = sent_to_translators(about, spanish)
    put_into_spanish(translation)
    press_publish(admin_client, translation)
    about.summary = "Something new."
    about.save_revision().publish()
    address = f"/admin/localize/update/{translation.source.pk}/"
    assert "Publish immediately" not in admin_client.get(address).text
    admin_client.post(address, {"publish_translations": "on"})

    assert translation.get_status_display() == "Waiting for translations"
    assert page_of(translation).summary.startswith("ES ")


def test_a_translation_is_not_turned_into_an_alias(
    admin_client, about, spanish, at_once
):
    translation = sent_to_translators(about, spanish)
    put_into_spanish(translation)
    press_publish(admin_client, translation)
    pk = page_of(translation).pk
    response = admin_client.post(f"/admin/localize/page/{pk}/convert_to_alias/")

    assert response.status_code == 404
    assert page_of(translation).alias_of is None


def test_a_placeholder_that_is_sent_to_translators_stays_a_draft(
    admin_client, about, spanish
):
    """wagtail-localize makes one for each page above a translated one."""
    below = factories.StandardPageFactory(parent=about, rows=False)
    sent_to_translators(below, spanish)
    about.save_revision().publish()
    admin_client.post(
        f"/admin/localize/submit/page/{about.pk}/", {"locales": spanish.pk}
    )
    page = about.get_translation(spanish)

    assert page.alias_of is None
    assert not page.live


@pytest.fixture
def translator(db):
    """Somebody who may send to translation, and edit nothing."""
    user = User.objects.create_user("translator@example.gov", "a long pass phrase")
    for name in ["submit_translation", "access_admin"]:
        user.user_permissions.add(Permission.objects.get(codename=name))
    return user


def test_only_those_who_may_edit_the_english_send_it_to_translation(
    client, about, spanish, translator
):
    source = sent_to_translators(about, spanish).source
    for address in [
        f"/admin/localize/submit/page/{about.pk}/",
        f"/admin/localize/update/{source.pk}/",
    ]:
        client.force_login(translator)
        assert client.get(address).status_code == 302
        assert client.post(address, {"locales": spanish.pk}).url == "/admin/"

    publisher = User.objects.create_user("publisher@example.gov", "a long pass phrase")
    publisher.groups.add(Group.objects.get(name=PUBLISHER))
    client.force_login(publisher)
    assert client.get(address).status_code == 200


def test_only_those_who_may_edit_a_word_send_it_to_translation(
    client, spanish, translator
):
    topic = factories.TopicFactory()
    client.force_login(translator)
    address = f"/admin/localize/submit/snippet/core/topic/{topic.pk}/"

    assert client.get(address).status_code == 302
    assert client.post(address, {"locales": spanish.pk}).url == "/admin/"
    assert topic.get_translations().count() == 0
