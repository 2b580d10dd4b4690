from django.apps import AppConfig


class HomeConfig(AppConfig):
    """The front door: home page, standard pages, glossary, listings, and the loader."""

    name = "home"
