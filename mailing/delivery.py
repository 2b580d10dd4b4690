"""Sending what is due, one by one, so that a mail that cannot be sent stops no other."""

import logging
import smtplib
import threading
import time

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import connection
from django.utils import timezone

from mailing.models import FIRST_WAIT, LONGEST_WAIT, MOST_TRIES, Machine, Mail

logger = logging.getLogger(__name__)

LONGEST_RUN = 30  # seconds, and what the mail then under way takes

_bell = threading.Lock()


def ring():
    """
    Send what is due, beside the request that made it due.

    A person waits for no mail server. If the process ends meanwhile nothing is lost: the
    row is there, and the clock comes by every minute.
    """
    if _bell.acquire(blocking=False):
        threading.Thread(target=_deliver_beside, daemon=True).start()


def _deliver_beside():
    try:
        deliver_due()
    except (
        Exception
    ) as fault:  # the clock will try again, and say so where staff see it
        logger.error("Mail could not be looked through: %s", type(fault).__name__)
    finally:
        _bell.release()
        connection.close()


def deliver_due():
    """
    Send all that is due; the clock calls this every minute.

    A server that does not answer, or takes nothing from us, is left alone until the next
    minute: the clock has other things to do than to wait for it once a mail.
    """
    if not (settings.EMAIL_HOST and Machine.may_send()):
        return
    started, ends = timezone.now(), time.monotonic() + LONGEST_RUN
    while time.monotonic() < ends and (mail := Mail.objects.lease(by=started)):
        if not _deliver(mail):
            return


def _deliver(mail):
    """Whether there is a server that speaks with us, whatever it says of this mail."""
    try:
        _send(mail)
    except smtplib.SMTPRecipientsRefused as refusal:
        codes = [code for code, _ in refusal.recipients.values()]
        _refused(mail, min(codes, default=550))
    except smtplib.SMTPDataError as refusal:
        _refused(mail, refusal.smtp_code)
    except smtplib.SMTPResponseException:  # of us: password, banner, sender
        _wait(mail, Mail.Fault.NO_SERVICE)
        return False
    except (OSError, smtplib.SMTPException):
        _wait(mail, Mail.Fault.NO_ANSWER)
        return False
    except (ValueError, UnicodeError):  # a line break in a subject, half a sign
        _give_up(mail, Mail.Fault.UNWRITABLE)
    else:
        _finish(mail, state=Mail.State.SENT, fault="", sent_at=timezone.now())
    return True


def _send(mail):
    message = EmailMessage(
        subject=mail.subject,
        body=mail.body,
        to=[mail.to],
        headers={
            "Message-ID": mail.message_id,
            "Auto-Submitted": "auto-generated",
            "Content-Language": mail.language,
        },
        connection=get_connection(settings.OUTBOX_BACKEND),
    )
    message.send()


def _refused(mail, code):
    if code >= 500:
        _give_up(mail, Mail.Fault.REFUSED)
    else:
        _wait(mail, Mail.Fault.REFUSED_NOW)


def _wait(mail, fault):
    if mail.tries >= MOST_TRIES:
        _give_up(mail, fault)
        return
    pause = min(FIRST_WAIT * 2 ** (mail.tries - 1), LONGEST_WAIT)
    _finish(mail, state=Mail.State.QUEUED, fault=fault, due_at=timezone.now() + pause)


def _give_up(mail, fault):
    logger.error("The mail %s was not sent: %s", mail, fault)
    _finish(mail, state=Mail.State.FAILED, fault=fault)


def _finish(mail, **what):
    """Only who still holds the lease may say what became of the mail."""
    held = Mail.objects.filter(pk=mail.pk, tries=mail.tries, state=Mail.State.SENDING)
    held.update(leased_until=None, **what)
