from django.db import models
from django.utils.translation import get_language_info
from wagtail.models import Locale


class LanguageSwitch(models.Model):
    """Whether visitors are offered a language; English is always offered."""

    locale = models.OneToOneField(
        Locale, related_name="switch", on_delete=models.CASCADE, verbose_name="language"
    )
    public = models.BooleanField(
        default=False,
        verbose_name="visitors may read it",
        help_text="Switch a language on when its pages are translated and approved. "
        "While it is off, its addresses are not found and no page links to it.",
    )

    class Meta:
        verbose_name = "language"

    def __str__(self):
        return get_language_info(self.locale.language_code)["name"]
