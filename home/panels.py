"""What the dashboard says first."""

from wagtail.admin.ui.components import Component

from core import health
from core.models import ClockJob
from home import launch


class ClockPanel(Component):
    """A warning while the clock stands, or some job of it: nothing scheduled happens then."""

    name = "clock"
    order = 10
    template_name = "wagtailadmin/home/clock.html"

    def get_context_data(self, parent_context):
        return {
            "still": health.is_still(),
            "last": health.last_tick(),
            "not_run": health.jobs_not_run(),
            "failed": ClockJob.objects.filter(failed=True),
        }


class BeforeLaunchPanel(Component):
    """What a person must still settle; gone when all of it is."""

    name = "before_launch"
    order = 20
    template_name = "wagtailadmin/home/before_launch.html"

    def get_context_data(self, parent_context):
        groups = launch.gaps_for(parent_context["request"].user)
        return {"groups": groups, "total": sum(len(gaps) for _, gaps in groups)}
