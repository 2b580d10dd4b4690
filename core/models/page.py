from django.conf import settings
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models
from django.utils.cache import add_never_cache_headers
from django.utils.functional import cached_property
from wagtail.admin.forms.pages import CopyForm
from wagtail.admin.panels import PublishingPanel, TitleFieldPanel
from wagtail.models import Page
from wagtail.search import index

from core.addresses import RESERVED_SLUGS
from core.hooks import PUBLISH_CHECK, ask

ANOTHER_WAITS = (
    "Another version of it is scheduled, and would never appear. "
    "Cancel that schedule first."
)


class PublishRefused(ValidationError):
    """Raised when a page may not go live; its messages say why."""

    def __init__(self, page, problems):
        # As if of a form: wagtail-localize looks for the field of each message.
        super().__init__({NON_FIELD_ERRORS: list(problems)})
        self.page = page


class CopyAsDraftForm(CopyForm):
    """Copies a page as a draft of its own: not live, and not an alias."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields.pop("publish_copies", None)
        self.fields.pop("alias", None)


class BasePage(Page):
    """What every page has: a heading, a summary, its day of truth, one door to going live."""

    heading = models.CharField(
        max_length=160,
        blank=True,
        help_text="Shown at the top of the page where the title, which menus use, is short.",
    )
    summary = models.TextField(
        max_length=300,
        help_text="One or two plain sentences: what this is, and what it means for the reader. "
        "Listings and search results show them too.",
    )
    information_as_of = models.DateField(
        null=True,
        blank=True,
        help_text="The date of the source, or the day on which somebody last checked the "
        "facts. Visitors see it.",
    )
    sensitive = models.BooleanField(
        default=False,
        help_text="Shows “Leave this site” and keeps the page out of browsers' stores.",
    )

    content_panels = [
        TitleFieldPanel(
            "title", help_text="Short: menus, lists and the breadcrumb show it."
        ),
        "heading",
        "summary",
    ]
    settings_panels = [
        "information_as_of",
        "sensitive",
        PublishingPanel(help_text="All times are Eastern time."),
        *Page.settings_panels[1:],  # without Wagtail's own publishing panel
    ]
    search_fields = [
        *Page.search_fields,
        index.SearchField("heading"),
        index.SearchField("summary"),
    ]
    copy_form_class = CopyAsDraftForm

    class Meta:
        abstract = True

    @property
    def headline(self):
        return self.heading or self.title

    @cached_property
    def is_guarded(self):
        """Whether it, or the page it translates, is sensitive: a reader of either must be safe."""
        if self.sensitive or self.locale.language_code == settings.LANGUAGE_CODE:
            return self.sensitive
        return (
            type(self)
            .objects.filter(
                translation_key=self.translation_key,
                locale__language_code=settings.LANGUAGE_CODE,
                sensitive=True,
            )
            .exists()
        )

    def clean(self):
        super().clean()
        if self.slug in RESERVED_SLUGS:
            raise ValidationError({"slug": "The portal uses this address itself."})

    def publish_problems(self):
        """Sentences that say why this page may not go live; none, if it may."""
        return ask(PUBLISH_CHECK, self)

    def save(self, *args, **kwargs):
        """A new page is a draft, and an alias for ever: only `publish` makes a page live."""
        if self.id is None or self.alias_of_id:
            self.live = False
        return super().save(*args, **kwargs)

    def publish(self, revision, *args, **kwargs):
        """Bulk actions, workflows, translators, the clock and the loader come through here."""
        problems = revision.as_object().publish_problems()
        others = self.revisions.exclude(pk=revision.pk)
        if others.exclude(approved_go_live_at=None).exists():
            problems.append(ANOTHER_WAITS)
        if problems:
            raise PublishRefused(self, problems)
        return super().publish(revision, *args, **kwargs)

    def serve(self, request, *args, **kwargs):
        response = super().serve(request, *args, **kwargs)
        if self.is_guarded:
            add_never_cache_headers(response)
        return response
