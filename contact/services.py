"""What happens to an expression of interest; each act is kept with the event that tells of it."""

from datetime import timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from contact.letters import acknowledge, tell_the_section
from contact.models import Interest, InterestTopic
from records.services import note_event

# What a person wrote or chose; a second sending is compared by these.
ANSWERS = (
    "wants_committee",
    "wants_other",
    "for_someone_else",
    "reachable_by",
    "message_is_safe",
    "preferred_language",
    "name",
    "organization",
    "role",
    "email",
    "phone",
    "post",
    "other_language",
    "statement",
)
# What staff say of a letter or call, besides.
OF_A_LETTER = {"received_at", "intake", "interpreter"}
SAME_SENDING = timedelta(hours=1)
MANY_LINKS = 5  # web addresses in a message, from which it is held apart


class AlreadySent(Exception):
    """The same page was sent before, with other words; `interest` is what it made."""

    def __init__(self, interest):
        super().__init__(interest.reference)
        self.interest = interest


@transaction.atomic
def receive_interest(
    nonce,
    answers,
    *,
    topics=(),
    about=None,
    suspicion="",
    tell=True,
    mailbox="",
    **facts,
):
    """
    Keep what somebody sent, once however often the same page is sent.

    `answers` are the columns named in ANSWERS; `facts` are what staff know of a letter or
    a call; `tell` is whether the person, and the Section at `mailbox`, have mail of it.
    Answers with the record and whether it is new; raises `AlreadySent` if the page made a
    record before and says something else now.
    """
    look_ups = Interest(**answers).look_ups()
    says = {**answers, **facts, "about": about}
    if tell and (same := _sent_just_now(look_ups, says, topics)):
        return same, False
    try:
        with transaction.atomic():
            interest = Interest.objects.create(
                nonce=nonce,
                **answers,
                **facts,
                **look_ups,
                about=about,
                about_label=about.title if about else "",
                suspicion=suspicion,
                held_apart_at=timezone.now() if suspicion else None,
            )
    except IntegrityError:
        # Not looked up first: nearly every page is sent once.
        interest = Interest.objects.filter(nonce=nonce).first()
        if interest is None:
            raise
        if not _says_the_same(interest, says, topics):
            raise AlreadySent(interest) from None
        return interest, False
    InterestTopic.objects.bulk_create(
        InterestTopic(interest=interest, topic=topic, label=label)
        for topic, label in topics
    )
    note_event(interest, "received", actor=facts.get("entered_by"))
    if (
        tell and not suspicion
    ):  # else whoever filled in the form could have us write to anybody
        acknowledge(interest)
        tell_the_section(interest, mailbox)
    return interest, True


def _says_the_same(interest, says, topics):
    """Whether a record holds what is sent now; its language and who entered it aside."""
    compared = [*ANSWERS, "about", *(OF_A_LETTER & set(says))]
    kept = set(interest.topics.values_list("topic", flat=True))
    return kept == {topic.pk for topic, _label in topics} and all(
        getattr(interest, name) == says[name] for name in compared
    )


def _sent_just_now(look_ups, says, topics):
    """
    The record of the last hour that says all the same.

    Whoever goes back past the form gets it as a new page, with what they wrote in it.
    """
    recent = Interest.objects.filter(
        received_at__gt=timezone.now() - SAME_SENDING, **look_ups
    )
    return next((each for each in recent if _says_the_same(each, says, topics)), None)


def suspicion_of(form):
    """Why what was sent is held apart, if it is; people and machines get the same answer."""
    if form.cleaned_data["homepage"]:
        return Interest.Suspicion.HIDDEN_FIELD
    if form.cleaned_data["statement"].count("://") >= MANY_LINKS:
        return Interest.Suspicion.MANY_LINKS
    return ""
