from django.utils.translation import gettext as _
from wagtail.fields import StreamField
from wagtail.search import index

from core import ledger
from core.blocks import BodyBlock, contents
from core.models import BasePage, PortalSettings


class ContactPage(BasePage):
    """How to reach the Section; numbers and addresses come from the settings."""

    parent_page_types = ["home.HomePage"]
    subpage_types = []
    max_count_per_parent = 1

    body = StreamField(BodyBlock(), blank=True)

    content_panels = [*BasePage.content_panels, "body"]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("body"),
        index.SearchField("ways"),
    ]

    class Meta:
        verbose_name = "contact page"

    def contents(self):
        return contents(self.body)

    def ways(self):
        """The numbers and addresses that stand on it, for the search."""
        portal = PortalSettings.load()
        return [portal.phone, portal.email, *portal.postal_lines]

    def ledger(self):
        return [(_("Law and standards"), ledger.authorities(self)), ledger.as_of(self)]
