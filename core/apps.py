from django.apps import AppConfig


class CoreConfig(AppConfig):
    """What every page is made of."""

    name = "core"

    def ready(self):
        from core import logs, redirects, retraction  # they need the models

        logs.tell_what_nobody_catches()
        redirects.connect()
        retraction.connect()
