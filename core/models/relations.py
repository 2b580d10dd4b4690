"""
What a page has to do with the words we use.

Each row hangs on Wagtail's own page, so that one table serves every type of page and
answers from the other side ("what is there for people in detention?") in one query.
Each is translatable: a plain `Orderable` would keep English words on a Spanish page.
"""

from django.db import models
from modelcluster.fields import ParentalKey
from wagtail.models import Orderable, Page, TranslatableMixin

from .vocabulary import Audience, LegalAuthority, Organization, Population, Topic


def once(name, target):
    """A page names a thing once."""
    return models.UniqueConstraint(name=name, fields=["page", target])


class PageOrganization(TranslatableMixin, Orderable):
    """An organization that a program works with, or that made a training."""

    page = ParentalKey(Page, related_name="organizations", on_delete=models.CASCADE)
    organization = models.ForeignKey(
        Organization, related_name="+", on_delete=models.PROTECT
    )
    role = models.CharField(
        max_length=200, blank=True, help_text="What it does here, in a few words."
    )

    panels = ["organization", "role"]

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        constraints = [once("page_names_an_organization_once", "organization")]


class PageAuthority(TranslatableMixin, Orderable):
    """A law or standard that a page rests on."""

    page = ParentalKey(Page, related_name="authorities", on_delete=models.CASCADE)
    authority = models.ForeignKey(
        LegalAuthority, related_name="+", on_delete=models.PROTECT
    )

    panels = ["authority"]

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        verbose_name_plural = "page authorities"
        constraints = [once("page_names_an_authority_once", "authority")]


class PagePopulation(TranslatableMixin, Orderable):
    """People whom the subject of a page affects."""

    page = ParentalKey(Page, related_name="populations", on_delete=models.CASCADE)
    population = models.ForeignKey(
        Population, related_name="pages", on_delete=models.PROTECT
    )

    panels = ["population"]

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        constraints = [once("page_names_a_population_once", "population")]


class PageTopic(TranslatableMixin, Orderable):
    """What a page is about."""

    page = ParentalKey(Page, related_name="topics", on_delete=models.CASCADE)
    topic = models.ForeignKey(Topic, related_name="pages", on_delete=models.PROTECT)

    panels = ["topic"]

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        constraints = [once("page_names_a_topic_once", "topic")]


class PageAudience(TranslatableMixin, Orderable):
    """Whom a course or video is made for."""

    page = ParentalKey(Page, related_name="audiences", on_delete=models.CASCADE)
    audience = models.ForeignKey(
        Audience, related_name="pages", on_delete=models.PROTECT
    )

    panels = ["audience"]

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        constraints = [once("page_names_an_audience_once", "audience")]
