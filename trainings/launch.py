"""What a person must settle about trainings before the public comes."""

from django.conf.locale import LANG_INFO
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
        language = LANG_INFO[version.language]["name"]
        yield Gap(
            "Videos",
            f"{version.page.title}: {language}{cut}",
            "Say where it can be watched. Until then the page says that there is no file yet.",
            reverse("wagtailadmin_pages:edit", args=[version.page_id])
            + "#panel-child-content-versions-section",
        )
