"""Blocks of running text. An editor picks what a thing is, never how it looks."""

from django.db import models
from wagtail.blocks import (
    CharBlock,
    ChoiceBlock,
    ListBlock,
    RichTextBlock,
    StructBlock,
)
from wagtail.images.blocks import ImageBlock

INLINE = ["bold", "italic", "link"]
PROSE = [*INLINE, "h3", "ol", "ul"]


class HeadingBlock(CharBlock):
    """The heading of a section; the contents list leads to it."""

    def __init__(self, **kwargs):
        super().__init__(
            **{
                "max_length": 120,
                "required": False,
                "help_text": "An answer or a plain name, such as “What has changed”. "
                "Leave it empty to go on under the heading above.",
                **kwargs,
            }
        )


class TextBlock(StructBlock):
    heading = HeadingBlock()
    text = RichTextBlock(features=PROSE, required=False)

    class Meta:
        icon = "pilcrow"
        template = "blocks/text.html"
        label = "Text"
        description = "Paragraphs and simple lists, with a heading if a section begins."
        preview_value = {
            "heading": "What has changed",
            "text": "<p>People in immigration detention keep their rights.</p>",
        }


class PictureBlock(StructBlock):
    image = ImageBlock(required=False)
    caption = CharBlock(max_length=200, required=False)

    class Meta:
        icon = "image"
        template = "blocks/image.html"
        label = "Picture"
        description = "A picture that tells something words cannot."
        preview_value = {"image": None, "caption": "How a mismatch is settled"}


class SummaryBoxBlock(StructBlock):
    heading = CharBlock(max_length=120, required=False)
    text = RichTextBlock(features=[*INLINE, "ul"], required=False)

    class Meta:
        icon = "clipboard-list"
        template = "blocks/summary_box.html"
        label = "Summary box"
        description = "The two or three things to know, before the text begins."
        preview_value = {
            "heading": "In short",
            "text": "<p>You can contest a mismatch and correct it.</p>",
        }


class AlertBlock(StructBlock):
    """A warning inside a page; one for the whole site is a site alert."""

    class Kind(models.TextChoices):
        INFORMATION = "information", "Information"
        WARNING = "warning", "Warning"
        EMERGENCY = "emergency", "Emergency"

    kind = ChoiceBlock(choices=Kind.choices, default=Kind.INFORMATION)
    heading = CharBlock(max_length=120, required=False)
    text = RichTextBlock(features=INLINE, required=False)

    class Meta:
        icon = "warning"
        template = "blocks/alert.html"
        label = "Alert"
        description = "Something a reader must not miss. Rare, or it stops working."
        preview_value = {
            "kind": "information",
            "heading": "This group has ended",
            "text": "<p>The page tells what it did.</p>",
        }


class FoldBlock(StructBlock):
    heading = CharBlock(max_length=160)
    text = RichTextBlock(features=PROSE)

    class Meta:
        icon = "collapse-down"
        label = "Question"
        label_format = "{heading}"


class AccordionBlock(StructBlock):
    heading = HeadingBlock()
    items = ListBlock(FoldBlock(), min_num=1, label="Questions")

    class Meta:
        icon = "list-ul"
        template = "blocks/accordion.html"
        label = "Questions and answers"
        description = "Answers a reader opens one by one. Nothing everybody needs."
        preview_value = {
            "heading": "Questions",
            "items": [{"heading": "Who may ask?", "text": "<p>Anyone.</p>"}],
        }


class DefinitionBlock(StructBlock):
    term = CharBlock(max_length=120, required=False)
    text = RichTextBlock(features=INLINE, required=False)
    parts = ListBlock(
        CharBlock(max_length=200, label="Part"),
        default=[],
        required=False,
        label="What it names",
    )
    after = RichTextBlock(features=INLINE, required=False, label="What follows from it")

    class Meta:
        icon = "openquote"
        template = "blocks/definition.html"
        label = "Definition"
        description = "What a word means on this page, in official words if need be."
        preview_value = {
            "term": "Mismatch",
            "text": "<p>E-Verify finds a record that differs from Form I-9.</p>",
            "parts": ["A name that changed", "A number typed wrongly"],
            "after": "",
        }
