import datetime

from django.db import models
from django.utils import timezone

LONG_AGO = datetime.timedelta(days=40)  # one a month is due, and a few days' grace


class Drill(models.Model):
    """A restore that was tried in a scratch place, and how it ended: what readiness tells."""

    at = models.DateTimeField(auto_now_add=True)
    backup = models.CharField(max_length=120)
    held = models.BooleanField()
    report = models.TextField()

    class Meta:
        ordering = ["-at"]

    def __str__(self):
        age = ", long ago" if self.is_old else ""
        return f"{self.at:%Y-%m-%d} {'held' if self.held else 'FAILED'}{age}"

    @property
    def day(self):
        at = timezone.localtime(self.at)
        return f"{at:%B} {at.day}, {at.year}"

    @property
    def is_old(self):
        return timezone.now() - self.at > LONG_AGO
