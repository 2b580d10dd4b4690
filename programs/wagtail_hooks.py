from core.hooks import RELATED_TO, register
from core.related import sharing_a_topic

from .models import BodyPage, ProgramPage


@register(RELATED_TO)
def programs_on_its_topics(page):
    """For what is not a program itself: programs have each other in their menu."""
    if isinstance(page, ProgramPage | BodyPage):
        return []
    return sharing_a_topic(page, ProgramPage, BodyPage)
