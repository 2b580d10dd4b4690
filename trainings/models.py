from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldRowPanel, InlinePanel
from wagtail.fields import StreamField
from wagtail.models import Orderable, TranslatableMixin
from wagtail.search import index

from core import ledger
from core.blocks import BodyBlock, contents
from core.languages import known_languages, language_name, own_name
from core.models import BasePage, Organization, Topic

from .library import Library


class TrainingIndexPage(BasePage):
    """The training library: courses, videos, and where the Section has presented."""

    parent_page_types = ["home.HomePage"]
    subpage_types = ["trainings.CoursePage", "trainings.VideoPage"]
    max_count_per_parent = 1

    body = StreamField(BodyBlock(), blank=True)

    content_panels = [
        *BasePage.content_panels,
        "body",
        InlinePanel(
            "presentations",
            heading="Where we have presented",
            label="presentation",
        ),
    ]
    search_fields = [*BasePage.search_fields, index.SearchField("body")]

    class Meta:
        verbose_name = "training library"

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        context["library"] = Library(self, CoursePage, VideoPage, request.GET)
        return context

    def topic_list(self):
        """The topics of our training, whether or not anything is published on them yet."""
        return Topic.objects.under(self.locale).filter(training=True)

    def given(self):
        """Where the Section has presented, with the organization of each."""
        return self.presentations.select_related("organization__locale")


class Presentation(TranslatableMixin, Orderable):
    """Somewhere the Section has presented, or lent what it knows."""

    class Kind(models.TextChoices):
        CONFERENCE = "conference", "Conference"
        AFFILIATE = "affiliate", "Meetings of affiliates"
        STAFF = "staff", "Training of staff"

    page = ParentalKey(
        TrainingIndexPage, related_name="presentations", on_delete=models.CASCADE
    )
    organization = models.ForeignKey(
        Organization, related_name="+", on_delete=models.PROTECT
    )
    event = models.CharField(
        max_length=200, blank=True, help_text="The event, or who was there."
    )
    kind = models.CharField(max_length=20, choices=Kind, default=Kind.CONFERENCE)

    panels = [FieldRowPanel(["organization", "kind"]), "event"]

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        verbose_name = "presentation"

    @property
    def kind_label(self):
        return {
            self.Kind.CONFERENCE: _("Conference"),
            self.Kind.AFFILIATE: _("Meetings of affiliates"),
            self.Kind.STAFF: _("Training of staff"),
        }.get(self.kind, "")


TRAINING_RELATIONS = [
    InlinePanel("organizations", heading="Made by", label="organization"),
    InlinePanel("audiences", heading="Made for", label="audience"),
    InlinePanel(
        "topics",
        heading="Topics",
        label="topic",
        help_text="Visitors find it in the library, and beside programs, by these.",
    ),
]


class CoursePage(BasePage):
    """A course: who made it, for whom, in which form."""

    parent_page_types = ["trainings.TrainingIndexPage"]
    subpage_types = []

    body = StreamField(BodyBlock(), blank=True)

    content_panels = [
        *BasePage.content_panels,
        "body",
        InlinePanel("formats", heading="Forms in which it exists", label="form"),
        *TRAINING_RELATIONS,
    ]
    search_fields = [*BasePage.search_fields, index.SearchField("body")]

    class Meta:
        verbose_name = "course"

    def contents(self):
        return contents(self.body)

    def ledger(self):
        """The facts at the side of the page; a row without a value is not drawn."""
        return [
            (_("For"), ledger.audiences(self)),
            (_("Made by"), ledger.organizations(self)),
            (_("Form"), [ledger.Link(row.format_label) for row in self.formats.all()]),
            (_("Topics"), ledger.topics(self)),
            (_("Law and standards"), ledger.authorities(self)),
            (_("See also"), ledger.related(self)),
            ledger.as_of(self),
        ]


class CourseFormat(TranslatableMixin, Orderable):
    """A form in which a course exists."""

    class Format(models.TextChoices):
        ONLINE = "online", "Online"
        CD_ROM = "cd_rom", "CD-ROM"
        CLASSROOM = "classroom", "Classroom"

    page = ParentalKey(CoursePage, related_name="formats", on_delete=models.CASCADE)
    format = models.CharField(max_length=20, choices=Format)

    panels = ["format"]

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        verbose_name = "form of a course"

    @property
    def format_label(self):
        return {
            self.Format.ONLINE: _("Online"),
            self.Format.CD_ROM: _("CD-ROM"),
            self.Format.CLASSROOM: _("Classroom"),
        }.get(self.format, "")


class VideoPage(BasePage):
    """A video, in each language and cut that exists."""

    parent_page_types = ["trainings.TrainingIndexPage"]
    subpage_types = []

    body = StreamField(BodyBlock(), blank=True)

    content_panels = [
        *BasePage.content_panels,
        InlinePanel(
            "versions",
            heading="Versions",
            label="version",
            help_text="One for each language and cut, whether or not there is a file yet.",
        ),
        "body",
        *TRAINING_RELATIONS,
    ]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("body"),
        index.SearchField("languages_in_words"),
    ]

    class Meta:
        verbose_name = "video"

    def contents(self):
        return contents(self.body)

    def languages(self):
        """Codes of the languages in which it exists, in the order of its versions."""
        known = (version.language for version in self.versions.all())
        return list(dict.fromkeys(filter(None, known)))

    def languages_in_words(self):
        """What people call its languages: in the language of the reader, and in their own."""
        return [
            name
            for code in self.languages()
            for name in (language_name(code), own_name(code))
        ]

    def ledger(self):
        """The facts at the side of the page; a row without a value is not drawn."""
        return [
            (_("For"), ledger.audiences(self)),
            (_("Made by"), ledger.organizations(self)),
            (_("Topics"), ledger.topics(self)),
            (_("See also"), ledger.related(self)),
            ledger.as_of(self),
        ]


class VideoVersion(TranslatableMixin, Orderable):
    """A video in one language and one cut; its file lies elsewhere, or nowhere yet."""

    class Cut(models.TextChoices):
        FULL = "full", "Full"
        SHORT = "short", "Short version"

    page = ParentalKey(VideoPage, related_name="versions", on_delete=models.CASCADE)
    language = models.CharField(
        max_length=10,
        choices=known_languages(),
        default="en",
        blank=True,
        help_text="Leave it empty if it is not known. The page then says so.",
    )
    cut = models.CharField(max_length=10, choices=Cut, default=Cut.FULL)
    url = models.URLField(
        blank=True,
        verbose_name="where it can be watched",
        help_text="While it is empty, the page says plainly that there is no file yet.",
    )
    minutes = models.PositiveSmallIntegerField(
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        verbose_name="length in minutes",
    )

    panels = [FieldRowPanel(["language", "cut"]), FieldRowPanel(["url", "minutes"])]

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        verbose_name = "version of a video"
        constraints = [
            models.UniqueConstraint(
                name="video_has_a_version_once", fields=["page", "language", "cut"]
            )
        ]

    @property
    def language_name(self):
        """The language in its own tongue, or that nobody has said which it is."""
        if not self.language:
            return _("Language not stated")
        return own_name(self.language)

    @property
    def cut_label(self):
        return _("Short version") if self.cut == self.Cut.SHORT else ""
