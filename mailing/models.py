"""What leaves by e-mail. The row is the truth: a mail is kept before anybody tries to send it."""

import datetime
from email.utils import make_msgid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from records.fields import SealedTextField

LATE = datetime.timedelta(minutes=15)
LEASE = datetime.timedelta(minutes=5)
FIRST_WAIT, LONGEST_WAIT = datetime.timedelta(minutes=1), datetime.timedelta(days=1)
MOST_TRIES = 14  # a minute, two, four … a day: about four days in all


def new_message_id():
    return make_msgid(domain="portal.invalid")


class MailQuerySet(models.QuerySet):
    def due(self, by=None):
        """Waiting mails whose time has come, and those whose sender died over them."""
        now = by or timezone.now()
        waiting = Q(state=Mail.State.QUEUED, due_at__lte=now)
        abandoned = Q(state=Mail.State.SENDING, leased_until__lte=now)
        return self.filter(waiting | abandoned).order_by("due_at", "pk")

    def waiting(self):
        return self.filter(state__in=[Mail.State.QUEUED, Mail.State.SENDING])

    def neglected(self):
        """Those that could have been tried long ago, and nobody did."""
        return self.due(timezone.now() - LATE)

    def untaken(self):
        """Those that the mail server, and not whoever is written to, has long not taken."""
        since = timezone.now() - LATE
        if self.filter(sent_at__gt=since).exists():  # so it takes mail
            return self.none()
        of_server = [Mail.Fault.NO_ANSWER, Mail.Fault.NO_SERVICE]
        return self.filter(
            state=Mail.State.QUEUED, fault__in=of_server, queued_at__lte=since
        )

    def lease(self, by=None):
        """Take the next mail due by then for five minutes; whoever dies gives it back by that."""
        now = timezone.now()
        for pk in self.due(by).values_list("pk", flat=True)[:20]:
            # One statement, so that of two senders one alone changes the row.
            taken = (
                self.due(by)
                .filter(pk=pk)
                .order_by()
                .update(
                    state=Mail.State.SENDING,
                    leased_until=now + LEASE,
                    tries=models.F("tries") + 1,
                )
            )
            if taken:
                return self.get(pk=pk)


class Mail(models.Model):
    """
    One mail to one address: that something arrived or is to be done, never what was written.

    It keeps one Message-ID through all tries, so that a reader who gets it twice sees it
    once. What went wrong is kept as a code: servers' answers hold addresses.
    """

    class State(models.TextChoices):
        QUEUED = "queued", "Waiting"
        SENDING = "sending", "Being sent"
        SENT = "sent", "Sent"
        FAILED = "failed", "Failed"

    class Fault(models.TextChoices):
        NO_ANSWER = "no_answer", "The mail server did not answer"
        REFUSED_NOW = "refused_now", "The mail server refused it for now"
        REFUSED = "refused", "The mail server refused this address or mail"
        NO_SERVICE = "no_service", "The mail server does not take mail from us"
        UNWRITABLE = "unwritable", "It could not be written as a mail"

    purpose = models.CharField(max_length=40)
    about = models.CharField(max_length=40, blank=True, db_index=True)
    language = models.CharField(max_length=10)
    to = SealedTextField()
    subject = SealedTextField()
    body = SealedTextField()

    state = models.CharField(max_length=10, choices=State, default=State.QUEUED)
    fault = models.CharField(max_length=20, choices=Fault, blank=True)
    message_id = models.CharField(max_length=255, unique=True, default=new_message_id)
    tries = models.PositiveSmallIntegerField(default=0)
    queued_at = models.DateTimeField(auto_now_add=True)
    due_at = models.DateTimeField(default=timezone.now)
    leased_until = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)

    objects = MailQuerySet.as_manager()

    class Meta:
        ordering = ["-queued_at", "-pk"]
        indexes = [models.Index(name="mail_by_state", fields=["state", "due_at"])]
        verbose_name = "mail"
        permissions = [("address_mail", "Can see to whom a mail goes")]

    def __str__(self):
        return f"{self.purpose} {self.about}".strip()

    @property
    def state_in_words(self):
        """What became of it; a sender who died may have sent it before."""
        if self.state == self.State.SENDING and self.leased_until < timezone.now():
            return "Maybe sent; it will be tried again"
        words = self.get_state_display()
        return f"{words}: {self.get_fault_display()}" if self.fault else words


class Machine(models.Model):
    """
    The place whose mail this database holds.

    A copy of the database on another machine must not write to the people in it: there
    this does not match, and nothing is sent until somebody says that it may.
    """

    place = models.CharField(max_length=255)

    def __str__(self):
        return self.place

    @classmethod
    def may_send(cls):
        """Whether this is the place; the first that asks becomes it."""
        known, _ = cls.objects.get_or_create(
            pk=1, defaults={"place": settings.BASE_URL}
        )
        return known.place == settings.BASE_URL

    @classmethod
    def settle_here(cls):
        cls.objects.update_or_create(pk=1, defaults={"place": settings.BASE_URL})
