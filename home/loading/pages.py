"""Loads the pages: first as drafts, so that they can refer to each other; then live."""

from urllib.parse import urlsplit
from uuid import uuid5

from django.apps import apps
from django.conf import settings
from django.core.exceptions import ValidationError
from wagtail.fields import StreamField
from wagtail.models import Locale, Page, Site

from core import models as core
from core.addresses import translation_key
from home.models import HomePage
from programs.models import BodySeat
from trainings.models import CourseFormat, Presentation, VideoVersion

from . import files
from .record import Outcome
from .streams import Streams
from .words import word

# What the file says of the page as a whole, rather than of one of its fields.
ABOUT_THE_FILE = {"type", "covers", "order", "in_menu", "short_title"}

# Relations: the row's model, and how the file names the word that each row refers to.
ROWS = {
    "organizations": (core.PageOrganization, {"organization": "organizations"}),
    "authorities": (core.PageAuthority, {"authority": "authorities"}),
    "populations": (core.PagePopulation, {"population": "populations"}),
    "topics": (core.PageTopic, {"topic": "topics"}),
    "audiences": (core.PageAudience, {"audience": "audiences"}),
    "seats": (BodySeat, {"organization": "organizations"}),
    "presentations": (Presentation, {"organization": "organizations"}),
    "formats": (CourseFormat, {}),
    "versions": (VideoVersion, {}),
}


def edited_by_a_person(page):
    """Whether somebody has saved a revision of this page; the loader's have no user."""
    return page.revisions.filter(user__isnull=False).exists()


def existing(entry):
    """The English page that the content files call by this address."""
    return Page.objects.filter(
        translation_key=translation_key(entry.path), locale=Locale.get_default()
    ).first()


def load(loaded):
    """Make or refresh every page."""
    entries = files.pages()
    todo = []
    for entry in entries:
        page = existing(entry)
        outcome = loaded.outcome(entry, page, edited_by_a_person)
        if outcome is Outcome.MAKE:
            _draft(entry)
        if outcome in {Outcome.MAKE, Outcome.REFRESH}:
            todo.append(entry)
        loaded.keep(entry, outcome)

    page_ids = {
        entry.path.removeprefix("pages/"): page.pk
        for entry in entries
        if (page := existing(entry))
    }
    streams = Streams(page_ids)
    for entry in todo:
        try:
            _fill(existing(entry).specific, entry, streams)
        except ValidationError as fault:
            raise files.ContentError(f"en/{entry.path}.yaml", fault) from fault


def _address(entry):
    return entry.path.removeprefix("pages/")


def _draft(entry):
    """An empty page in its place, not live, for others to refer to."""
    address = _address(entry)
    try:
        model = apps.get_model(entry.says["type"])
    except (KeyError, LookupError, ValueError):
        raise files.ContentError(
            f"en/{entry.path}.yaml", "names no page type"
        ) from None
    page = model(
        title=_title(entry),
        slug=address.rpartition("/")[2],
        summary=entry.says.get("summary", ""),
        live=False,
        locale=Locale.get_default(),
        translation_key=translation_key(entry.path),
    )
    if model is HomePage:
        _place_home(page)
    else:
        above = address.rpartition("/")[0] or "home"
        parent = existing(files.Entry(f"pages/{above}", {}))
        if parent is None:
            raise files.ContentError(
                f"en/{entry.path}.yaml", f"there is no page {above}"
            )
        parent.add_child(instance=page)


def _place_home(page):
    """At the root, as the site's root page; Wagtail's welcome page makes way."""
    root = Page.objects.get(depth=1)
    welcome = root.get_children().filter(
        content_type__model="page", content_type__app_label="wagtailcore"
    )
    for each in welcome:
        each.delete()  # and with it the site that shows it
    root.add_child(instance=page)
    Site.objects.update_or_create(
        is_default_site=True,
        defaults={"root_page": page, **_where_the_portal_answers()},
    )


def _where_the_portal_answers():
    """Host and port of BASE_URL, for addresses that are made without a request."""
    base = urlsplit(settings.BASE_URL)
    port = base.port or (443 if base.scheme == "https" else 80)
    return {"hostname": base.hostname, "port": port}


def _title(entry):
    return entry.says.get("short_title") or entry.says["title"]


def _fill(page, entry, streams):
    """Everything the file says, as a revision without an author, and live."""
    says = {k: v for k, v in entry.says.items() if k not in ABOUT_THE_FILE}
    page.show_in_menus = bool(entry.says.get("in_menu"))
    page.title = _title(entry)
    heading = says.pop("heading", "") or says.pop("title")
    says.pop("title", None)
    page.heading = "" if heading == page.title else heading
    for name, value in says.items():
        if name in ROWS:
            _set_rows(page, name, value)
        else:
            _set_field(page, name, value, streams)
    page.full_clean()
    page.save_revision(log_action=False).publish()


def _set_field(page, name, value, streams):
    names = {field.name: field for field in page._meta.get_fields()}
    if name not in names:
        raise ValidationError(f"a page of this type has no {name}")
    if isinstance(names[name], StreamField):
        if name in {"doors", "functions"}:
            value = [{name.removesuffix("s"): each} for each in value]
        value = streams.value(names[name], value, page.translation_key)
    setattr(page, name, value)


def _set_rows(page, name, values):
    """Rows in the order of the file; a row that stays keeps its key, and so its words."""
    model, words = ROWS[name]
    keys = {row.translation_key: row.pk for row in getattr(page, name).all()}
    single = next(iter(words), "format")
    rows = []
    for position, value in enumerate(values):
        if isinstance(value, str):
            value = {single: value}
        key = uuid5(page.translation_key, f"{name}.{sorted(value.items())}")
        fields = {
            field: word(words[field], each) if field in words and each else each
            for field, each in value.items()
        }
        rows.append(
            model(
                pk=keys.get(key),
                translation_key=key,
                locale=page.locale,
                sort_order=position,
                **fields,
            )
        )
    setattr(page, name, rows)
