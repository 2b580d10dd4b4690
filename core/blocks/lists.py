"""Blocks of things in order: items that nest, and tables."""

from django.db import models
from wagtail.blocks import (
    BooleanBlock,
    CharBlock,
    ChoiceBlock,
    ListBlock,
    RichTextBlock,
    StructBlock,
    StructBlockValidationError,
)

from .prose import INLINE, HeadingBlock


class ItemBlock(StructBlock):
    text = RichTextBlock(features=INLINE)
    parts = ListBlock(
        CharBlock(max_length=300, label="Part"),
        default=[],
        required=False,
        label="Its parts",
    )

    class Meta:
        icon = "list-ul"
        label = "Item"
        label_format = "{text}"


class ItemsBlock(StructBlock):
    """Reforms, goals or safeguards: read only in place, so a block and not a table."""

    class Kind(models.TextChoices):
        REFORM = "reform", "Reforms"
        GOAL = "goal", "Goals"
        SAFEGUARD = "safeguard", "Safeguards"
        CONTRIBUTION = "contribution", "Contributions"
        STEP = "step", "Steps to take"

    heading = HeadingBlock()
    kind = ChoiceBlock(choices=Kind.choices, default=Kind.REFORM)
    items = ListBlock(ItemBlock(), min_num=1)

    class Meta:
        icon = "list-ol"
        template = "blocks/items.html"
        label = "Items"
        description = "A ruled, numbered list; each item may have parts of its own."
        preview_value = {
            "heading": "What has changed",
            "kind": "reform",
            "items": [
                {"text": "<p>Better medical care.</p>", "parts": ["Faster", "Closer"]},
                {"text": "<p>An office that answers.</p>", "parts": []},
            ],
        }


class RowBlock(StructBlock):
    cells = ListBlock(
        CharBlock(max_length=300, required=False, label="Cell"), min_num=1
    )

    class Meta:
        icon = "table"
        label = "Row"


class TableBlock(StructBlock):
    heading = HeadingBlock()
    caption = CharBlock(
        max_length=200,
        required=False,
        help_text="What the table shows. Screen readers say it first.",
    )
    columns = ListBlock(
        CharBlock(max_length=120, label="Column"), min_num=1, label="Column headers"
    )
    rows = ListBlock(RowBlock(), min_num=1)
    row_headers = BooleanBlock(
        required=False, default=True, label="The first cell of a row is its header"
    )

    class Meta:
        icon = "table"
        template = "blocks/table.html"
        label = "Table"
        description = "Facts that are read across and down. Never for layout."
        preview_value = {
            "heading": "",
            "caption": "Who sits on the Council",
            "columns": ["Seat", "Capacity"],
            "rows": [{"cells": ["CRCL Officer", "Permanent co-chair"]}],
            "row_headers": True,
        }

    def clean(self, value):
        value = super().clean(value)
        width = len(value["columns"])
        if any(len(row["cells"]) != width for row in value["rows"]):
            raise StructBlockValidationError(
                non_block_errors=[f"Give each row {width} cells, one for each column."]
            )
        return value
