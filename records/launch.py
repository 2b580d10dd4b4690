"""What a person must settle about the law before the public comes."""

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from core.hooks import Gap
from records.models import InformationCollection, PrivacyNotice

GROUP = "Notices"


def notices():
    """A privacy notice and an answer about the OMB number that somebody approved."""
    if not PrivacyNotice.objects.current(settings.LANGUAGE_CODE):
        yield _gap(
            PrivacyNotice,
            "The privacy notice",
            "Have the Privacy Office approve one: authority, purpose, routine uses, and that "
            "answering is voluntary. Until then the form shows none.",
        )
    collection = InformationCollection.objects.current(settings.LANGUAGE_CODE)
    if not collection:
        yield _gap(
            InformationCollection,
            "Does the interest form need an OMB control number?",
            "Have counsel decide. If it needs none, approve a version without a number.",
        )
    elif collection.omb_expires and collection.omb_expires < timezone.localdate():
        yield _gap(
            InformationCollection,
            "The OMB control number has expired",
            "Make a new version with the number and the day that hold now.",
        )


def _gap(model, what, why):
    """Leads to the newest version, which is a draft or out of date, else to a new one."""
    english = model.objects.filter(locale__language_code=settings.LANGUAGE_CODE)
    names = model.snippet_viewset
    newest = english.first()
    address = (
        reverse(names.get_url_name("edit"), args=[newest.pk])
        if newest
        else reverse(names.get_url_name("add"))
    )
    return Gap(GROUP, what, why, address, f"records.change_{model._meta.model_name}")
