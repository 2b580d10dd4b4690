"""What only the home page is made of."""

from wagtail.blocks import CharBlock, PageChooserBlock, URLBlock

from .links import LeadsSomewhere


class DoorBlock(LeadsSomewhere):
    sentence = CharBlock(
        max_length=60, help_text="What a visitor would say: “I was treated unfairly”."
    )
    text = CharBlock(max_length=200)
    page = PageChooserBlock(required=False)
    url = URLBlock(required=False, label="or an address elsewhere")

    class Meta:
        icon = "home"
        label = "Door"
        label_format = "{sentence}"
        description = "One of the six reasons why people come. The first is gold."
        preview_value = {
            "sentence": "I was treated unfairly",
            "text": "File a civil rights complaint.",
            "page": None,
            "url": "",
        }


class FunctionBlock(LeadsSomewhere):
    heading = CharBlock(max_length=60)
    text = CharBlock(max_length=250)
    page = PageChooserBlock(required=False)
    url = URLBlock(required=False, label="or an address elsewhere")

    class Meta:
        icon = "cog"
        label = "What we do"
        label_format = "{heading}"
        description = "One of the Section's jobs."
        preview_value = {
            "heading": "Train the Department",
            "text": "We give and help develop training.",
            "page": None,
            "url": "",
        }
