from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Orderable, Page, TranslatableMixin
from wagtail.search import index

from core import ledger
from core.blocks import BodyBlock, contents
from core.models import BasePage, Organization
from core.readable import readable


def relation_panels(*names):
    """Rows of the words we use, as every page of this app edits them."""
    says = {
        "organizations": ("Organizations we work with", "organization"),
        "authorities": ("Law and standards", "law or standard"),
        "populations": ("People it affects", "group of people"),
        "topics": ("Topics", "topic"),
    }
    return [
        InlinePanel(
            name,
            heading=says[name][0],
            label=says[name][1],
            help_text="From “Words we use”; shown in the facts beside the text.",
        )
        for name in names
    ]


class ProgramIndexPage(BasePage):
    """The way into all programs."""

    parent_page_types = ["home.HomePage"]
    subpage_types = ["programs.ProgramPage"]
    max_count_per_parent = 1

    body = StreamField(BodyBlock(), blank=True)

    content_panels = [*BasePage.content_panels, "body"]
    search_fields = [*BasePage.search_fields, index.SearchField("body")]

    class Meta:
        verbose_name = "list of programs"

    def programs(self):
        """Programs with what belongs to each, in two queries however many there are."""
        programs = list(
            readable(ProgramPage.objects.child_of(self)).select_related("locale")
        )
        below = readable(
            Page.objects.descendant_of(self).filter(depth=self.depth + 2)
        ).select_related("locale")
        for program in programs:
            program.below = [page for page in below if page.is_child_of(program)]
        return programs

    def contents(self):
        return contents(self.body)


class ProgramPage(BasePage):
    """One program: what it does, with whom, under which rules."""

    parent_page_types = ["programs.ProgramIndexPage", "programs.ProgramPage"]
    subpage_types = ["programs.ProgramPage", "programs.BodyPage"]

    our_role = models.CharField(
        max_length=200,
        blank=True,
        help_text="What the Section does here, in a few words beginning with a verb.",
    )
    body = StreamField(BodyBlock(), blank=True)

    content_panels = [
        *BasePage.content_panels,
        "our_role",
        "body",
        *relation_panels("organizations", "authorities", "populations", "topics"),
    ]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("our_role"),
        index.SearchField("body"),
    ]

    class Meta:
        verbose_name = "program"

    def children_pages(self):
        children = readable(self.get_children())
        return list(children.select_related("locale"))

    def contents(self):
        return contents(self.body)

    def ledger(self):
        """The facts at the side of the page; a row without a value is not drawn."""
        return [
            (_("Our role"), self.our_role),
            (_("Works with"), ledger.organizations(self)),
            (_("Law and standards"), ledger.authorities(self)),
            (_("People"), ledger.populations(self)),
            (_("Topics"), ledger.topics(self)),
            (_("Part of"), ledger.part_of(self)),
            (_("Also here"), ledger.links_to_pages(self.children_pages())),
            (_("Related training"), ledger.related(self)),
            ledger.as_of(self),
        ]


class BodyPage(BasePage):
    """A council, board, group or campaign that CRCL sits on."""

    class Kind(models.TextChoices):
        COUNCIL = "council", "Council"
        BOARD = "board", "Board"
        GROUP = "group", "Interagency working group"
        CAMPAIGN = "campaign", "Campaign"

    parent_page_types = ["programs.ProgramPage"]
    subpage_types = []

    kind = models.CharField(max_length=20, choices=Kind)
    former_names = models.CharField(
        max_length=300, blank=True, help_text="As they were, in the order of time."
    )
    capacity_line = models.CharField(
        max_length=200,
        blank=True,
        help_text="Our seat in one sentence, shown in large type: "
        "“The CRCL Officer is a permanent co-chair, one of three.”",
    )
    body = StreamField(BodyBlock(), blank=True)

    content_panels = [
        *BasePage.content_panels,
        MultiFieldPanel(
            [FieldRowPanel(["kind", "former_names"]), "capacity_line"],
            heading="What it is",
        ),
        InlinePanel(
            "seats",
            heading="Seats",
            label="seat",
            help_text="Who sits on it. Our own are drawn in gold, past ones hollow.",
        ),
        "body",
        *relation_panels("organizations", "authorities", "populations", "topics"),
    ]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("former_names"),
        index.SearchField("capacity_line"),
        index.SearchField("body"),
    ]

    class Meta:
        verbose_name = "body we sit on"
        verbose_name_plural = "bodies we sit on"

    @property
    def kind_label(self):
        return {
            self.Kind.COUNCIL: _("Council"),
            self.Kind.BOARD: _("Board"),
            self.Kind.GROUP: _("Interagency working group"),
            self.Kind.CAMPAIGN: _("Campaign"),
        }.get(self.kind, "")

    @cached_property
    def seat_shapes(self):
        """The seats, to be drawn as doorways: ours gold, a past one hollow."""
        if "seats" in getattr(self, "_prefetched_objects_cache", {}):
            return list(self.seats.all())
        return list(self.seats.select_related("organization__locale"))

    @property
    def is_past(self):
        """Whether our own seat is a thing of the past."""
        ours = [seat for seat in self.seat_shapes if seat.ours]
        return bool(ours) and all(seat.past for seat in ours)

    def contents(self):
        return contents(self.body)

    def ledger(self):
        """The facts at the side of the page; a row without a value is not drawn."""
        return [
            (_("Kind"), self.kind_label),
            (_("Formerly"), self.former_names),
            (_("Part of"), ledger.part_of(self)),
            (_("Works with"), ledger.organizations(self)),
            (_("Law and standards"), ledger.authorities(self)),
            (_("People"), ledger.populations(self)),
            (_("Topics"), ledger.topics(self)),
            (_("Related training"), ledger.related(self)),
            ledger.as_of(self),
        ]


class BodySeat(TranslatableMixin, Orderable):
    """Who sits on a body, and in what capacity."""

    class Status(models.TextChoices):
        PRESENT = "present", "Present"
        PAST = "past", "Past"

    page = ParentalKey(BodyPage, related_name="seats", on_delete=models.CASCADE)
    holder = models.CharField(
        max_length=160, help_text="The office, never a person: “CRCL Officer”."
    )
    organization = models.ForeignKey(
        Organization,
        null=True,
        blank=True,
        related_name="+",
        on_delete=models.PROTECT,
    )
    capacity = models.CharField(
        max_length=160, blank=True, help_text="Such as “Permanent co-chair”."
    )
    ours = models.BooleanField(default=False, verbose_name="our own seat")
    status = models.CharField(
        max_length=10,
        choices=Status,
        default=Status.PRESENT,
        blank=True,
        help_text="Leave it empty if it is not known.",
    )

    panels = [
        FieldRowPanel(["holder", "organization"]),
        FieldRowPanel(["capacity", "status"]),
        "ours",
    ]

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        verbose_name = "seat"

    @property
    def past(self):
        return self.status == self.Status.PAST
