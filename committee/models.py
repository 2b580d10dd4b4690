from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext as _
from wagtail.admin.panels import FieldRowPanel
from wagtail.fields import StreamField
from wagtail.search import index

from core import ledger
from core.blocks import BodyBlock, contents
from core.models import BasePage


class CommitteePage(BasePage):
    """
    The NGO Civil Rights/Civil Liberties Committee: what it is, and how to take part.

    Its words keep to individual views and the exchange of information: a group that
    votes or advises as a body would fall under the Federal Advisory Committee Act
    (41 CFR 102-3.40(d), (e)).
    """

    parent_page_types = ["home.HomePage"]
    subpage_types = []
    max_count_per_parent = 1

    organizations_at_least = models.PositiveSmallIntegerField(
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        verbose_name="more than so many organizations",
    )
    meetings_a_year = models.PositiveSmallIntegerField(
        null=True, blank=True, validators=[MinValueValidator(1)]
    )
    invitation = models.TextField(
        max_length=300,
        blank=True,
        help_text="Says who may take part; stands in the box “Take part”.",
    )
    body = StreamField(BodyBlock(), blank=True)

    content_panels = [
        *BasePage.content_panels,
        FieldRowPanel(["organizations_at_least", "meetings_a_year"]),
        "invitation",
        "body",
    ]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("invitation"),
        index.SearchField("body"),
    ]

    class Meta:
        verbose_name = "Committee"

    def contents(self):
        return contents(self.body)

    def ledger(self):
        """The facts at the side of the page; a row without a value is not drawn."""
        return [(_("Topics"), ledger.topics(self)), ledger.as_of(self)]
