from django.db import models


class ClockJob(models.Model):
    """One job of the clock, when it last ran, and since when it fails; the admin warns of both."""

    name = models.CharField(max_length=100, unique=True)
    ran_at = models.DateTimeField()
    failed = models.BooleanField(default=False)
    failing_since = models.DateTimeField(null=True, blank=True)

    def __str__(self):
        return self.name
