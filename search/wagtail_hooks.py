from wagtail import hooks

from core.hooks import CLOCK_JOB
from search import missed, missed_report, promoting
from search.comparing import keep_index_in_step

hooks.register(CLOCK_JOB, keep_index_in_step)
hooks.register(CLOCK_JOB, promoting.forget_old_search_counts)
hooks.register(CLOCK_JOB, missed.forget_missed_words)
hooks.register("register_reports_menu_item", missed_report.menu_item)
hooks.register("register_admin_urls", missed_report.urls)


@hooks.register("construct_reports_menu")
def leave_out_search_terms(request, items):
    """Wagtail's own lists each word that anybody typed; here there is nothing in it."""
    items[:] = [item for item in items if item.name != "search-terms"]
