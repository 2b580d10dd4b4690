from datetime import timedelta

from django.conf import settings
from django.utils import timezone
from wagtail import hooks
from wagtail.admin.ui.components import Component

from core.hooks import CLOCK_JOB
from mailing.delivery import deliver_due
from mailing.models import Machine, Mail
from mailing.staff import MailViewSet

LATE = timedelta(minutes=15)

hooks.register(CLOCK_JOB, deliver_due)


class WaitingMailPanel(Component):
    """Says on the dashboard that mail has waited too long, or has failed, and why."""

    name = "waiting_mail"
    order = 15
    template_name = "mailing/waiting.html"

    def get_context_data(self, parent_context):
        oldest = Mail.objects.waiting().order_by("queued_at").first()
        return {
            "oldest": oldest
            if oldest and timezone.now() - oldest.queued_at > LATE
            else None,
            "failed": Mail.objects.filter(state=Mail.State.FAILED).count(),
            "set_up": bool(settings.EMAIL_HOST),
            "elsewhere": bool(oldest) and not Machine.may_send(),
        }


@hooks.register("construct_homepage_panels")
def say_that_mail_waits(request, panels):
    if request.user.has_perm("mailing.view_mail"):
        panels.append(WaitingMailPanel())


@hooks.register("register_admin_viewset")
def show_the_outbox():
    return MailViewSet("mail", url_prefix="mails")
