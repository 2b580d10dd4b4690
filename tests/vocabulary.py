"""One factory for each word that pages share."""

import factory
from wagtail.models import Locale

from core import models as words


def the_locale():
    return Locale.objects.get(language_code="en")


class WordFactory(factory.django.DjangoModelFactory):
    locale = factory.LazyFunction(the_locale)

    class Meta:
        abstract = True


class OrganizationFactory(WordFactory):
    name = factory.Sequence(lambda n: f"Agency number {n}")
    acronym = factory.Sequence(lambda n: f"AGN{n}")
    kind = "component"
    column = True

    class Meta:
        model = words.Organization


class PopulationFactory(WordFactory):
    name = factory.Sequence(lambda n: f"People of group {n}")
    slug = factory.Sequence(lambda n: f"people-{n}")

    class Meta:
        model = words.Population


class AudienceFactory(WordFactory):
    name = factory.Sequence(lambda n: f"Workers {n}")
    slug = factory.Sequence(lambda n: f"workers-{n}")

    class Meta:
        model = words.Audience


class TopicFactory(WordFactory):
    name = factory.Sequence(lambda n: f"Topic {n}")
    slug = factory.Sequence(lambda n: f"topic-{n}")
    training = True

    class Meta:
        model = words.Topic


class LegalAuthorityFactory(WordFactory):
    name = factory.Sequence(lambda n: f"Act of the year {n}")
    citation = factory.Sequence(lambda n: f"{n} U.S.C. § 1")
    kind = "statute"

    class Meta:
        model = words.LegalAuthority


class GlossaryTermFactory(WordFactory):
    term = factory.Sequence(lambda n: f"Term {n}")
    slug = factory.Sequence(lambda n: f"term-{n}")
    definition = "What it means, in plain words."

    class Meta:
        model = words.GlossaryTerm
