from django.db import models


class ClockJob(models.Model):
    """One job of the clock, and when it last ran; the admin warns when that is long ago."""

    name = models.CharField(max_length=100, unique=True)
    ran_at = models.DateTimeField()
    failed = models.BooleanField(default=False)

    def __str__(self):
        return self.name
