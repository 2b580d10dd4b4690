"""The panel “Before launch”: what a person must settle, until it is settled."""

import datetime

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.db import connection, models
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from accounts.roles import EDITOR
from core.addresses import translation_key
from core.models import ClockJob, LanguageSwitch, PortalSettings, SiteAlert
from records.models import InformationCollection, PrivacyNotice
from tests import factories
from trainings.models import VideoVersion


@pytest.fixture
def checked(home):
    """A home page whose facts have been checked today."""
    home.information_as_of = timezone.localdate()
    home.save()
    return home


@pytest.fixture
def settled(checked, english):
    """A portal of which nothing is left to settle."""
    numbers = PortalSettings.load()
    for field in numbers._meta.fields:
        if field.name == "email":
            numbers.email = "section@example.gov"
        elif field.name == "security_expires":
            numbers.security_expires = timezone.localdate() + datetime.timedelta(
                days=90
            )
        elif isinstance(field, models.CharField | models.TextField):
            setattr(numbers, field.name, "https://www.dhs.gov/")
    numbers.phone = "1-866-644-8360"
    numbers.save()
    SiteAlert.objects.create(heading="We are open", locale=english)
    approved = {
        "state": "approved",
        "approved_by": "Privacy Office",
        "approved_on": timezone.localdate(),
    }
    PrivacyNotice.objects.create(text="<p>What we are told.</p>", **approved)
    InformationCollection.objects.create(title="Interest form", **approved)
    return numbers


def panel(client):
    """Group to lines of the panel; nothing, when it is not there."""
    page = BeautifulSoup(client.get("/admin/").content, "html.parser")
    return {
        group.summary.find(string=True).strip(): {
            line.a.text: (line.a["href"], line.span.text)
            for line in group.find_all("li")
        }
        for group in page.select(".portal-gaps")
    }


def test_a_settled_portal_shows_no_panel(settled, admin_client):
    assert panel(admin_client) == {}
    assert "Before launch" not in admin_client.get("/admin/").text


@pytest.mark.parametrize(
    "field", ["email", "phone", "leave_url", "foia_url", "security_contact"]
)
def test_an_empty_number_is_named_and_its_link_leads_to_the_field(
    settled, admin_client, field
):
    setattr(settled, field, "")
    settled.save()
    ((address, _why),) = panel(admin_client)["Numbers and addresses"].values()
    page, anchor = address.split("#")

    form = BeautifulSoup(admin_client.get(page).content, "html.parser")
    assert form.find(id=anchor)["name"] == field


def test_until_a_neutral_site_is_chosen_the_panel_names_the_one_in_use(
    settled, admin_client
):
    settled.leave_url = ""
    settled.save()
    ((_address, why),) = panel(admin_client)["Numbers and addresses"].values()

    assert "weather.gov" in why


def test_somebody_must_say_whether_the_office_is_working(settled, admin_client):
    SiteAlert.objects.all().delete()

    assert (
        "Is this office working, and who answers?" in panel(admin_client)["Site alerts"]
    )


def test_a_page_never_published_is_named(settled, admin_client, home):
    page = factories.StandardPageFactory(
        parent=home, title="Privacy", live=False, information_as_of=None
    )
    lines = panel(admin_client)["Pages that nobody can read yet"]

    assert lines["Privacy"][0] == f"/admin/pages/{page.pk}/edit/"


def test_a_translation_that_nobody_approved_is_named_apart(settled, admin_client, home):
    locale = factories.language("es", home)
    page = factories.StandardPageFactory(
        parent=home, information_as_of=timezone.localdate()
    )
    copy = page.copy_for_translation(locale, copy_parents=True)
    copy.title = "Privacidad"
    copy.save()

    assert "Privacidad" in panel(admin_client)["Spanish pages that nobody can read yet"]


def test_a_translation_behind_its_switch_is_named_until_a_person_publishes_it(
    settled, admin_client, administrator, home
):
    locale = factories.language("es", home)
    group = "Spanish pages that nobody has approved"
    assert group not in panel(admin_client)  # visitors read it: the switch was the gate

    LanguageSwitch.objects.update(public=False)
    page = home.get_translation(locale)
    assert panel(admin_client)[group][page.title][0] == f"/admin/pages/{page.pk}/edit/"

    page.save_revision(user=administrator).publish()
    assert group not in panel(admin_client)


