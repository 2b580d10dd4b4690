"""The tag that "Was this page helpful?" asks for its reasons."""

from django import template
from django.utils.translation import get_language

from contact.models import FeedbackReason

register = template.Library()


@register.simple_tag
def feedback_reasons():
    """Why a page did not help, for the visitor to choose, in their language or English."""
    return FeedbackReason.objects.offered_in(get_language())
