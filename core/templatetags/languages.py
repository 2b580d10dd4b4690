"""The tag that says why a visitor sees this page in English."""

from django import template
from django.utils.translation import get_language_info

from core import languages

register = template.Library()


@register.simple_tag(takes_context=True)
def not_translated(context):
    """The language in which this page was looked for and is not; nothing on other pages."""
    code = languages.not_translated(context["request"])
    if not code:
        return ""
    return {
        "code": code,
        "dir": "rtl" if get_language_info(code)["bidi"] else "ltr",
    }
