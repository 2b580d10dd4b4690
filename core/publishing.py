"""
Going live: what every page must pass first, and how a refusal is told.

`BasePage.publish` is the door. Only the editor's "Publish" goes round it (Wagtail runs
its own action there), which is why a hook before publishing asks the same questions.
"""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils.text import capfirst, slugify
from modelcluster.models import get_all_child_relations
from wagtail.admin import messages
from wagtail.admin.views.pages.bulk_actions.publish import PublishBulkAction
from wagtail.coreutils import find_available_slug
from wagtail.fields import StreamField
from wagtail.models import Page, TranslatableMixin
from wagtail_localize.models import Translation

from core.models import PublishRefused

# What a row gets when it is saved, and no form asks for.
SET_ON_SAVING = {"locale", "translation_key"}


def complete(page):
    """
    What the editor's form would refuse.

    Drafts may have empty fields, and all other ways of publishing pass no form.
    """
    try:
        page.full_clean()
    except ValidationError as fault:
        for name, texts in fault.message_dict.items():
            yield f"{_label(page, name)}{' '.join(texts)}"
    for field in page._meta.get_fields():
        if isinstance(field, StreamField):
            yield from _stream(field, getattr(page, field.name))
    for relation in get_all_child_relations(page):
        if issubclass(relation.related_model, TranslatableMixin):
            yield from _rows(page, relation)


def _label(page, name):
    names = {field.name: field for field in page._meta.get_fields()}
    return f"{capfirst(names[name].verbose_name)}: " if name in names else ""


def _stream(field, blocks):
    try:
        field.stream_block.clean(blocks)
    except ValidationError:
        fault = "a part of it is not complete." if blocks else "This field is required."
        yield f"{capfirst(field.verbose_name)}: {fault}"


def _rows(page, relation):
    for row in getattr(page, relation.get_accessor_name()).all():
        try:
            row.clean_fields(exclude={relation.field.name, *SET_ON_SAVING})
        except ValidationError as fault:
            name = capfirst(row._meta.verbose_name)
            yield f"{name}: {' '.join(fault.messages)}"


def after_the_original(page):
    """A translation is not public while its original is not: drafts never cross."""
    if page.locale.language_code == settings.LANGUAGE_CODE:
        return
    original = Page.objects.filter(
        translation_key=page.translation_key,
        locale__language_code=settings.LANGUAGE_CODE,
    ).first()
    if original and not original.live:
        yield "The English page is not public. Publish that first."


def wholly_translated(page):
    """English words never go live under the name of another language."""
    if translation := translation_of(page):
        total, done = translation.get_progress()
        if done < total:
            yield f"Still to translate: {total - done} of {total} passages."


def translation_of(page):
    """The record by which translators work on a page, if it is a translation."""
    return Translation.objects.filter(
        source__object_id=page.translation_key,
        target_locale=page.locale_id,
        enabled=True,
    ).first()


def problems_of_translation(translation):
    """What stands against a translation with the words that translators have saved."""
    page = translation.source.get_ephemeral_translated_instance(
        translation.target_locale, fallback=True
    )
    page.slug = find_available_slug(  # as wagtail-localize will
        page.get_parent(), slugify(page.slug), ignore_page_id=page.pk
    )
    return page.publish_problems()


def publish_latest(page, user):
    """Publish the newest draft of a page; of a translation, the newest words."""
    if translation := translation_of(page):
        if problems := problems_of_translation(translation):
            raise PublishRefused(page, problems)
        translation.save_target(user=user, publish=True)
    else:
        revision = page.get_latest_revision() or page.save_revision(user=user)
        revision.publish(user=user)


def explain(request, page, problems):
    """Tell somebody in the admin why a page stayed as it was."""
    for problem in problems:
        text = f"“{page.get_admin_display_title()}” was not published. {problem}"
        messages.error(request, text)


class ExplainRefusals:
    """Turns a refusal into its reasons wherever the admin publishes without asking first."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        if not isinstance(exception, PublishRefused):
            return None
        page = exception.page
        explain(request, page, exception.messages)
        address = reverse("wagtailadmin_pages:edit", args=[page.pk])
        if request.headers.get("X-Requested-With") == "XMLHttpRequest":
            # The dialog "Approve with comment" reads where to go on.
            return JsonResponse({"step": "success", "redirect": address})
        return HttpResponseRedirect(address)


class BulkPublishing(PublishBulkAction):
    """Publishes, of many pages, those that may go live, and says why the others may not."""

    def get_execution_context(self):
        self.refusals = []
        return {**super().get_execution_context(), "refusals": self.refusals}

    @classmethod
    def execute_action(
        cls, objects, include_descendants=False, user=None, refusals=None, **kwargs
    ):
        published = [_try(page, user, refusals) for page in objects]
        below = []
        if include_descendants:
            drafts = [page.get_descendants().not_live() for page in objects]
            below = [
                _try(page, user, refusals)
                for page in (page for pages in drafts for page in pages)
                if page.permissions_for_user(user).can_publish()
            ]
        return sum(published), sum(below)

    def form_valid(self, form):
        response = super().form_valid(form)
        for refusal in self.refusals:
            explain(self.request, refusal.page, refusal.messages)
        return response

    def get_success_message(self, num_parent_objects, num_child_objects):
        if num_parent_objects or num_child_objects:
            return super().get_success_message(num_parent_objects, num_child_objects)


def _try(page, user, refusals):
    try:
        with transaction.atomic():
            publish_latest(page.specific, user)
    except PublishRefused as refusal:
        refusals.append(refusal)
        return False
    return True
