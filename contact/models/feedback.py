"""What visitors answer to "Was this page helpful?": counters, and nothing about anybody."""

from django.conf import settings
from django.db import IntegrityError, models, transaction
from django.db.models import F, Q
from django.utils import timezone
from wagtail.models import Page

from core.models import SharedWords


class FeedbackReasonQuerySet(models.QuerySet):
    def offered_in(self, language):
        """What visitors may choose; a reason without words in a language, in English."""
        english = settings.LANGUAGE_CODE
        rows = self.filter(
            locale__language_code__in={language, english}, in_english=False
        )
        words = {english: {}, language: {}}
        for reason in rows.select_related("locale"):
            words[reason.locale.language_code][reason.translation_key] = reason
        return [
            words[language].get(key, reason)
            for key, reason in words[english].items()
            if reason.offered
        ]


class FeedbackReason(SharedWords):
    """Why a page did not help, for visitors to choose: they never write anything there."""

    text = models.CharField(
        max_length=120,
        help_text="In the visitor's own words: “It was hard to understand”.",
    )
    offered = models.BooleanField(
        default=True,
        verbose_name="visitors may choose it",
        help_text="The English word decides for all languages.",
    )
    sort_order = models.PositiveSmallIntegerField(default=0)

    objects = FeedbackReasonQuerySet.as_manager()

    panels = ["text", "offered"]
    sort_order_field = "sort_order"

    class Meta(SharedWords.Meta):
        ordering = ["sort_order", "text"]
        verbose_name = "feedback reason"

    def __str__(self):
        return self.text


class PageFeedbackQuerySet(models.QuerySet):
    def count_one(self, page, *, helpful, reason=None):
        """One answer more on today's counter: of any number at once, none is lost."""
        counter = {
            "page": page,
            "day": timezone.localdate(),
            "helpful": helpful,
            "reason": reason,
        }
        counters = self.filter(**counter)
        if counters.update(count=F("count") + 1):
            return
        try:
            with transaction.atomic():
                self.create(**counter, count=1)
        except IntegrityError:  # another was quicker, or the page has just gone
            counters.update(count=F("count") + 1)

    def answers(self):
        """Yes and no, without the reasons: who gives one has said no before."""
        return self.filter(reason=None)


class PageFeedback(models.Model):
    """How often one answer was given to one page on one day."""

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="+")
    day = models.DateField()
    helpful = models.BooleanField()
    reason = models.ForeignKey(
        FeedbackReason,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    count = models.PositiveIntegerField()

    wagtail_reference_index_ignore = True  # an answer does not use the page

    objects = PageFeedbackQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="one_counter_an_answer",
                fields=["page", "day", "helpful"],
                condition=Q(reason__isnull=True),
            ),
            models.UniqueConstraint(
                name="one_counter_a_reason",
                fields=["page", "day", "reason"],
                condition=Q(reason__isnull=False),
            ),
            models.CheckConstraint(
                name="a_reason_is_why_it_did_not_help",
                condition=Q(reason__isnull=True) | Q(helpful=False),
            ),
        ]

    def __str__(self):
        return f"{self.page_id} on {self.day}"
