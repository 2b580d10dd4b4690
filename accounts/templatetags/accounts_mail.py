from django import template
from django.conf import settings

register = template.Library()


@register.simple_tag
def can_send_mail():
    """Whether a mail server is set up; without one, staff hand over sign-in links."""
    return bool(settings.EMAIL_HOST)
