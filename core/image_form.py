from django.core.exceptions import ValidationError
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm


class WholePictureField(WagtailImageField):
    """Answers a damaged picture in words; Wagtail's own field fails on it."""

    def to_python(self, data):
        try:
            return super().to_python(data)
        except ValidationError:
            raise
        except Exception as fault:  # damage shows in Pillow as errors of many kinds
            raise ValidationError(
                "This picture is damaged. Open it on your computer, save it again, and "
                "choose the new file.",
                code="damaged",
            ) from fault


class PictureForm(BaseImageForm):
    """Wagtail's form for pictures, which answers a damaged file in words."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if stock := self.fields.get("file"):
            self.fields["file"] = WholePictureField(
                label=stock.label, required=stock.required, widget=stock.widget
            )
        if "description" in self.fields:
            self.fields["description"].help_text = (
                "What somebody who cannot see it must know, in one sentence, as you would "
                "say it on the telephone."
            )
