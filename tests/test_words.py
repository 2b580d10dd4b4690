"""“Words we use”: kept once, seen where they are used, and not lost under a page."""

import pytest
from django.contrib.auth.models import Group

from accounts.models import User
from accounts.roles import PUBLISHER
from core.models import PageTopic, Population, Topic
from tests import factories, vocabulary

KINDS = {
    "organization": factories.OrganizationFactory,
    "population": factories.PopulationFactory,
    "audience": factories.AudienceFactory,
    "topic": factories.TopicFactory,
    "legalauthority": factories.LegalAuthorityFactory,
    "glossaryterm": vocabulary.GlossaryTermFactory,
}


@pytest.fixture
def publisher(home, client):
    user = User.objects.create_user("publisher@example.gov", "x")
    user.groups.add(Group.objects.get(name=PUBLISHER))
    client.force_login(user)
    return client


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_is_listed_searched_opened_and_inspected(publisher, kind):
    word, other = KINDS[kind](), KINDS[kind]()
    address = f"/admin/snippets/core/{kind}/"

    assert str(other).split(" (")[0] in publisher.get(address).text
    found = publisher.get(address, {"q": str(word).split(" (")[0].split(",")[0]}).text
    assert f"/{word._meta.model_name}/edit/{word.pk}/" in found
    assert f"/{word._meta.model_name}/edit/{other.pk}/" not in found
    for act in ["edit", "inspect", "usage", "history"]:
        assert publisher.get(f"{address}{act}/{word.pk}/").status_code == 200
    assert publisher.get(f"{address}add/").status_code == 200


@pytest.mark.usefixtures("references")
def test_a_word_says_how_often_it_is_used_and_where(publisher, home):
    page = factories.ProgramPageFactory(
        parent=factories.ProgramIndexPageFactory(parent=home), title="Detention"
    )
    topic = page.topics.get().topic

    assert "Used 1 time" in " ".join(
        publisher.get("/admin/snippets/core/topic/").text.split()
    )
    assert (
        "Detention"
        in publisher.get(f"/admin/snippets/core/topic/usage/{topic.pk}/").text
    )


@pytest.mark.parametrize(
    "relation", ["organizations", "authorities", "populations", "topics", "audiences"]
)
def test_a_word_on_a_page_is_not_deleted_and_the_page_is_named(
    publisher, home, relation
):
    page = factories.ProgramPageFactory(
        parent=factories.ProgramIndexPageFactory(parent=home), title="Detention"
    )
    row = getattr(page, relation).get()
    word = next(
        getattr(row, field.name)
        for field in row._meta.fields
        if field.name
        in {"organization", "authority", "population", "topic", "audience"}
    )
    kind = word._meta.model_name
    for address in [
        f"/admin/snippets/core/{kind}/delete/{word.pk}/",
        f"/admin/bulk/core/{kind}/delete/?id={word.pk}",
    ]:
        response = publisher.post(address, follow=True)
        assert "used by Detention" in response.text
    assert type(word).objects.filter(pk=word.pk).exists()


def test_a_word_named_only_in_a_draft_is_not_deleted(publisher, home):
    page = factories.ProgramPageFactory(
        parent=factories.ProgramIndexPageFactory(parent=home),
        title="Detention",
        rows=False,
    )
    topic = factories.TopicFactory()
    page.topics = [PageTopic(topic=topic, locale=page.locale)]
    page.save_revision()
    response = publisher.post(
        f"/admin/snippets/core/topic/delete/{topic.pk}/", follow=True
    )

    assert "a draft or earlier version of Detention" in response.text
    assert publisher.get(f"/admin/pages/{page.pk}/edit/").status_code == 200


def test_an_organization_with_offices_below_it_is_not_deleted(publisher):
    department = factories.OrganizationFactory(name="Department of Justice")
    factories.OrganizationFactory(
        name="Immigrant and Employee Rights Section", parent=department
    )
    address = f"/admin/snippets/core/organization/delete/{department.pk}/"

    assert (
        "Immigrant and Employee Rights Section"
        in publisher.post(address, follow=True).text
    )


def test_a_word_that_nothing_names_is_deleted(publisher):
    topic = factories.TopicFactory()
    publisher.post(f"/admin/snippets/core/topic/delete/{topic.pk}/")

    assert not Topic.objects.exists()


def test_people_affected_are_put_in_order_by_hand_for_every_language(publisher, home):
    spanish = factories.language("es", home)
    first, second, third = factories.PopulationFactory.create_batch(3)
    for word in [first, second, third]:
        word.copy_for_translation(spanish).save()
    publisher.post(f"/admin/snippets/core/population/reorder/{third.pk}/?position=1")

    for locale in [first.locale, spanish]:
        words_in_order = Population.objects.filter(locale=locale)
        assert [word.name for word in words_in_order] == [
            first.name,
            third.name,
            second.name,
        ]
    listed = publisher.get("/admin/snippets/core/population/?ordering=sort_order").text
    shown = [
        word.pk
        for word in Population.objects.all()
        if f"population/edit/{word.pk}/" in listed
    ]
    assert {*shown} == {first.pk, second.pk, third.pk}
