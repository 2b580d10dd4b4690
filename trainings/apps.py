from django.apps import AppConfig


class TrainingsConfig(AppConfig):
    """Courses, videos with their versions, presentations."""

    name = "trainings"
