"""
Redirects from the addresses that live pages, and words with a page of their own, have left.

Wagtail's own (`WAGTAILREDIRECTS_AUTO_CREATE`) are off: they loop when a slug comes back,
follow drafts, and fail after the move is committed where a path is too long.
"""

from django.db import transaction
from django.db.models.signals import pre_save
from django.urls import reverse
from django.utils import translation
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, Site
from wagtail.signals import page_slug_changed, post_page_move

from core.languages import is_public
from core.models import Population, Topic
from core.readable import readable

HOME_DEPTH = 2
MAX_PATH = 255  # characters; the column holds no more


def connect():
    """Listen to every way in which an address changes."""
    page_slug_changed.connect(follow_new_slug)
    post_page_move.connect(follow_move)
    for words in [Population, Topic]:
        pre_save.connect(follow_word, sender=words)


def follow_new_slug(instance, instance_before, **kwargs):
    was_live = instance_before.live
    follow(instance, instance_before.url_path, instance.url_path, was_live=was_live)


def follow_move(instance, url_path_before, url_path_after, **kwargs):
    follow(instance, url_path_before, url_path_after)


@transaction.atomic
def follow(page, url_path_before, url_path_now, *, was_live=True):
    """
    Send visitors of a page's former address, and of those below it, to where it is now.

    Only live pages had visitors; no name that a draft had is kept. What stands at an address now needs no redirect away
    from it, so a name that comes back makes no loop.
    """
    if page.depth <= HOME_DEPTH or url_path_before == url_path_now:
        return  # the home page's own name is in no address
    moved = Page.objects.descendant_of(page, inclusive=was_live)
    for each in moved.live().filter(alias_of=None):
        before = url_path_before + each.url_path[len(url_path_now) :]
        _redirect(each, _address(each, before), _address(each, each.url_path))


def follow_word(sender, instance, raw=False, **kwargs):
    """Send visitors of a word's former listing, such as /for/workers/, to where it is now."""
    before = sender.objects.filter(pk=instance.pk).first()
    if raw or before is None or before.slug == instance.slug:
        return
    with translation.override(instance.locale.language_code), transaction.atomic():
        old, now = before.get_absolute_url(), instance.get_absolute_url()
        old, link = Redirect.normalise_path(old), {"redirect_link": now}
        _lead(None, old, Redirect.normalise_path(now), link | {"redirect_page": None})


def _redirect(page, old, now):
    if None not in {old, now} and old != now:
        there = {"redirect_page": page, "redirect_link": ""}
        _lead(page.get_site(), old, now, there)


def _lead(site, old, now, there):
    Redirect.objects.filter(old_path=now).delete()
    # What led to the old address leads there at once, so that there is no chain.
    Redirect.objects.filter(redirect_link__in={old, f"{old}/"}).update(**there)
    if len(old) > MAX_PATH:
        return
    Redirect.objects.update_or_create(
        old_path=old,
        site=site,
        defaults=there | {"is_permanent": True, "automatically_created": True},
    )


def _address(page, url_path):
    """The address of a page if its path were this one, as redirects spell it."""
    for root in Site.get_site_root_paths():
        if page.url_path.startswith(root.root_path):
            with translation.override(root.language_code):
                below = url_path[len(root.root_path) :]
                return Redirect.normalise_path(reverse("wagtail_serve", args=[below]))
    return None


def for_request(request):
    """The redirect a missing address has, of this site before all sites; dead ones not."""
    try:
        paths = {
            Redirect.normalise_path(request.get_full_path()): 0,
            Redirect.normalise_path(request.path): 1,
        }
    except ValueError:  # an address such as //[ cannot be taken apart
        return None
    found = Redirect.get_for_site(Site.find_for_request(request)).filter(
        old_path__in=paths
    )
    ranked = sorted(
        found,
        key=lambda each: (paths[each.old_path], each.site_id is None, each.pk),
    )
    return next((each for each in ranked if _leads_somewhere(each)), None)


def _leads_somewhere(redirect):
    if redirect.redirect_page_id is None:
        return bool(redirect.link) and (
            Redirect.normalise_path(redirect.link) != redirect.old_path
        )
    target = readable(Page.objects.filter(pk=redirect.redirect_page_id))
    page = target.select_related("locale").first()
    return page is not None and is_public(page.locale.language_code)
