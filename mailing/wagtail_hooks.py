from django.conf import settings
from django.utils import timezone
from wagtail import hooks
from wagtail.admin.ui.components import Component

from core.health import Unwell
from core.hooks import CLOCK_JOB, HEALTH_PART
from mailing.delivery import deliver_due
from mailing.models import LATE, Machine, Mail
from mailing.staff import MailViewSet

hooks.register(CLOCK_JOB, deliver_due)


@hooks.register(HEALTH_PART)
def mail():
    """That mail goes out; what one receiver refuses for days is no fault of the portal."""
    if settings.EMAIL_HOST and Mail.objects.neglected().exists():
        raise Unwell("waits too long")
    if settings.EMAIL_HOST and Mail.objects.untaken().exists():
        raise Unwell("is not taken by the server")
    return "ok"


class WaitingMailPanel(Component):
    """Says on the dashboard that mail has waited long, or has failed, why, and what to do."""

    name = "waiting_mail"
    order = 15
    template_name = "mailing/waiting.html"

    def get_context_data(self, parent_context):
        waiting = Mail.objects.waiting().order_by("queued_at")
        late = waiting.filter(queued_at__lte=timezone.now() - LATE)
        return {
            "oldest": late.first(),
            "late": late.count(),
            "stuck": Mail.objects.neglected().exists()
            or Mail.objects.untaken().exists(),
            "failed": Mail.objects.filter(state=Mail.State.FAILED).count(),
            "set_up": bool(settings.EMAIL_HOST),
            "elsewhere": waiting.exists() and not Machine.may_send(),
        }


@hooks.register("construct_homepage_panels")
def say_that_mail_waits(request, panels):
    if request.user.has_perm("mailing.view_mail"):
        panels.append(WaitingMailPanel())


@hooks.register("register_admin_viewset")
def show_the_outbox():
    return MailViewSet("mail", url_prefix="mails")
