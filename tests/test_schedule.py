"""Pages that appear and expire at a time."""

import datetime

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from wagtail import hooks
from wagtail.models import Page, PageLogEntry, Revision

from core.hooks import PUBLISH_CHECK
from core.models import ClockJob
from tests import factories
from tests.going_live import BULK, REASON, form, live, refusing_some, soon

HOUR = datetime.timedelta(hours=1)


def scheduled(home, title="A plan", live=False, **fields):
    """A page with a version that staff have scheduled for tomorrow."""
    page = factories.GlossaryPageFactory(
        parent=factories.StandardPageFactory(parent=home), title=title, live=live
    )
    page.go_live_at = timezone.now() + 24 * HOUR
    for name, value in fields.items():
        setattr(page, name, value)
    page.save_revision().publish()
    return page


@pytest.fixture
def tomorrow(monkeypatch):
    """Let the time pass until after what is scheduled is due."""
    now = timezone.now

    def passes(hours=25):
        monkeypatch.setattr("django.utils.timezone.now", lambda: now() + hours * HOUR)

    return passes


def refresh(page):
    return Page.objects.get(pk=page.pk)


def test_a_scheduled_page_appears_when_its_time_has_come_and_not_before(
    client, home, tomorrow
):
    page = scheduled(home)
    call_command("tick")
    assert not live(page)

    tomorrow()
    call_command("tick")
    assert live(page)
    assert client.get(page.get_url()).status_code == 200


def test_staff_schedule_a_page_in_eastern_time(admin_client, home, tomorrow):
    page = factories.GlossaryPageFactory(parent=home, live=False)
    page.save_revision()
    shown = admin_client.get(f"/admin/pages/{page.pk}/edit/")
    assert "All times are Eastern time." in shown.text

    sent = form(page, go_live_at="2099-07-04 09:00") | {"action-publish": "1"}
    admin_client.post(f"/admin/pages/{page.pk}/edit/", sent)
    due = Revision.objects.get(approved_go_live_at__isnull=False).approved_go_live_at
    assert due == datetime.datetime(2099, 7, 4, 13, tzinfo=datetime.UTC)


def test_a_page_expires_when_its_time_has_come(client, home, tomorrow):
    page = factories.StandardPageFactory(parent=home, expire_at=timezone.now() + HOUR)
    call_command("tick")
    assert live(page)

    tomorrow()
    call_command("tick")
    assert (refresh(page).live, refresh(page).expired) == (False, True)


def test_expiry_carries_to_every_language(home, spanish, tomorrow):
    page = factories.StandardPageFactory(parent=home)
    translation = page.copy_for_translation(spanish)
    translation.save_revision().publish()
    Page.objects.filter(pk=page.pk).update(expire_at=timezone.now() + HOUR)
    tomorrow()
    call_command("tick")

    gone = refresh(translation)
    assert (gone.live, gone.expired, gone.expire_at) == (False, True, None)


def test_a_page_whose_time_has_wholly_passed_never_stays(home, tomorrow):
    """The clock stood still meanwhile."""
    page = scheduled(home, expire_at=timezone.now() + 25 * HOUR)
    tomorrow(hours=26)
    call_command("tick")

    assert (refresh(page).live, refresh(page).expired) == (False, True)


@pytest.mark.parametrize("date", ["go_live_at", "expire_at"])
def test_dates_that_have_passed_do_not_stand_in_the_way(
    admin_client, home, tomorrow, date
):
    page = scheduled(home, expire_at=timezone.now() + 25 * HOUR)
    tomorrow(hours=26)
    call_command("tick")

    latest = refresh(page).get_latest_revision_as_object()
    assert getattr(refresh(page), date) is None
    assert getattr(latest, date) is None
    response = admin_client.post(
        f"/admin/pages/{page.pk}/edit/", form(page) | {"action-publish": "1"}
    )
    assert response.status_code == 302
    assert live(page)


def test_a_refused_page_stops_no_other_and_keeps_its_schedule(home, tomorrow):
    pages = [scheduled(home, title) for title in ["One", "Two", "Three"]]
    Revision.objects.filter(object_id=pages[1].pk).update(
        content=pages[1].get_latest_revision().content | {"title": "Two, refused"}
    )
    tomorrow()
    with refusing_some():
        call_command("tick")

    assert [live(page) for page in pages] == [True, False, True]
    assert refresh(pages[1]).scheduled_revision is not None


