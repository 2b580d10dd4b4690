from core.hooks import RELATED_TO, register
from core.related import sharing_a_topic

from .models import CoursePage, VideoPage


@register(RELATED_TO)
def trainings_on_its_topics(page):
    return sharing_a_topic(page, CoursePage, VideoPage)
