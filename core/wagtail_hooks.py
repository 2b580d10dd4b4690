"""Where Wagtail asks: before pages go live, are served, are taken back."""

from django.http import Http404
from django.shortcuts import redirect
from django.utils.translation import get_language
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.api.views import PagesAdminAPIViewSet
from wagtail.models import Page

from core import health, publishing, retraction, schedule, tasks, translating
from core.hooks import CLOCK_JOB, HEALTH_PART, PUBLISH_CHECK
from core.rich_text import ReadablePageLinks

for check in [
    publishing.complete,
    publishing.after_the_original,
    publishing.wholly_translated,
]:
    hooks.register(PUBLISH_CHECK, check)

for part in health.PARTS:
    hooks.register(HEALTH_PART, part, order=-1)

hooks.register(CLOCK_JOB, schedule.publish_what_is_due)
hooks.register(CLOCK_JOB, tasks.take_up_lost_tasks)
# After Wagtail's own, so that ours is the one that stays.
hooks.register("register_bulk_action", publishing.BulkPublishing, order=10)
# Before wagtail-localize's, so that ours is the one that answers.
hooks.register("register_admin_urls", translating.urls, order=-10)


@hooks.register("before_publish_page")
def explain_instead_of_publishing(request, page):
    """Keeps the draft and tells the editor why it cannot go live yet."""
    page = page.specific
    if problems := page.publish_problems():
        publishing.explain(request, page, problems)
        return redirect("wagtailadmin_pages:edit", page.pk)


@hooks.register("before_edit_page", order=-10)
def explain_instead_of_publishing_a_translation(request, page):
    """Before wagtail-localize writes anything: it would write on the live page."""
    if request.method != "POST" or request.POST.get("action") != "publish":
        return None
    translation = publishing.translation_of(page)
    if translation is None:
        return None
    if problems := publishing.problems_of_translation(translation):
        publishing.explain(request, page, problems)
        return redirect(request.path)


@hooks.register("construct_page_action_menu")
def no_alias_of_a_translation(items, request, context):
    items[:] = [item for item in items if item.name != "localize-convert-to-alias"]


class PagesToLookAt(PagesAdminAPIViewSet):
    """The admin's own API, for its choosers; its acts would pass every check by."""

    actions = {}


@hooks.register("construct_admin_api")
def no_acts_by_api(router):
    router.register_endpoint("pages", PagesToLookAt)


@hooks.register("before_serve_page")
def only_in_its_own_language(page, request, args, kwargs):
    """A language without a home would show English pages under its own addresses."""
    if page.locale.language_code != get_language():
        raise Http404


@hooks.register("before_delete_page")
@hooks.register("before_move_page")
@hooks.register("before_unpublish_page")
def say_what_goes_along(request, page, *args):
    languages = [
        str(each.locale.get_display_name()) for each in retraction.translations_of(page)
    ]
    if languages:
        messages.info(request, f"What goes with it: {', '.join(languages)}.")


@hooks.register("before_bulk_action")
def translations_go_with_their_original(request, action_type, objects, action):
    """Of a page and its translation, both chosen, the page alone: the other goes with it."""
    if action.model is Page and action_type in {"delete", "move", "unpublish"}:
        going = {
            each.pk for page in objects for each in retraction.translations_of(page)
        }
        objects[:] = [page for page in objects if page.pk not in going]


@hooks.register("register_log_actions")
def name_refused_schedules(actions):
    actions.register_action(schedule.REFUSED)(schedule.ScheduleRefused)


@hooks.register("construct_homepage_panels")
def name_pages_that_are_late(request, panels):
    panels.append(schedule.RefusedPanel())


@hooks.register("register_rich_text_features", order=10)
def link_to_readable_pages(features):
    features.register_link_type(ReadablePageLinks)
