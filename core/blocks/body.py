from wagtail.blocks import StreamBlock

from .links import CallToActionBlock
from .lists import ItemsBlock, TableBlock
from .prose import (
    AccordionBlock,
    AlertBlock,
    DefinitionBlock,
    PictureBlock,
    SummaryBoxBlock,
    TextBlock,
)

# Blocks whose heading begins a section of the page.
SECTIONS = {"text", "accordion", "items", "table"}


class BodyBlock(StreamBlock):
    """The one list of blocks, for every page."""

    text = TextBlock()
    image = PictureBlock()
    summary_box = SummaryBoxBlock()
    alert = AlertBlock()
    accordion = AccordionBlock()
    definition = DefinitionBlock()
    items = ItemsBlock()
    table = TableBlock()
    call_to_action = CallToActionBlock()


def section_anchor(child):
    """The id of a section's heading: its block's, so the same in every language."""
    return f"section-{child.id[:8]}" if child.id else ""


def contents(body):
    """The sections of a page, as (id, heading), for the list "On this page"."""
    headed = (
        (section_anchor(child), child.value.get("heading"))
        for child in body
        if child.block_type in SECTIONS
    )
    return [(anchor, heading) for anchor, heading in headed if heading]
