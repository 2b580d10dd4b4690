from django.conf import settings
from django.core.checks import Error, register


@register()
def mail_has_a_sender(app_configs, **kwargs):
    """Without one no mail can be written, and each would fail."""
    if settings.EMAIL_HOST and not settings.DEFAULT_FROM_EMAIL:
        fault = "EMAIL_HOST is set and EMAIL_FROM is not."
        hint = "Say from whom mail comes: EMAIL_FROM=immigration-section@example.gov"
        return [Error(fault, hint=hint, id="mailing.E001")]
    return []
