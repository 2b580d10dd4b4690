from django.apps import AppConfig


class CoreConfig(AppConfig):
    """What every page is made of."""

    name = "core"

    def ready(self):
        from core import redirects, retraction  # they need the models

        redirects.connect()
        retraction.connect()
