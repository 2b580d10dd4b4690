"""Forms by which files come in; they say in words what is wrong with a file, or with us."""

from django.core.exceptions import ValidationError
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from core.uploads import can_be_kept


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


class ToBeKept:
    """Asks whether the file can be kept before anything is saved, so that no word is lost."""

    def clean(self):
        answers = super().clean()
        comes_later = "file" not in self.fields and not self.instance.pk
        if ("file" in self.changed_data or comes_later) and not can_be_kept():
            self.add_error(
                None if comes_later else "file",
                "Files cannot be kept right now, so nothing was saved. Choose the file "
                "again in a few minutes; if that does not help, tell whoever runs the site.",
            )
        return answers


class PictureForm(ToBeKept, BaseImageForm):
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


class DocumentForm(ToBeKept, BaseDocumentForm):
    """Wagtail's form for documents."""
