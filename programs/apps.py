from django.apps import AppConfig


class ProgramsConfig(AppConfig):
    """Program pages, and the bodies CRCL sits on."""

    name = "programs"
