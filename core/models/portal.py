import datetime

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.admin.panels import FieldRowPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting

NOT_A_NUMBER = (
    "Give a number of the United States: ten digits, with or without a 1 before."
)
NO_ADDRESS = "Give an address that begins with https:// or mailto:"
A_YEAR = datetime.timedelta(days=366)


@register_setting(icon="cog")
class PortalSettings(BaseGenericSetting):
    """Numbers and addresses that stand on many pages; words stand on pages."""

    phone = models.CharField(
        max_length=40,
        blank=True,
        verbose_name="toll-free number",
        validators=[RegexValidator(r"^\D*(1\D*)?(\d\D*){10}$", NOT_A_NUMBER)],
        help_text="Ten digits, such as 866-644-8360; phones dial it as it is printed.",
    )
    email = models.EmailField(
        blank=True,
        verbose_name="e-mail of the Section",
        help_text="Visitors see it. While it is empty, no page mentions e-mail.",
    )
    postal_address = models.TextField(blank=True, help_text="One line a row.")
    complaint_url = models.URLField(
        blank=True, verbose_name="where a civil rights complaint is filed"
    )
    detainee_locator_url = models.URLField(
        blank=True, verbose_name="where a person in detention is found"
    )
    leave_url = models.URLField(
        blank=True,
        verbose_name="where “Leave this site” leads",
        help_text="A neutral site that says nothing about this one, such as the weather.",
    )

    about_url = models.URLField(blank=True, verbose_name="About DHS")
    accessibility_url = models.URLField(
        blank=True, verbose_name="Accessibility statement"
    )
    foia_url = models.URLField(blank=True, verbose_name="FOIA requests")
    no_fear_url = models.URLField(blank=True, verbose_name="No FEAR Act data")
    inspector_general_url = models.URLField(
        blank=True, verbose_name="Office of the Inspector General"
    )
    performance_url = models.URLField(blank=True, verbose_name="Performance reports")
    privacy_url = models.URLField(blank=True, verbose_name="Privacy policy")

    interest_paused = models.BooleanField(
        default=False,
        verbose_name="close the interest form",
        help_text="Visitors then see the other ways to reach you.",
    )
    reading_days = models.PositiveSmallIntegerField(
        null=True,
        blank=True,
        verbose_name="business days until somebody reads it",
        help_text="Visitors see it. Leave it empty rather than promise too much.",
    )
    interest_mailbox = models.EmailField(
        blank=True,
        verbose_name="staff mailbox for new interests",
        help_text="It hears that something arrived, never what was written.",
    )

    security_contact = models.CharField(
        max_length=200,
        blank=True,
        validators=[RegexValidator(r"^(https://|mailto:)\S+$", NO_ADDRESS)],
        help_text="Where researchers report a weakness: an address beginning with "
        "https:// or mailto:. While it is empty, there is no security.txt.",
    )
    security_expires = models.DateField(
        null=True,
        blank=True,
        help_text="The day until which that contact is good; at most a year ahead.",
    )

    panels = [
        MultiFieldPanel(
            ["phone", "email", "postal_address"], heading="How to reach the Section"
        ),
        MultiFieldPanel(
            ["complaint_url", "detainee_locator_url", "leave_url"],
            heading="Where we send people",
        ),
        MultiFieldPanel(
            [
                "about_url",
                "accessibility_url",
                "foia_url",
                "no_fear_url",
                "inspector_general_url",
                "performance_url",
                "privacy_url",
            ],
            heading="The seven links at the foot of every federal page",
        ),
        MultiFieldPanel(
            ["interest_paused", "reading_days", "interest_mailbox"],
            heading="The interest form",
        ),
        MultiFieldPanel(
            [FieldRowPanel(["security_contact", "security_expires"])],
            heading="For security researchers",
        ),
    ]

    class Meta:
        verbose_name = "numbers and addresses"

    def clean(self):
        super().clean()
        today, day = timezone.localdate(), self.security_expires
        before = type(self).objects.filter(security_expires=day).exists()
        if day and not before and not today < day <= today + A_YEAR:
            raise ValidationError(
                {"security_expires": "Choose a day from tomorrow to a year from now."}
            )

    @property
    def postal_lines(self):
        return self.postal_address.splitlines()

    @property
    def identifier_links(self):
        """The links every federal page must carry, without those not yet known."""
        links = [
            (_("About DHS"), self.about_url),
            (_("Accessibility statement"), self.accessibility_url),
            (_("FOIA requests"), self.foia_url),
            (_("No FEAR Act data"), self.no_fear_url),
            (_("Office of the Inspector General"), self.inspector_general_url),
            (_("Performance reports"), self.performance_url),
            (_("Privacy policy"), self.privacy_url),
        ]
        return [(label, url) for label, url in links if url]
