"""What law asks of personal data: who did what with it, and what people were told."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from wagtail.fields import RichTextField
from wagtail.models import TranslatableMixin
from wagtail_localize.fields import TranslatableField

from records.fields import SealedTextField


class NeverChanged(Exception):
    """Somebody tried to change or delete an event."""


class EventQuerySet(models.QuerySet):
    def about(self, record):
        """What happened to a record, the oldest first."""
        return self.filter(kind=record._meta.label_lower, reference=str(record))

    def update(self, **kwargs):
        raise NeverChanged

    def delete(self):
        raise NeverChanged

    def bulk_update(self, objs, fields, batch_size=None):
        raise NeverChanged


class Event(models.Model):
    """
    Who did what to which record, when and why; never changed, never deleted.

    Reading a personal record and taking it out are events too. It names the record by its
    reference and not by a key, so that it stays when the record is disposed of. The
    database refuses changes as well, by a trigger.
    """

    at = models.DateTimeField(auto_now_add=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, related_name="+", on_delete=models.PROTECT
    )
    kind = models.CharField(max_length=80)
    reference = models.CharField(max_length=40)
    act = models.CharField(max_length=40)
    facts = models.JSONField(default=dict)  # names and numbers; nothing anybody wrote
    why = SealedTextField(blank=True)

    objects = EventQuerySet.as_manager()

    class Meta:
        ordering = ["at", "pk"]
        indexes = [models.Index(name="event_by_record", fields=["kind", "reference"])]

    def __str__(self):
        return f"{self.act} {self.reference}"

    def save(self, *args, **kwargs):
        if not self._state.adding:
            raise NeverChanged
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise NeverChanged


class State(models.TextChoices):
    DRAFT = "draft", "Draft: nobody has approved it"
    APPROVED = "approved", "Approved"


class VersionQuerySet(models.QuerySet):
    def current(self, language):
        """
        The newest English version that somebody approved, in a language if it has been.

        A translation of an earlier version is never shown: the law asks for today's words.
        """
        approved = self.filter(state=State.APPROVED)
        newest = (
            approved.filter(locale__language_code=settings.LANGUAGE_CODE)
            .order_by("-version")
            .first()
        )
        if newest is None or language == settings.LANGUAGE_CODE:
            return newest
        in_language = approved.filter(
            translation_key=newest.translation_key, locale__language_code=language
        )
        return in_language.order_by("-version").first() or newest


class Version(TranslatableMixin, models.Model):
    """
    Words that the law asks for: a draft until a person has approved them, then never changed.

    Records point at the version that people were shown, so a change is a new version.
    """

    version = models.PositiveSmallIntegerField(default=0, editable=False)
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    approved_by = models.CharField(
        max_length=120,
        blank=True,
        help_text="Name and office of the person who approved it.",
    )
    approved_on = models.DateField(null=True, blank=True)

    objects = VersionQuerySet.as_manager()

    class Meta(TranslatableMixin.Meta):
        abstract = True
        ordering = ["-version"]

    def save(self, *args, **kwargs):
        self._refuse_to_change_what_is_approved()
        if not self.version:
            self.locale_id = self.locale_id or self.get_default_locale().pk
            others = type(self).objects.filter(locale=self.locale_id)
            newest = others.aggregate(newest=models.Max("version"))["newest"]
            self.version = (newest or 0) + 1
        super().save(*args, **kwargs)

    def clean(self):
        self._refuse_to_change_what_is_approved()
        if self.state == State.APPROVED and not (self.approved_by and self.approved_on):
            raise ValidationError(
                {"approved_by": "Say who approved it, and on which day."}
            )
        if self._is_a_translation() and not self._original():
            raise ValidationError("Write it in English first, then translate it.")

    def copy_for_translation(self, locale, exclude_fields=None):
        """A translation is a draft: who approved the English has not read it."""
        copy = super().copy_for_translation(locale, exclude_fields)
        copy.state, copy.approved_by, copy.approved_on = State.DRAFT, "", None
        return copy

    def _is_a_translation(self):
        return self.locale.language_code != settings.LANGUAGE_CODE

    def _original(self):
        return type(self).objects.filter(
            translation_key=self.translation_key,
            locale__language_code=settings.LANGUAGE_CODE,
        )

    def _refuse_to_change_what_is_approved(self):
        before = type(self).objects.filter(pk=self.pk, state=State.APPROVED).first()
        for field in self._meta.concrete_fields if before else []:
            if getattr(before, field.attname) != getattr(self, field.attname):
                raise ValidationError(
                    "This version is approved, and people were shown it. Make a new version."
                )


def one_version_a_language(name):
    return models.UniqueConstraint(name=name, fields=["locale", "version"])


APPROVAL = ["state", "approved_by", "approved_on"]


class PrivacyNotice(Version):
    """What people are told before they write to us (Privacy Act, 5 U.S.C. 552a(e)(3))."""

    text = RichTextField(features=["bold", "h3", "ul", "link"])

    panels = ["text", *APPROVAL]
    translatable_fields = [TranslatableField("text")]

    class Meta(Version.Meta):
        constraints = [one_version_a_language("notice_has_a_version_once")]

    def __str__(self):
        return f"Privacy notice, version {self.version}"


class InformationCollection(Version):
    """
    What the Paperwork Reduction Act asks of a form for the public (44 U.S.C. 3506, 3512).

    A control number is nothing without the day on which it expires.
    """

    title = models.CharField(max_length=160)
    omb_number = models.CharField(
        max_length=20, blank=True, verbose_name="OMB control number"
    )
    omb_expires = models.DateField(null=True, blank=True, verbose_name="expires on")
    minutes = models.PositiveSmallIntegerField(
        null=True, blank=True, verbose_name="minutes it takes to answer"
    )

    panels = ["title", "omb_number", "omb_expires", "minutes", *APPROVAL]
    translatable_fields = [TranslatableField("title")]

    class Meta(Version.Meta):
        constraints = [
            one_version_a_language("collection_has_a_version_once"),
            models.CheckConstraint(
                name="omb_number_and_its_expiry_together",
                condition=Q(omb_number="", omb_expires=None)
                | (~Q(omb_number="") & Q(omb_expires__isnull=False)),
                violation_error_message="Give the OMB control number and the day on "
                "which it expires together, or neither.",
            ),
        ]

    def __str__(self):
        return f"{self.title}, version {self.version}"
