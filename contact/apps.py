from django.apps import AppConfig


class ContactConfig(AppConfig):
    """What the public sends us: so far, how to reach us."""

    name = "contact"
