"""What people are told before they write to us."""

from django import template
from django.utils.translation import get_language

from records.models import InformationCollection, PrivacyNotice

register = template.Library()


@register.simple_tag
def privacy_notice():
    """The privacy notice that somebody approved, in the language of the page or English."""
    return PrivacyNotice.objects.current(get_language())


@register.simple_tag
def information_collection():
    """What the Paperwork Reduction Act asks to be said of the form, if it is approved."""
    return InformationCollection.objects.current(get_language())
