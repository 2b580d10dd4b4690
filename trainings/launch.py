"""What a person must settle about trainings before the public comes."""

from django.urls import reverse

from core.hooks import Gap
from trainings.models import VideoVersion


def videos():
    """Versions of videos that nobody can watch yet."""
    versions = VideoVersion.objects.filter(
        url="", page__locale__language_code="en"
    ).select_related("page")
    for version in versions.order_by("page__path", "sort_order"):
        cut = f", {version.cut_label.lower()}" if version.cut_label else ""
        language = version.get_language_display() or "language not stated"
        yield Gap(
            "Videos",
            f"{version.page.title}: {language}{cut}",
            "Say where it can be watched. Until then the page says that there is no file yet.",
            _versions(version.page_id),
        )


def languages_of_videos():
    """Versions of videos of which nobody has said the language."""
    versions = VideoVersion.objects.filter(
        language="", page__locale__language_code="en"
    ).select_related("page")
    for version in versions.order_by("page__path", "sort_order"):
        yield Gap(
            "Videos",
            f"{version.page.title}: its language",
            "The source does not name it. Say in which language the video speaks.",
            _versions(version.page_id),
        )


def _versions(page_id):
    address = reverse("wagtailadmin_pages:edit", args=[page_id])
    return f"{address}#panel-child-content-versions-section"
