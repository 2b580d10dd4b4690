from django.db import models
from django.db.models import Q
from django.utils import timezone
from wagtail.admin.panels import FieldRowPanel, MultiFieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Page

from .vocabulary import SharedWords


class SiteAlertQuerySet(models.QuerySet):
    def showing(self, at=None):
        """Alerts that visitors see at a moment."""
        at = at or timezone.now()
        return (
            self.filter(shown=True)
            .filter(Q(shows_from=None) | Q(shows_from__lte=at))
            .filter(Q(shows_until=None) | Q(shows_until__gt=at))
        )

    def gravest_first(self):
        return self.annotate(
            gravity=models.Case(
                models.When(level=SiteAlert.Level.EMERGENCY, then=0),
                models.When(level=SiteAlert.Level.WARNING, then=1),
                default=2,
            )
        ).order_by("gravity", "pk")


class SiteAlert(SharedWords):
    """A message at the top of every page, or of one section, for a time."""

    class Level(models.TextChoices):
        INFORMATION = "information", "Information"
        WARNING = "warning", "Warning"
        EMERGENCY = "emergency", "Emergency"

    level = models.CharField(
        max_length=20, choices=Level, default=Level.INFORMATION, verbose_name="kind"
    )
    heading = models.CharField(max_length=120)
    text = RichTextField(
        blank=True,
        features=["bold", "link"],
        help_text="What happened, and what a visitor can do. Two sentences are enough.",
    )
    section = models.ForeignKey(
        Page,
        null=True,
        blank=True,
        related_name="+",
        on_delete=models.CASCADE,
        help_text="Leave it empty to show the message on every page.",
    )
    shown = models.BooleanField(
        default=False,
        verbose_name="show it to visitors",
        help_text="Nothing is shown until this is ticked.",
    )
    shows_from = models.DateTimeField(
        null=True, blank=True, verbose_name="from", help_text="Eastern time."
    )
    shows_until = models.DateTimeField(
        null=True, blank=True, verbose_name="until", help_text="Eastern time."
    )

    objects = SiteAlertQuerySet.as_manager()

    panels = [
        "level",
        "heading",
        "text",
        "section",
        MultiFieldPanel(
            ["shown", FieldRowPanel(["shows_from", "shows_until"])], heading="When"
        ),
    ]

    class Meta(SharedWords.Meta):
        verbose_name = "site alert"
        constraints = [
            models.CheckConstraint(
                name="alert_ends_after_it_begins",
                condition=Q(shows_until__gt=models.F("shows_from"))
                | Q(shows_from=None)
                | Q(shows_until=None),
                violation_error_message="An alert must end after it begins.",
            )
        ]

    def __str__(self):
        return self.heading
