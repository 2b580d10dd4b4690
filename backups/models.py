from django.db import models


class Drill(models.Model):
    """A restore that was tried in a scratch place, and how it ended: what readiness tells."""

    at = models.DateTimeField(auto_now_add=True)
    backup = models.CharField(max_length=120)
    held = models.BooleanField()
    report = models.TextField()

    class Meta:
        ordering = ["-at"]

    def __str__(self):
        return f"{self.at:%Y-%m-%d} {'held' if self.held else 'FAILED'}"
