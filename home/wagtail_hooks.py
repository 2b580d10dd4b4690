"""The admin as a whole: its menu, its look, its dashboard, its help."""

from django.templatetags.static import static
from django.urls import path, reverse
from django.utils.html import format_html
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.snippets.models import register_snippet

from contact.feedback_words import FeedbackReasonViewSet, keep_what_was_chosen
from core.hooks import BEFORE_LAUNCH
from core.launch import alerts, languages, numbers, words
from core.snippets import SiteAlertViewSet, WordsWeUse
from core.switches import LanguageViewSet
from core.word_use import explain_instead_of_deleting
from home import launch, staff
from home.panels import BeforeLaunchPanel, ClockPanel
from trainings.launch import languages_of_videos, videos


class AllWordsWeUse(WordsWeUse):
    items = (*WordsWeUse.items, FeedbackReasonViewSet)


register_snippet(AllWordsWeUse)
register_snippet(SiteAlertViewSet)
hooks.register("before_delete_snippet", keep_what_was_chosen)
hooks.register("before_delete_snippet", explain_instead_of_deleting)
hooks.register(
    "register_admin_viewset",
    lambda: LanguageViewSet("languageswitch", url_prefix="languages"),
)

for gaps in [
    alerts,
    numbers,
    launch.unpublished,
    launch.approved_by_nobody,
    launch.statements,
    languages,
    words,
    videos,
    languages_of_videos,
    launch.not_checked,
]:
    hooks.register(BEFORE_LAUNCH, gaps)

HELP = "wagtailadmin_our_help"
# Settings that staff look for first, and those that nobody here needs
FIRST_SETTINGS = {
    "numbers-and-addresses": 10,
    "languages": 20,
    "users": 30,
    "redirects": 40,
}
NOT_SHOWN = {"locales"}


class TranslationsItem(MenuItem):
    def is_shown(self, request):
        return request.user.has_perm("wagtail_localize.submit_translation")


@hooks.register("register_admin_menu_item")
def translations_item():
    address = reverse("wagtail_localize:translations_report")
    return TranslationsItem("Translations", address, icon_name="globe", order=500)


@hooks.register("construct_main_menu")
def order_main_menu(request, items):
    """Pictures and files after words and alerts: the order in which a page is made."""
    order = {"images": 300, "documents": 400}
    for item in items:
        item.order = order.get(item.name, item.order)


@hooks.register("construct_reports_menu")
def shorten_reports(request, items):
    items[:] = [item for item in items if item.name != "translations"]


@hooks.register("construct_settings_menu")
def order_settings(request, items):
    items[:] = [item for item in items if item.name not in NOT_SHOWN]
    for item in items:
        item.order = FIRST_SETTINGS.get(item.name, item.order)


@hooks.register("construct_help_menu")
def keep_help_at_home(request, items):
    """Our own help and the keyboard's, without Wagtail's news."""
    items[:] = [
        item for item in items if item.name in {"how-to", "keyboard-shortcuts-trigger"}
    ]


@hooks.register("register_help_menu_item")
def how_to_item():
    return MenuItem(
        "How to …", reverse(HELP), name="how-to", icon_name="help", order=10
    )


@hooks.register("register_admin_urls")
def help_address():
    return [path("how-to/", staff.how_to, name=HELP)]


@hooks.register("construct_homepage_panels")
def say_first_what_matters(request, panels):
    panels += [ClockPanel(), BeforeLaunchPanel()]


@hooks.register("insert_global_admin_css")
def our_colours():
    return format_html('<link rel="stylesheet" href="{}">', static("admin/admin.css"))
