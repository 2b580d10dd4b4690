"""Pages of other sections that a reader may want next."""

from django.contrib.contenttypes.models import ContentType
from wagtail.models import Page

from core.models import PageTopic
from core.readable import readable

MOST = 4


def sharing_a_topic(page, *models):
    """Pages of some types, in the language of a page, that name a topic it names too."""
    topics = PageTopic.objects.filter(page=page.pk).values("topic")
    pages = Page.objects.filter(
        pk__in=PageTopic.objects.filter(topic__in=topics).values("page"),
        content_type__in=ContentType.objects.get_for_models(*models).values(),
        locale=page.locale,
    ).exclude(pk=page.pk)
    return list(readable(pages).select_related("locale").order_by("path")[:MOST])
