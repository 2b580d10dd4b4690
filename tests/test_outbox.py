"""What leaves by mail: kept first, sent when it can be, and never lost or sent twice."""

import datetime
import smtplib
import threading
from unittest import mock

import pytest
from aiosmtpd.controller import Controller
from django.contrib.auth.models import Group
from django.core import mail as sent_mail
from django.db import connection, transaction
from django.utils import timezone

from accounts.models import User
from accounts.roles import EDITOR, INTAKE
from core.clock import tick
from mailing.delivery import deliver_due
from mailing.models import MOST_TRIES, Machine, Mail
from mailing.services import queue_mail
from tests.running import free_port

SMTP = "django.core.mail.backends.smtp.EmailBackend"


@pytest.fixture(autouse=True)
def _a_server_is_set_up(settings):
    settings.EMAIL_HOST = "mail.invalid"


def queue(to="ada@example.org", subject="We have it", about="EOI-7KQ4-M9TX"):
    return queue_mail(
        "test", to=to, subject=subject, body="It came.", language="en", about=about
    )


class Sink:
    """A mail server on loopback: it keeps what it takes, and refuses what it is told to."""

    def __init__(self):
        self.taken, self.refuses, self.seen = [], {}, []

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802 - aiosmtpd's name
        self.seen.append(address)
        if address in self.refuses:
            return self.refuses[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802 - aiosmtpd's name
        self.taken.append(envelope.content.decode())
        return "250 OK"


@pytest.fixture
def sink(settings):
    sink = Sink()
    server = Controller(sink, hostname="127.0.0.1", port=0)
    server.port = free_port()
    server.start()
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
    settings.EMAIL_USE_TLS, settings.OUTBOX_BACKEND = False, SMTP
    settings.EMAIL_TIMEOUT = 2
    settings.DEFAULT_FROM_EMAIL = "portal@example.gov"
    yield sink
    server.stop()


def test_a_mail_is_kept_with_the_act_and_gone_with_it(db):
    with transaction.atomic():
        queue()
        transaction.set_rollback(True)
    assert Mail.objects.count() == 0

    queue()
    assert Mail.objects.get().state == "queued"


@pytest.mark.on_sqlite_too
def test_the_clock_sends_what_is_due_once(db, settings):
    queue()
    tick()
    tick()

    assert [each.to for each in sent_mail.outbox] == [["ada@example.org"]]
    kept = Mail.objects.get()
    assert (kept.state, kept.tries) == ("sent", 1)
    assert sent_mail.outbox[0].extra_headers["Message-ID"] == kept.message_id


def test_without_a_mail_server_everything_waits(db, settings):
    settings.EMAIL_HOST = ""
    queue()
    tick()

    assert Mail.objects.get().state == "queued"


def test_a_mail_travels_and_says_that_a_machine_wrote_it(db, sink):
    queue()
    deliver_due()

    assert "Auto-Submitted: auto-generated" in sink.taken[0]
    assert Mail.objects.get().message_id in sink.taken[0]


def test_a_mail_that_cannot_be_sent_stops_no_other(db, sink):
    sink.refuses["nobody@example.org"] = "550 no such user"
    poison = queue(subject="Two\nlines")
    refused = queue(to="nobody@example.org")
    good = queue()
    deliver_due()

    faults = {each.pk: (each.state, each.fault) for each in Mail.objects.all()}
    assert faults[poison.pk] == ("failed", "unwritable")
    assert faults[refused.pk] == ("failed", "refused")
    assert faults[good.pk] == ("sent", "")


def test_what_is_refused_for_now_is_tried_again_later_and_later(db, sink):
    sink.refuses["ada@example.org"] = "451 try again"
    queue()
    waits = []
    for _ in range(MOST_TRIES):
        before = timezone.now()
        deliver_due()
        kept = Mail.objects.get()
        waits.append(round((kept.due_at - before).total_seconds() / 60))
        Mail.objects.update(due_at=timezone.now())

    assert waits[:4] == [1, 2, 4, 8]
    assert max(waits) == 24 * 60
    assert (kept.state, kept.fault) == ("failed", "refused_now")
    assert len(set(sink.seen)) == 1


def test_a_server_that_is_not_there_breaks_nothing(db, settings):
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()
    settings.OUTBOX_BACKEND = SMTP
    queue()
    deliver_due()

    kept = Mail.objects.get()
    assert (kept.state, kept.fault) == ("queued", "no_answer")


def test_whoever_dies_while_sending_gives_the_mail_back(db):
    queue()
    with (
        mock.patch("mailing.delivery._send", side_effect=KeyboardInterrupt),
        pytest.raises(KeyboardInterrupt),
    ):
        deliver_due()
    deliver_due()
    assert Mail.objects.get().state == "sending"
    assert sent_mail.outbox == []

    Mail.objects.update(leased_until=timezone.now() - datetime.timedelta(seconds=1))
    assert "Maybe sent" in Mail.objects.get().state_in_words
    deliver_due()
    assert len(sent_mail.outbox) == 1
    assert Mail.objects.get().state == "sent"


def test_many_senders_send_each_mail_once(committed):
    for number in range(12):
        queue(to=f"person{number}@example.org")
    together = threading.Barrier(4)

    def send():
        together.wait()
        deliver_due()
        connection.close()

    senders = [threading.Thread(target=send) for _ in range(4)]
    for each in senders:
        each.start()
    for each in senders:
        each.join()

    assert sorted(each.to[0] for each in sent_mail.outbox) == sorted(
        f"person{number}@example.org" for number in range(12)
    )


def test_a_copy_of_the_database_elsewhere_writes_to_nobody(db, settings):
    Machine.may_send()
    settings.BASE_URL = "https://staging.example.gov"
    queue()
    deliver_due()
    assert sent_mail.outbox == []

    Machine.settle_here()
    deliver_due()
    assert len(sent_mail.outbox) == 1


def test_no_address_is_in_a_log_or_in_clear_in_the_database(db, sink, caplog):
    sink.refuses["ada@example.org"] = "550 ada@example.org is unknown here"
    queue()
    deliver_due()

    assert "was not sent" in caplog.text
    assert "ada@example.org" not in caplog.text
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM mailing_mail")
        assert "ada@example.org" not in str(cursor.fetchall())


def test_refusals_of_every_kind_are_told_apart(db):
    faults = {
        smtplib.SMTPServerDisconnected(): ("queued", "no_answer"),
        smtplib.SMTPDataError(552, b"too big"): ("failed", "refused"),
        smtplib.SMTPSenderRefused(451, b"later", "x"): ("queued", "no_service"),
        smtplib.SMTPAuthenticationError(535, b"who?"): ("queued", "no_service"),
        smtplib.SMTPConnectError(421, b"busy"): ("queued", "no_service"),
        smtplib.SMTPSenderRefused(550, b"no", "x"): ("queued", "no_service"),
        TimeoutError(): ("queued", "no_answer"),
        UnicodeEncodeError("ascii", "é", 0, 1, "x"): ("failed", "unwritable"),
    }
    for fault, outcome in faults.items():
        kept = queue()
        with mock.patch("mailing.delivery._send", side_effect=fault):
            deliver_due()
        kept.refresh_from_db()
        assert (kept.state, kept.fault) == outcome


@pytest.fixture
def officer(client, home):
    user = User.objects.create_user("intake@example.gov", "x")
    user.groups.add(Group.objects.get(name=INTAKE))
    client.force_login(user)
    return client


def test_staff_see_what_failed_and_have_it_sent_again(officer):
    kept = queue()
    Mail.objects.update(state="failed", fault="refused", tries=3)

    assert "Mails that could not be sent: 1" in officer.get("/admin/").text
    listed = officer.get("/admin/mails/").text
    assert "refused this address" in listed
    assert "ada@example.org" not in listed
    assert "ada@example.org" in officer.get(f"/admin/mails/inspect/{kept.pk}/").text
    officer.post(f"/admin/mails/again/{kept.pk}/")
    deliver_due()
    assert Mail.objects.get().state == "sent"


def test_staff_are_told_that_mail_waits_too_long_and_why(officer):
    queue()
    assert "has waited since" not in officer.get("/admin/").text
    long_ago = timezone.now() - datetime.timedelta(minutes=20)
    Mail.objects.update(queued_at=long_ago, fault="refused_now")
    page = officer.get("/admin/").text
    assert "a quarter of an hour: 1" in page
    assert "has waited since" in page
    assert "refused it for now. It is tried again" in page
    assert "mail does not go out" not in page

    Mail.objects.update(due_at=long_ago)
    assert "mail does not go out" in officer.get("/admin/").text


def test_staff_say_that_this_machine_may_send(officer, settings):
    Machine.may_send()
    settings.BASE_URL = "https://staging.example.gov"
    queue()

    assert "comes from another machine" in officer.get("/admin/").text
    officer.post("/admin/mails/settle/")
    assert Machine.may_send()


@pytest.mark.parametrize(
    "path", ["", "results/", "inspect/{}/", "again/{}/", "settle/"]
)
def test_whoever_edits_pages_sees_no_mail(client, home, path):
    user = User.objects.create_user("editor@example.gov", "x")
    user.groups.add(Group.objects.get(name=EDITOR))
    client.force_login(user)
    address = f"/admin/mails/{path.format(queue().pk)}"

    for response in [client.get(address), client.post(address)]:
        assert response.status_code in {302, 403, 405}
        assert "ada@example.org" not in response.text


@pytest.mark.parametrize(
    "path", ["new/", "add/", "edit/{}/", "delete/{}/", "copy/{}/", "usage/{}/"]
)
def test_no_mail_is_changed_by_hand(admin_client, home, path):
    address = f"/admin/mails/{path.format(queue().pk)}"
    assert admin_client.get(address).status_code == 404
