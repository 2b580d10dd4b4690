"""What a stakeholder sent us: an expression of interest."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from contact.reference import NotAReference, new_reference, read_reference
from core.languages import public_languages
from core.models import Topic
from records.fields import SealedTextField
from records.hashes import exact_hash, exact_hashes, name_tags, tags_of_word
from records.models import InformationCollection, PrivacyNotice
from records.normalise import name_words, tidy

MOST_A_DAY = 500  # records that are held apart as likely spam
MOST_CHARACTERS = 2000  # of a statement, as people count them


class InterestQuerySet(models.QuerySet):
    def at_work(self):
        """What staff handle; what is held apart as likely spam is not."""
        return self.filter(held_apart_at=None)

    def held_apart(self):
        return self.exclude(held_apart_at=None)

    def is_full(self):
        """Whether as many came within a day as staff can look through."""
        a_day_ago = timezone.now() - timedelta(days=1)
        return self.filter(received_at__gt=a_day_ago).count() >= MOST_A_DAY

    def found_by(self, text):
        """
        Those with a reference, an e-mail address, a phone number, or a word of a name.

        Words of names are looked up by tags that others share, so what they find is
        opened and looked at again.
        """
        text = tidy(text)
        try:
            return self.filter(reference=read_reference(text))
        except NotAReference:
            pass
        by_hash = self.filter(
            Q(email_hash__in=exact_hashes(text, "email"))
            | Q(phone_hash__in=exact_hashes(text, "phone"))
        )
        if by_hash.exists():
            return by_hash
        words = name_words(text)
        found = self if words else self.none()
        for word in words:
            tagged = Q()
            for tag in tags_of_word(word):
                tagged |= Q(name_tags__contains=f" {tag} ")
            found = found.filter(tagged)
        return self.filter(
            pk__in=[
                each.pk
                for each in found.select_related(None)
                .only("name", "organization")
                .iterator()
                if set(words) <= set(name_words(f"{each.name} {each.organization}"))
            ]
        )


class Interest(models.Model):
    """
    An expression of interest in the Committee, or in working with us in another way.

    What is personal is sealed; what is clear says nothing of who wrote. Its `__str__` is
    its reference, since logs keep that for ever.
    """

    class State(models.TextChoices):
        RECEIVED = "received", "Received"
        IN_REVIEW = "in_review", "In review"
        AWAITING_REPLY = "awaiting_reply", "Awaiting reply"
        DECIDED = "decided", "Decided"
        CLOSED = "closed", "Closed"

    # Where a record may go from where it is; a way back is a reopening, and needs a reason.
    MOVES = {
        State.RECEIVED: [State.IN_REVIEW],
        State.IN_REVIEW: [State.AWAITING_REPLY, State.DECIDED],
        State.AWAITING_REPLY: [State.IN_REVIEW, State.DECIDED],
        State.DECIDED: [State.CLOSED, State.IN_REVIEW],
        State.CLOSED: [State.IN_REVIEW],
    }
    NEEDS_A_REASON = {
        (State.DECIDED, State.IN_REVIEW),
        (State.CLOSED, State.IN_REVIEW),
    }

    class Outcome(models.TextChoices):
        INVITED = "invited", "Invited to the Committee"
        LISTED = "listed", "On the list of stakeholders"
        ENGAGED = "engaged", "Meeting, talk or exchange"
        DECLINED = "declined", "Declined"
        REFERRED = "referred", "Sent on to where it belongs"
        WITHDRAWN = "withdrawn", "Withdrawn by the person"
        NO_REPLY = "no_reply", "No reply"

    class Way(models.TextChoices):
        EMAIL = "email", _("E-mail")
        PHONE = "phone", _("Phone")
        POST = "post", _("Post")

    class Intake(models.TextChoices):
        WEB = "web", "This website"
        LETTER = "letter", "Letter"
        CALL = "call", "Phone call"
        EMAIL = "email", "E-mail"
        IN_PERSON = "in_person", "In person"

    class Suspicion(models.TextChoices):
        HIDDEN_FIELD = "hidden_field", "Filled in a field that people do not see"
        MANY_LINKS = "many_links", "Many web addresses in the message"

    reference = models.CharField(max_length=13, unique=True, default=new_reference)
    nonce = models.UUIDField(unique=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    state = models.CharField(max_length=20, choices=State, default=State.RECEIVED)
    outcome = models.CharField(max_length=20, choices=Outcome, blank=True)
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        related_name="+",
        on_delete=models.PROTECT,
    )
    held_apart_at = models.DateTimeField(null=True, blank=True, editable=False)
    suspicion = models.CharField(max_length=20, choices=Suspicion, blank=True)

    wants_committee = models.BooleanField(default=False)
    wants_other = models.BooleanField(default=False)
    for_someone_else = models.BooleanField(default=False)
    reachable_by = models.CharField(max_length=10, choices=Way)
    message_is_safe = models.BooleanField(null=True, blank=True)
    preferred_language = models.CharField(max_length=10)
    written_in = models.CharField(max_length=10)
    about = models.ForeignKey(
        Page, null=True, blank=True, related_name="+", on_delete=models.SET_NULL
    )
    about_label = models.CharField(max_length=255, blank=True)

    intake = models.CharField(max_length=20, choices=Intake, default=Intake.WEB)
    interpreter = models.BooleanField(default=False)
    received_at = models.DateTimeField(default=timezone.now)
    entered_at = models.DateTimeField(auto_now_add=True)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        related_name="+",
        on_delete=models.PROTECT,
    )
    notice = models.ForeignKey(
        PrivacyNotice,
        null=True,
        blank=True,
        related_name="+",
        on_delete=models.PROTECT,
        help_text="The version that was shown to the person.",
    )
    collection = models.ForeignKey(
        InformationCollection,
        null=True,
        blank=True,
        related_name="+",
        on_delete=models.PROTECT,
    )

    name = SealedTextField()
    organization = SealedTextField(blank=True)
    role = SealedTextField(blank=True)
    email = SealedTextField(blank=True)
    phone = SealedTextField(blank=True)
    post = SealedTextField(blank=True)
    other_language = SealedTextField(blank=True)
    statement = SealedTextField(blank=True)

    email_hash = models.CharField(max_length=80, blank=True, db_index=True)
    phone_hash = models.CharField(max_length=80, blank=True, db_index=True)
    name_tags = models.TextField(blank=True)

    objects = InterestQuerySet.as_manager()

    class Meta:
        ordering = ["-received_at", "-pk"]
        verbose_name = "interest"
        permissions = [("export_interest", "Can take interests out of the portal")]
        indexes = [
            models.Index(name="interest_by_state", fields=["state", "-received_at"])
        ]
        constraints = [
            models.CheckConstraint(
                name="interest_wants_something",
                condition=Q(wants_committee=True) | Q(wants_other=True),
            ),
            models.CheckConstraint(
                name="decided_interest_has_an_outcome",
                condition=~Q(state="decided") | ~Q(outcome=""),
            ),
        ]

    def __str__(self):
        return self.reference

    def look_ups(self):
        """The keyed hashes by which it is found, by the newest key."""
        return {
            "email_hash": exact_hash(self.email, "email"),
            "phone_hash": exact_hash(self.phone, "phone"),
            "name_tags": name_tags(f"{self.name} {self.organization}"),
        }

    @property
    def language_in_words(self):
        """The language they prefer, as staff call it."""
        return dict(settings.LANGUAGES).get(self.preferred_language, "Another language")

    @property
    def acknowledged_by_mail(self):
        """Others may read a mailbox: nothing goes there unless the person chose e-mail."""
        return bool(self.email) and self.reachable_by == self.Way.EMAIL

    @property
    def language_of_letters(self):
        """The one they prefer, if the portal speaks it, or else the one they wrote in."""
        preferred = self.preferred_language
        return preferred if preferred in public_languages() else self.written_in

    @property
    def moves(self):
        """Where it may go from here: state and its name."""
        return [(state, state.label) for state in self.MOVES[self.state]]

    @property
    def wants(self):
        """What the person would like, in words."""
        return [
            label
            for wanted, label in [
                (self.wants_committee, WANTS["committee"]),
                (self.wants_other, WANTS["other"]),
            ]
            if wanted
        ]


WANTS = {
    "committee": _("Take part in the NGO Committee"),
    "other": _("Work with us in another way"),
}


class InterestTopic(models.Model):
    """A topic the person named, with its label as it was that day."""

    interest = models.ForeignKey(
        Interest, related_name="topics", on_delete=models.CASCADE
    )
    topic = models.ForeignKey(
        Topic, null=True, related_name="+", on_delete=models.SET_NULL
    )
    label = models.CharField(max_length=120)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="interest_names_a_topic_once", fields=["interest", "topic"]
            )
        ]

    def __str__(self):
        return self.label
