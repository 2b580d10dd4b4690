"""What a visitor may read: the one rule behind menus, listings, alternates and sitemap."""

from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Length, Substr
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction


def readable(pages=None):
    """
    Those of some pages that are live, public, and truly in the language they claim.

    One whose time is over is gone at once, though the clock may not have come by yet.
    Wagtail's `public()` asks for all restrictions anew each time; this is part of the
    query itself.
    """
    if pages is None:
        pages = Page.objects.all()
    private = PageViewRestriction.objects.filter(
        page__path=Substr(OuterRef("path"), 1, Length("page__path"))
    )
    in_time = Q(expire_at=None) | Q(expire_at__gt=timezone.now())
    return pages.live().filter(in_time, ~Exists(private), alias_of=None)
