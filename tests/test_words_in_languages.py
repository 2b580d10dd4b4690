"""Words that were sent to translators: English under another language says that it is."""

import pytest
from bs4 import BeautifulSoup

from contact.models import FeedbackReason
from core.models import SiteAlert
from tests import factories, vocabulary
from tests.translators import put_into_spanish, sent_to_translators

MARKED = '<span lang="en" dir="ltr">{}</span>'


def translate(translation, **but):
    put_into_spanish(translation, **but)
    translation.save_target()


@pytest.fixture
def group(home):
    return factories.PopulationFactory(name="Farm workers", slug="farm-workers")


def test_a_word_is_marked_as_english_until_all_of_it_is_translated(
    client, group, spanish
):
    translation = sent_to_translators(group, spanish)
    assert MARKED.format("Farm workers") in client.get("/es/").text

    translate(translation, but=["name"])
    assert MARKED.format("Farm workers") in client.get("/es/").text

    translate(translation)
    text = client.get("/es/").text
    assert "ES Farm workers" in text
    assert 'lang="en" dir="ltr">ES' not in text


def test_new_english_words_are_marked_until_they_are_translated_too(
    client, group, spanish
):
    translation = sent_to_translators(group, spanish)
    translate(translation)
    group.name = "Workers on farms"
    group.save()
    translation.source.update_from_db()
    translation.save_target()

    assert MARKED.format("Workers on farms") in client.get("/es/").text


def test_a_word_that_staff_translated_by_hand_is_theirs(client, group, spanish):
    word = group.copy_for_translation(spanish)
    word.name = "Trabajadores del campo"
    word.save()

    text = client.get("/es/").text
    assert "Trabajadores del campo" in text
    assert 'lang="en" dir="ltr">Trabajadores' not in text


@pytest.mark.parametrize("kind", ["population", "topic"])
def test_a_listing_that_nobody_translated_leads_to_the_english_one(
    client, home, spanish, kind
):
    make = {"population": factories.PopulationFactory, "topic": factories.TopicFactory}
    word = make[kind](slug="farm-workers")
    address = word.get_absolute_url()
    translation = sent_to_translators(word, spanish)

    response = client.get(f"/es{address}")
    assert response.url == f"{address}?not_in=es"
    assert 'lang="es" dir="ltr">' in client.get(response.url).text
    assert 'hreflang="es"' not in client.get(address).text
    assert f"/es{address}" not in client.get("/sitemap.xml").text

    translate(translation)
    assert client.get(f"/es{address.replace('farm', 'es-farm')}").status_code == 200
    assert 'hreflang="es"' in client.get(address).text


def test_a_hard_word_is_explained_in_english_that_is_marked(client, home, spanish):
    glossary = factories.GlossaryPageFactory(parent=home, slug="glossary")
    page = glossary.copy_for_translation(spanish)
    page.save_revision().publish()
    term = vocabulary.GlossaryTermFactory(term="Removal", definition="To be sent away.")
    sent_to_translators(term, spanish)

    said = BeautifulSoup(client.get("/es/glossary/").text, "html.parser").dl
    assert said.dt["lang"] == said.dd["lang"] == "en"


def test_an_alert_that_is_being_translated_shows_once_and_in_todays_english(
    client, home, spanish, english
):
    alert = SiteAlert.objects.create(locale=english, heading="We are shut", shown=True)
    translation = sent_to_translators(alert, spanish)
    alert.heading = "We are open again"
    alert.save()

    text = client.get("/es/").text
    assert text.count(MARKED.format("We are open again")) == 1
    assert "We are shut" not in text

    translate(translation)
    assert "ES We are shut" in client.get("/es/").text


def test_a_reason_that_is_being_translated_is_offered_in_english(
    client, home, spanish, english
):
    page = factories.StandardPageFactory(parent=home, slug="about")
    page.copy_for_translation(spanish).save_revision().publish()
    reason = FeedbackReason.objects.create(locale=english, text="It was too long")
    sent_to_translators(reason, spanish)

    text = client.get("/es/about/?helpful=no").text
    assert text.count(MARKED.format("It was too long")) == 1


def test_before_launch_counts_the_words_that_are_still_in_english(
    admin_client, group, spanish
):
    translation = sent_to_translators(group, spanish)
    text = admin_client.get("/admin/").text
    assert "Words that are not yet in Spanish" in text
    assert "/admin/snippets/core/population/?locale=es" in text

    translate(translation)
    assert "Words that are not yet" not in admin_client.get("/admin/").text
