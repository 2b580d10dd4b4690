from wagtail.admin.ui.components import Component

from backups.models import Drill
from core.hooks import HEALTH_PART, register


@register(HEALTH_PART)
def drill():
    """When a restore was last tried, and how it ended; told, but no reason to be taken out."""
    last = Drill.objects.first()
    return str(last) if last else "never"


class DrillPanel(Component):
    """Says on the dashboard that no restore has held of late."""

    name = "restore_drill"
    order = 16
    template_name = "backups/drill.html"

    def get_context_data(self, parent_context):
        last = Drill.objects.first()
        if last is None:
            why = "No restore drill has been tried."
        elif not last.held:
            why = f"The last restore drill, on {last.day}, failed."
        elif last.is_old:
            why = f"The last restore drill was on {last.day}."
        else:
            why = ""
        return {"why": why}


@register("construct_homepage_panels")
def say_that_no_restore_has_held(request, panels):
    if request.user.has_perm("backups.view_drill"):
        panels.append(DrillPanel())