@pytest.mark.parametrize(
    ("name", "asked"),
    [
        ("privacy", "What the logs of the servers keep, and how long"),
        ("accessibility", "The Section 508 contact"),
    ],
)
def test_a_statement_is_named_until_a_person_publishes_it(
    settled, admin_client, administrator, home, name, asked
):
    page = factories.StandardPageFactory(
        parent=home,
        translation_key=translation_key(f"pages/{name}"),
        information_as_of=timezone.localdate(),
    )
    lines = panel(admin_client)["Statements that nobody has approved"]
    assert len(lines) == 2
    assert lines[asked][0] == f"/admin/pages/{page.pk}/edit/"

    page.save_revision(user=administrator).publish()
    assert panel(admin_client) == {}


def test_a_language_that_is_switched_off_is_named(settled, admin_client, home):
    factories.language("es", home)
    LanguageSwitch.objects.update(public=False)

    assert "Spanish" in panel(admin_client)["Languages"]


def test_a_version_of_a_video_without_address_is_named(settled, admin_client, home):
    index = factories.TrainingIndexPageFactory(parent=home)
    video = factories.VideoPageFactory(parent=index, title="Your rights")
    VideoVersion.objects.filter(page=video).exclude(cut="short").update(
        url="https://www.example.gov/film"
    )

    assert [*panel(admin_client)["Videos"]] == ["Your rights: English, short version"]


def test_a_version_of_a_video_in_no_known_language_is_named(
    settled, admin_client, home
):
    index = factories.TrainingIndexPageFactory(parent=home)
    video = factories.VideoPageFactory(parent=index, title="Your rights")
    VideoVersion.objects.filter(page=video).update(url="https://www.example.gov/film")
    VideoVersion.objects.filter(page=video, language="es").update(language="")

    assert [*panel(admin_client)["Videos"]] == ["Your rights: its language"]


@pytest.mark.parametrize(
    ("day", "named"),
    [
        (None, True),
        (datetime.timedelta(days=366), True),
        (datetime.timedelta(days=300), False),
    ],
)
def test_facts_without_a_day_or_older_than_a_year_are_named(
    settled, admin_client, home, day, named
):
    home.information_as_of = day and timezone.localdate() - day
    home.save()

    assert ("Facts to check" in panel(admin_client)) is named


def test_editors_are_asked_only_what_they_can_settle(home, client):
    user = User.objects.create_user("editor@example.gov", "x")
    user.groups.add(Group.objects.get(name=EDITOR))
    client.force_login(user)

    assert [*panel(client)] == ["Facts to check"]


def test_every_line_leads_somewhere(home, admin_client):
    factories.language("es", home)
    LanguageSwitch.objects.update(public=False)
    factories.VideoPageFactory(parent=factories.TrainingIndexPageFactory(parent=home))
    factories.StandardPageFactory(parent=home, live=False)
    lines = [line for group in panel(admin_client).values() for line in group.values()]

    assert len(lines) > 15
    for address, _why in lines:
        assert admin_client.get(address).status_code == 200


def test_the_panel_costs_the_same_with_many_pages(home, admin_client):
    def count():
        with CaptureQueriesContext(connection) as queries:
            admin_client.get("/admin/")
        return len(queries)

    index = factories.TrainingIndexPageFactory(parent=home)
    factories.VideoPageFactory(parent=index)
    factories.StandardPageFactory(parent=home, live=False)
    count()  # fills what is looked up once in a process
    with_few = count()
    for _ in range(5):
        factories.VideoPageFactory(parent=index)
        factories.StandardPageFactory(parent=home, live=False)

    assert count() == with_few


@pytest.mark.parametrize(("minutes", "warned"), [(None, True), (11, True), (2, False)])
def test_a_clock_that_stands_still_is_told_with_what_to_do(
    home, admin_client, minutes, warned
):
    if minutes:
        ran_at = timezone.now() - datetime.timedelta(minutes=minutes)
        ClockJob.objects.create(name="publish", ran_at=ran_at)
    page = admin_client.get("/admin/").text

    assert ("The clock stands still" in page) is warned
    assert ("manage.py tick" in page) is warned


def test_a_job_of_the_clock_that_failed_is_named(home, admin_client):
    ClockJob.objects.create(
        name="publish what is due", ran_at=timezone.now(), failed=True
    )

    assert "publish what is due" in admin_client.get("/admin/").text


def test_a_job_of_the_clock_that_another_holds_up_is_named(home, admin_client):
    call_command("tick")
    assert "portal-warning" not in admin_client.get("/admin/").text

    ran_at = timezone.now() - datetime.timedelta(minutes=11)
    ClockJob.objects.filter(name="deliver_due").update(ran_at=ran_at)
    page = admin_client.get("/admin/").text
    assert "The clock is held up" in page
    assert "deliver_due" in page
