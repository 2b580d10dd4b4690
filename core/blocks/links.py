from wagtail.blocks import (
    CharBlock,
    PageChooserBlock,
    StructBlock,
    StructBlockValidationError,
    URLBlock,
)


class LeadsSomewhere(StructBlock):
    """A block with a page of ours or an address elsewhere, not both."""

    def clean(self, value):
        value = super().clean(value)
        if value.get("page") and value.get("url"):
            raise StructBlockValidationError(
                {"url": "Give a page or an address elsewhere, not both."}
            )
        return value


class CallToActionBlock(LeadsSomewhere):
    text = CharBlock(max_length=200, required=False)
    label = CharBlock(
        max_length=60, required=False, help_text="What happens: “File a complaint”."
    )
    page = PageChooserBlock(required=False)
    url = URLBlock(required=False, label="or an address elsewhere")

    class Meta:
        icon = "arrow-right-full"
        template = "blocks/call_to_action.html"
        label = "Call to action"
        description = "The one thing to do next. Once a page."
        preview_value = {
            "text": "Were you or someone you know treated unfairly?",
            "label": "File a complaint",
            "page": None,
            "url": "https://www.dhs.gov/file-civil-rights-complaint",
        }
