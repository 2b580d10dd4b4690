"""Where Wagtail asks: the report on what visitors answered."""

from django.urls import path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component

from contact import feedback_report, limits
from contact.models import Interest
from contact.staff.reading import InterestViewSet
from core.hooks import CLOCK_JOB

hooks.register(CLOCK_JOB, limits.forget_past_days)

WAS_IT_HELPFUL = "was_it_helpful"


class WasItHelpfulItem(MenuItem):
    """Shown to whoever may read the report."""

    def is_shown(self, request):
        return feedback_report.may_read(request.user)


@hooks.register("register_reports_menu_item")
def was_it_helpful_item():
    return WasItHelpfulItem(
        "Was it helpful?", reverse(WAS_IT_HELPFUL), icon_name="help", order=100
    )


@hooks.register("register_admin_urls")
def was_it_helpful_address():
    return [
        path("reports/was-it-helpful/", feedback_report.report, name=WAS_IT_HELPFUL)
    ]


class HeldApartPanel(Component):
    """Says on the dashboard of intake officers that somebody may wait among the spam."""

    name = "held_apart"
    order = 12
    template_name = "contact/staff/held_apart.html"

    def get_context_data(self, parent_context):
        return {"held": Interest.objects.held_apart().count()}


@hooks.register("construct_homepage_panels")
def say_what_is_held_apart(request, panels):
    if request.user.has_perm("contact.change_interest"):
        panels.append(HeldApartPanel())


@hooks.register("register_admin_viewset")
def show_interests():
    return InterestViewSet("interest", url_prefix="interests")
