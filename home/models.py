from django.db import models
from django.utils.translation import gettext as _
from wagtail.admin.panels import HelpPanel, InlinePanel, MultiFieldPanel
from wagtail.blocks import StreamBlock
from wagtail.fields import StreamField
from wagtail.search import index

from committee.models import CommitteePage
from core import ledger
from core.blocks import BodyBlock, DoorBlock, FunctionBlock, contents
from core.models import BasePage, GlossaryTerm, Organization, Population
from core.readable import readable
from programs.models import BodyPage, ProgramPage
from trainings.models import VideoPage

from .matrix import Matrix


class HomePage(BasePage):
    """The front door: why people come, what the Section does, with whom."""

    parent_page_types = ["wagtailcore.Page"]
    max_count = 1

    doors = StreamField(StreamBlock([("door", DoorBlock())]), blank=True, max_num=6)
    functions = StreamField(
        StreamBlock([("function", FunctionBlock())]),
        blank=True,
        verbose_name="what we do",
    )
    committee_heading = models.CharField(max_length=120, blank=True)
    committee_text = models.TextField(max_length=400, blank=True)
    videos_heading = models.CharField(max_length=120, blank=True)
    videos_text = models.TextField(max_length=300, blank=True)

    content_panels = [
        *BasePage.content_panels,
        HelpPanel(
            "The table of programs, the seats, the videos and the people affected are "
            "drawn from the pages themselves."
        ),
        "doors",
        "functions",
        MultiFieldPanel(["committee_heading", "committee_text"], heading="Committee"),
        MultiFieldPanel(["videos_heading", "videos_text"], heading="Videos"),
    ]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("doors"),
        index.SearchField("functions"),
    ]

    class Meta:
        verbose_name = "home page"

    def matrix(self):
        """Which program works with which agency."""
        programs = readable(ProgramPage.objects.descendant_of(self)).order_by("path")
        return Matrix(programs, Organization.objects.under(self.locale))

    def seats(self):
        """The bodies on which the Section or the Officer has or had a seat."""
        bodies = readable(BodyPage.objects.descendant_of(self)).order_by("path")
        bodies = [
            body
            for body in bodies.prefetch_related("seats")
            if any(seat.ours for seat in body.seat_shapes)
        ]
        return sorted(bodies, key=lambda body: (body.is_past, -len(body.seat_shapes)))

    def committee(self):
        return readable(CommitteePage.objects.child_of(self)).first()

    def videos(self):
        videos = readable(VideoPage.objects.descendant_of(self)).order_by("path")
        return videos.prefetch_related("versions")

    def people(self):
        return Population.objects.under(self.locale).filter(protective=False)

    def people_at_risk(self):
        return Population.objects.under(self.locale).filter(protective=True)


class StandardPage(BasePage):
    """A page of text, for what is neither a program nor a training."""

    parent_page_types = ["home.HomePage", "home.StandardPage"]
    subpage_types = ["home.StandardPage"]

    body = StreamField(BodyBlock(), blank=True)

    content_panels = [
        *BasePage.content_panels,
        "body",
        InlinePanel(
            "organizations",
            heading="Organizations we work with",
            label="organization",
        ),
        InlinePanel(
            "authorities", heading="Law and standards", label="law or standard"
        ),
        InlinePanel(
            "populations", heading="People it matters to", label="group of people"
        ),
        InlinePanel("topics", heading="Topics", label="topic"),
    ]
    search_fields = [*BasePage.search_fields, index.SearchField("body")]

    class Meta:
        verbose_name = "page of text"

    def children_pages(self):
        return list(readable(self.get_children()).select_related("locale"))

    def contents(self):
        return contents(self.body)

    def ledger(self):
        """The facts at the side of the page; a row without a value is not drawn."""
        return [
            (_("Works with"), ledger.organizations(self)),
            (_("People"), ledger.populations(self)),
            (_("Topics"), ledger.topics(self)),
            (_("Law and standards"), ledger.authorities(self)),
            (_("Part of"), ledger.part_of(self)),
            (_("Also here"), ledger.links_to_pages(self.children_pages())),
            ledger.as_of(self),
        ]


class GlossaryPage(BasePage):
    """Hard words and acronyms in plain words, from "Words we use"."""

    parent_page_types = ["home.HomePage"]
    subpage_types = []
    max_count_per_parent = 1

    class Meta:
        verbose_name = "glossary"

    def terms(self):
        return GlossaryTerm.objects.under(self.locale)


class LoadedEntry(models.Model):
    """A page or word that came from content/, so that the loader never undoes a person."""

    path = models.CharField(max_length=200, unique=True)
    digest = models.CharField(max_length=64)

    def __str__(self):
        return self.path
