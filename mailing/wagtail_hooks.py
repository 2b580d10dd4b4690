from datetime import timedelta

from django.conf import settings
from django.utils import timezone
from wagtail import hooks
from wagtail.admin.ui.components import Component

from core.health import Unwell
from core.hooks import CLOCK_JOB, HEALTH_PART
from mailing.delivery import deliver_due
from mailing.models import Machine, Mail
from mailing.staff import MailViewSet

LATE = timedelta(minutes=15)

hooks.register(CLOCK_JOB, deliver_due)


def _late_mail():
    """The mail that has waited longest, if it has waited too long."""
    oldest = Mail.objects.waiting().order_by("queued_at").first()
    return oldest if oldest and timezone.now() - oldest.queued_at > LATE else None


@hooks.register(HEALTH_PART)
def mail():
    """That nobody waits for a mail that could have been sent."""
    if settings.EMAIL_HOST and _late_mail():
        raise Unwell("waits too long")
    return "ok"


class WaitingMailPanel(Component):
    """Says on the dashboard that mail has waited too long, or has failed, and why."""

    name = "waiting_mail"
    order = 15
    template_name = "mailing/waiting.html"

    def get_context_data(self, parent_context):
        return {
            "oldest": _late_mail(),
            "failed": Mail.objects.filter(state=Mail.State.FAILED).count(),
            "set_up": bool(settings.EMAIL_HOST),
            "elsewhere": Mail.objects.waiting().exists() and not Machine.may_send(),
        }


@hooks.register("construct_homepage_panels")
def say_that_mail_waits(request, panels):
    if request.user.has_perm("mailing.view_mail"):
        panels.append(WaitingMailPanel())


@hooks.register("register_admin_viewset")
def show_the_outbox():
    return MailViewSet("mail", url_prefix="mails")