@pytest.fixture
def late(home, tomorrow):
    """A page that was due and is refused, for as long as the test says."""
    page = scheduled(home)
    tomorrow()
    with hooks.register_temporarily(PUBLISH_CHECK, lambda page: [REASON]):
        for _ in range(3):
            call_command("tick")
        yield page


def test_whoever_may_mend_it_is_told_once_in_its_history(admin_client, late):
    shown = admin_client.get(f"/admin/pages/{late.pk}/history/")

    assert f"Was due, but may not go live. {REASON}" in shown.text
    assert PageLogEntry.objects.filter(action="portal.schedule_refused").count() == 1


def test_whoever_may_mend_it_is_told_on_the_dashboard(admin_client, late):
    shown = admin_client.get("/admin/").text

    assert "Due, but not public" in shown
    assert f"/admin/pages/{late.pk}/edit/" in shown
    assert REASON in shown


def test_a_new_reason_is_told_anew(late):
    with hooks.register_temporarily(PUBLISH_CHECK, lambda page: ["Another reason."]):
        call_command("tick")

    assert PageLogEntry.objects.filter(action="portal.schedule_refused").count() == 2


def test_a_page_appears_by_itself_when_nothing_stands_against_it_any_more(
    admin_client, home, tomorrow
):
    page = scheduled(home)
    tomorrow()
    with hooks.register_temporarily(PUBLISH_CHECK, lambda page: [REASON]):
        call_command("tick")
    call_command("tick")

    assert live(page)
    assert "Due, but not public" not in admin_client.get("/admin/").text


def test_a_page_that_breaks_stops_no_other_and_the_job_counts_as_failed(home, tomorrow):
    def check(page):
        return 1 / 0 if page.title == "Broken" else []

    pages = [scheduled(home, "Broken"), scheduled(home, "Whole")]
    tomorrow()
    with (
        hooks.register_temporarily(PUBLISH_CHECK, check),
        pytest.raises(CommandError, match="publish_what_is_due"),
    ):
        call_command("tick")

    assert [live(page) for page in pages] == [False, True]
    assert ClockJob.objects.get(name="publish_what_is_due").failed


def test_ticking_twice_publishes_once(home, tomorrow):
    page = scheduled(home)
    tomorrow()
    call_command("tick")
    call_command("tick")

    log = PageLogEntry.objects.filter(page=page.pk)
    assert log.filter(action="wagtail.publish.scheduled").count() == 1


# A correction while another version waits for its time


@pytest.fixture
def waiting(home):
    """A live page with a version for tomorrow."""
    return scheduled(home, live=True, summary="As of tomorrow.")


def test_the_editor_is_locked_while_a_version_waits_and_says_until_when(
    admin_client, waiting
):
    address = f"/admin/pages/{waiting.pk}/edit/"
    shown = admin_client.get(address)
    assert "has been scheduled to go live at" in shown.text
    assert "Cancel scheduled publish" in shown.text

    admin_client.post(address, form(waiting, summary="Now.") | {"action-publish": "1"})
    assert refresh(waiting).scheduled_revision is not None
    assert refresh(waiting).specific.summary != "Now."


def test_no_other_way_to_publish_cancels_the_version_that_waits(admin_client, waiting):
    waiting.go_live_at = None
    waiting.summary = "A correction."
    waiting.save_revision()
    response = admin_client.post(f"{BULK}?id={waiting.pk}&next=/admin/", follow=True)

    assert "Cancel that schedule first." in response.text
    assert refresh(waiting).scheduled_revision is not None
    assert refresh(waiting).specific.summary != "A correction."


def test_once_its_schedule_is_cancelled_the_page_can_be_corrected(
    admin_client, waiting
):
    version = refresh(waiting).scheduled_revision
    admin_client.post(f"/admin/pages/{waiting.pk}/revisions/{version.pk}/unschedule/")
    admin_client.post(
        f"/admin/pages/{waiting.pk}/edit/",
        form(waiting, summary="Now.") | {"action-publish": "1"},
    )

    assert refresh(waiting).specific.summary == "Now."


def test_scheduling_a_page_makes_nothing_public(admin_client, home):
    page = factories.GlossaryPageFactory(parent=home, slug="words", live=False)
    page.save_revision()
    sent = form(page, go_live_at=soon(days=1)) | {"action-publish": "1"}
    admin_client.post(f"/admin/pages/{page.pk}/edit/", sent)

    assert refresh(page).status_string == "scheduled"
    assert admin_client.get("/words/").status_code == 404
