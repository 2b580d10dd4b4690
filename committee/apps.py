from django.apps import AppConfig


class CommitteeConfig(AppConfig):
    """The NGO Civil Rights/Civil Liberties Committee."""

    name = "committee"
