"""What must hold of every column about a person, in every app that keeps records."""

import re
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db import models
from wagtail.models import Page

from records.fields import SealedTextField

DATA_MAP = Path(settings.BASE_DIR, "docs", "privacy.md").read_text()
KEYED = re.compile(r"_hash$|_tags$")
# Text that says nothing of a person: choices, references, words of staff and of pages.
CLEAR = {
    "contact.FeedbackReason.text",
    "contact.Interest.about_label",
    "contact.Interest.intake",
    "contact.Interest.outcome",
    "contact.Interest.preferred_language",
    "contact.Interest.reachable_by",
    "contact.Interest.reference",
    "contact.Interest.state",
    "contact.Interest.suspicion",
    "contact.Interest.written_in",
    "contact.InterestTopic.label",
    "mailing.Machine.place",
    "mailing.Mail.about",
    "mailing.Mail.fault",
    "mailing.Mail.language",
    "mailing.Mail.message_id",
    "mailing.Mail.purpose",
    "mailing.Mail.state",
    "records.Event.act",
    "records.Event.facts",
    "records.Event.kind",
    "records.Event.reference",
    "records.InformationCollection.approved_by",
    "records.InformationCollection.omb_number",
    "records.InformationCollection.state",
    "records.InformationCollection.title",
    "records.PrivacyNotice.approved_by",
    "records.PrivacyNotice.state",
    "records.PrivacyNotice.text",
}


def columns():
    """(name, field) of every text column of the apps that keep records; pages are public."""
    for app in ["contact", "committee", "mailing", "records"]:
        for model in apps.get_app_config(app).get_models():
            if issubclass(model, Page):
                continue
            for field in model._meta.local_concrete_fields:
                if isinstance(
                    field, models.CharField | models.TextField | models.JSONField
                ):
                    yield f"{model._meta.label}.{field.name}", field


def is_personal(name, field):
    return isinstance(field, SealedTextField) or bool(KEYED.search(name))


def test_every_clear_text_column_is_one_that_says_nothing_of_a_person():
    clear = {name for name, field in columns() if not is_personal(name, field)}

    assert clear == CLEAR


def test_the_data_map_lists_every_personal_column_and_no_other():
    personal = {name for name, field in columns() if is_personal(name, field)}
    rows = [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in DATA_MAP.splitlines()
        if line.startswith("| `")
    ]

    assert {row[0].strip("`") for row in rows} == personal
    assert all(len(row) == 4 and all(row) for row in rows)


def test_no_record_is_named_by_a_person():
    """Wagtail's log, and every other, keeps `str(object)` in clear."""
    for label in ["contact.Interest", "mailing.Mail", "records.Event"]:
        model = apps.get_model(label)
        sealed = [
            field.name
            for field in model._meta.concrete_fields
            if isinstance(field, SealedTextField)
        ]
        record = model(**dict.fromkeys(sealed, "Ada Lovelace"))
        assert "Lovelace" not in f"{record} {record!r}", label
