"""
Pages that appear and expire at a time.

Wagtail's `publish_scheduled` stops at the first page that fails, and leaves dates behind
that stand in the way of the next save.
"""

import logging

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from wagtail.admin.ui.components import Component
from wagtail.log_actions import LogFormatter, log
from wagtail.models import Page, PageLogEntry, Revision

logger = logging.getLogger(__name__)

REFUSED = "portal.schedule_refused"


def publish_what_is_due():
    """Publish and expire each page whose time has come; one that fails stops no other."""
    now = timezone.now()
    due = Revision.page_revisions.filter(approved_go_live_at__lte=now)
    expiring = Page.objects.filter(live=True, expire_at__lte=now)
    acts = [(_go_live, pk) for pk in _in_order(due, "approved_go_live_at")]
    acts += [(_expire, pk) for pk in _in_order(expiring, "expire_at")]
    broken = [f"{act.__name__} {pk}" for act, pk in acts if not _done(act, pk, now)]
    if broken:
        raise RuntimeError(f"Not done: {', '.join(broken)}")


def _in_order(rows, when):
    return list(rows.order_by(when, "pk").values_list("pk", flat=True))


def _done(act, pk, now):
    try:
        with transaction.atomic():
            act(pk, now)
    except Exception:
        logger.exception("%s failed for %s", act.__name__, pk)
        return False
    return True


def _go_live(pk, now):
    """Looked at again under a lock, since another clock may have been here."""
    due = Revision.objects.select_for_update().filter(approved_go_live_at__lte=now)
    revision = due.filter(pk=pk).first()
    if revision is None:
        return
    try:
        with transaction.atomic():
            revision.publish(log_action="wagtail.publish.scheduled")
    except ValidationError as refusal:
        _tell_owner(revision, refusal.messages)
        return
    page = revision.content_object
    _forget(page, "go_live_at", revision, now)
    if page.expire_at and page.expire_at <= now:
        _expire(page.pk, now)


def _expire(pk, now):
    live = Page.objects.select_for_update().filter(live=True, expire_at__lte=now)
    if page := live.filter(pk=pk).first():
        page.specific.unpublish(
            set_expired=True, log_action="wagtail.unpublish.scheduled"
        )
        _forget(page, "expire_at", page.latest_revision, now)


def _forget(page, date, revision, now):
    """A date that has passed would stand in the way of the next save; a later one stays."""
    Page.objects.filter(pk=page.pk).update(**{date: None})
    latest = page.get_latest_revision()
    for each in {revision, latest} - {None}:
        if (
            getattr(each.as_object(), date, None)
            and getattr(each.as_object(), date) <= now
        ):
            each.content[date] = None
            each.save(update_fields=["content"])


def _tell_owner(revision, reasons):
    """Once for each refusal, not once a minute: in the page's history, and in the log."""
    page = revision.content_object
    told = PageLogEntry.objects.filter(action=REFUSED, page=page.pk, revision=revision)
    last = told.order_by("-timestamp").first()
    if last and last.data.get("reasons") == reasons:
        return
    log(instance=page, action=REFUSED, revision=revision, data={"reasons": reasons})
    logger.warning("Page %s is due but may not go live yet", page.pk)


class ScheduleRefused(LogFormatter):
    """The line in a page's history."""

    label = "Refuse to publish on schedule"

    def format_message(self, entry):
        return (
            f"Was due, but may not go live. {' '.join(entry.data.get('reasons', []))}"
        )


class RefusedPanel(Component):
    """On the dashboard of whoever may mend it: pages that were due and may not go live."""

    name = "schedule_refused"
    order = 15
    template_name = "wagtailadmin/home/schedule_refused.html"

    def get_context_data(self, parent_context):
        user = parent_context["request"].user
        overdue = Revision.page_revisions.filter(
            approved_go_live_at__lte=timezone.now()
        )
        pages = [
            (revision.as_object(), revision.approved_go_live_at)
            for revision in overdue.order_by("approved_go_live_at")
        ]
        return {
            "refused": [
                {"page": page, "due": due, "problems": problems}
                for page, due in pages
                if page.permissions_for_user(user).can_edit()
                and (problems := page.publish_problems())
            ]
        }
