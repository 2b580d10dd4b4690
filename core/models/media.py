import logging
from contextlib import contextmanager

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from wagtail.documents.models import AbstractDocument, Document
from wagtail.images.models import (
    AbstractImage,
    AbstractRendition,
    SourceImageIOError,
)
from wagtail.search import index

logger = logging.getLogger(__name__)

UNDESCRIBED = "Describe the picture, or say that it is only decoration."


@contextmanager
def _else_without_it():
    """A size that cannot be kept is, to Wagtail, what a picture is that cannot be read."""
    try:
        yield
    except OSError as fault:
        logger.error("A picture could not be made: %s", type(fault).__name__)
        raise SourceImageIOError(type(fault).__name__) from fault


class PortalImage(AbstractImage):
    """A picture, with words for those who cannot see it, or said to be decoration."""

    is_decoration = models.BooleanField(
        default=False,
        verbose_name="only decoration",
        help_text="Tick this if the page loses nothing when the picture is not seen.",
    )

    admin_form_fields = [
        "title",
        "file",
        "description",
        "is_decoration",
        "collection",
        "tags",
        "focal_point_x",
        "focal_point_y",
        "focal_point_width",
        "focal_point_height",
    ]
    # As Wagtail has it, and in the chooser one may search among pictures of one tag.
    search_fields = [
        *AbstractImage.search_fields,
        index.RelatedFields(
            "tags",
            [
                index.SearchField("name", boost=10),
                index.AutocompleteField("name"),
                index.FilterField("name"),
            ],
        ),
    ]

    class Meta(AbstractImage.Meta):
        verbose_name = "image"
        permissions = [("choose_image", "Can choose image")]
        constraints = [
            models.CheckConstraint(
                name="image_has_words_or_is_decoration",
                condition=Q(is_decoration=True) | ~Q(description=""),
                violation_error_message=UNDESCRIBED,
            )
        ]

    def clean(self):
        super().clean()
        if self.is_decoration and self.description:
            raise ValidationError(
                {
                    "is_decoration": "A picture with a description is not only decoration."
                }
            )
        if not self.is_decoration and not self.description:
            raise ValidationError({"description": UNDESCRIBED})

    @property
    def default_alt_text(self):
        return "" if self.is_decoration else self.description

    def get_rendition(self, filter):
        with _else_without_it():
            return super().get_rendition(filter)

    def get_renditions(self, *filters):
        with _else_without_it():
            return super().get_renditions(*filters)


class PortalRendition(AbstractRendition):
    """A picture in one of the sizes that pages use."""

    image = models.ForeignKey(
        PortalImage, related_name="renditions", on_delete=models.CASCADE
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="image_has_one_rendition_of_a_kind",
                fields=["image", "filter_spec", "focal_point_key"],
            )
        ]


class PortalDocument(AbstractDocument):
    """A file that visitors may download."""

    admin_form_fields = Document.admin_form_fields

    class Meta(AbstractDocument.Meta):
        verbose_name = "document"
        permissions = [("choose_document", "Can choose document")]
