"""The words that pages share; editors find them under "Words we use"."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from wagtail.models import TranslatableMixin
from wagtail_localize.models import Translation


class SharedWordsQuerySet(models.QuerySet):
    def under(self, locale):
        """The words that stand under a language, each knowing in which it is."""
        return self.filter(locale=locale).select_related("locale")


class SharedWords(TranslatableMixin, models.Model):
    """
    Words that many pages show, and that know in which language they really are.

    wagtail-localize keeps English under another language from the moment that a word is
    sent to translators; visitors are told that it is English until all of it is translated.
    """

    in_english = models.BooleanField(default=False, db_default=False, editable=False)

    objects = SharedWordsQuerySet.as_manager()

    class Meta(TranslatableMixin.Meta):
        abstract = True

    def save(self, *args, **kwargs):
        self.in_english = any(
            done < total for total, done in map(Translation.get_progress, self._sent())
        )
        super().save(*args, **kwargs)

    @property
    def language(self):
        """The code of the language of the words, under whatever language they stand."""
        return settings.LANGUAGE_CODE if self.in_english else self.locale.language_code

    def _sent(self):
        """The record by which translators work on this, if it is a translation of theirs."""
        return Translation.objects.filter(
            source__object_id=self.translation_key,
            target_locale=self.locale_id,
            enabled=True,
        )


def one_slug_a_language(name):
    """A word's own address, in each language once."""
    return models.UniqueConstraint(name=name, fields=["locale", "slug"])


class Organization(SharedWords):
    """An agency, office or association; offices hang below the agency they belong to."""

    class Kind(models.TextChoices):
        DEPARTMENT = "department", "Department"
        COMPONENT = "component", "Component of a department"
        OFFICE = "office", "Office"
        AGENCY = "agency", "Independent agency"
        ASSOCIATION = "association", "Association"

    name = models.CharField(max_length=160)
    acronym = models.CharField(max_length=20, blank=True)
    kind = models.CharField(max_length=20, choices=Kind)
    parent = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        related_name="children",
        on_delete=models.PROTECT,
        verbose_name="part of",
    )
    url = models.URLField(
        blank=True,
        verbose_name="website",
        help_text="Leave it empty if you are not sure: the name then stands without a link.",
    )
    column = models.BooleanField(
        default=False,
        verbose_name="column on the home page",
        help_text="Gives the organization a column in “Programs, and who we work with”.",
    )

    panels = ["name", "acronym", "kind", "parent", "url", "column"]

    class Meta(SharedWords.Meta):
        ordering = ["name"]

    def __str__(self):
        return f"{self.name} ({self.acronym})" if self.acronym else self.name

    @property
    def short_name(self):
        return self.acronym or self.name


class Population(SharedWords):
    """People whom programs affect; visitors find what matters to them by this word."""

    name = models.CharField(max_length=120)
    slug = models.SlugField(max_length=80, verbose_name="address")
    protective = models.BooleanField(
        default=False,
        verbose_name="needs special care",
        help_text="People for whom the Section develops protective policies.",
    )
    sort_order = models.PositiveSmallIntegerField(default=0)

    panels = ["name", "slug", "protective"]
    sort_order_field = "sort_order"

    class Meta(SharedWords.Meta):
        ordering = ["sort_order", "name"]
        constraints = [one_slug_a_language("population_has_its_own_address")]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("population", args=[self.slug])


class Audience(SharedWords):
    """Whom a course or video is made for."""

    name = models.CharField(max_length=120)
    slug = models.SlugField(max_length=80, verbose_name="name in addresses")

    panels = ["name", "slug"]

    class Meta(SharedWords.Meta):
        ordering = ["name"]
        constraints = [one_slug_a_language("audience_has_its_own_address")]

    def __str__(self):
        return self.name


class Topic(SharedWords):
    """What a program or training is about."""

    name = models.CharField(max_length=120)
    slug = models.SlugField(max_length=80, verbose_name="address")
    training = models.BooleanField(
        default=False,
        verbose_name="topic of our training",
        help_text="Lists the topic on the training page, even before anything is published on it.",
    )

    panels = ["name", "slug", "training"]

    class Meta(SharedWords.Meta):
        ordering = ["name"]
        constraints = [one_slug_a_language("topic_has_its_own_address")]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("topic", args=[self.slug])


class LegalAuthority(SharedWords):
    """A law, order, regulation or standard that pages refer to."""

    class Kind(models.TextChoices):
        STATUTE = "statute", "Statute"
        ORDER = "order", "Executive order"
        REGULATION = "regulation", "Regulation"
        STANDARD = "standard", "Standard or policy"

    name = models.CharField(max_length=200)
    citation = models.CharField(
        max_length=120,
        blank=True,
        help_text="As lawyers cite it, such as 6 U.S.C. § 345.",
    )
    kind = models.CharField(max_length=20, choices=Kind)
    url = models.URLField(blank=True, verbose_name="where to read it")

    panels = ["name", "citation", "kind", "url"]

    class Meta(SharedWords.Meta):
        ordering = ["name"]
        verbose_name_plural = "legal authorities"

    def __str__(self):
        return f"{self.name}, {self.citation}" if self.citation else self.name


class GlossaryTerm(SharedWords):
    """A hard word or acronym, said in plain words."""

    term = models.CharField(max_length=120)
    slug = models.SlugField(max_length=80, verbose_name="name in addresses")
    definition = models.TextField(help_text="One or two short sentences.")

    panels = ["term", "slug", "definition"]

    class Meta(SharedWords.Meta):
        ordering = ["term"]
        constraints = [one_slug_a_language("term_has_its_own_address")]

    def __str__(self):
        return self.term
