"""
What happens to an English page happens to its translations in the same act.

Unpublished, expired, deleted, made private, moved: nothing that staff take back in
English stays public in another language. Nothing goes the other way.
"""

from django.conf import settings
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_delete
from wagtail.coreutils import find_available_slug
from wagtail.models import Page, PageViewRestriction
from wagtail.signals import page_unpublished, post_page_move

from core import redirects
from core.models import SiteAlert

HOME_DEPTH = 2


def connect():
    """Listen to every way in which a page is taken back or moved."""
    page_unpublished.connect(unpublish_translations)
    pre_delete.connect(delete_translations, sender=Page)
    pre_delete.connect(delete_translated_alerts, sender=SiteAlert)
    post_page_move.connect(move_translations)
    post_save.connect(mirror_privacy, sender=PageViewRestriction)
    post_delete.connect(mirror_privacy, sender=PageViewRestriction)
    m2m_changed.connect(mirror_privacy, sender=PageViewRestriction.groups.through)


def translations_of(page):
    """The pages that follow this one: its translations, if it is an English page."""
    if page.locale.language_code != settings.LANGUAGE_CODE:
        return Page.objects.none()
    return page.get_translations().order_by("locale")


def unpublish_translations(instance, **kwargs):
    for page in translations_of(instance).live().specific():
        page.unpublish(set_expired=instance.expired)


def delete_translations(instance, **kwargs):
    for page in translations_of(instance).specific():
        page.delete()


def delete_translated_alerts(instance, **kwargs):
    if instance.locale.language_code == settings.LANGUAGE_CODE:
        instance.get_translations().delete()


def mirror_privacy(instance, action="post_save", **kwargs):
    """Whatever restricts the English page restricts each translation; only then are they free."""
    if not action.startswith("post_"):
        return
    page = Page.objects.filter(pk=instance.page_id).select_related("locale").first()
    if page is None:
        return  # deleted, with its restrictions
    english = page.locale.language_code == settings.LANGUAGE_CODE
    original = page if english else _original(page)
    if original is None:
        return
    restriction = original.view_restrictions.first()
    followers = translations_of(original) if english else [page]
    for follower in followers:
        if restriction:
            _restrict(follower, restriction)
        elif english:
            for each in follower.view_restrictions.all():
                each.delete()


def _original(page):
    return Page.objects.filter(
        translation_key=page.translation_key,
        locale__language_code=settings.LANGUAGE_CODE,
    ).first()


def _restrict(page, like):
    mirrored = page.view_restrictions.first() or PageViewRestriction(page=page)
    kind, groups = like.restriction_type, set(like.groups.all())
    if mirrored.pk and mirrored.restriction_type == kind:
        if set(mirrored.groups.all()) != groups:
            mirrored.groups.set(groups)
        return
    mirrored.restriction_type = kind
    mirrored.save()
    mirrored.groups.set(groups)


def move_translations(instance, parent_page_after, **kwargs):
    """To the same place in the tree of their own language."""
    if parent_page_after.depth < HOME_DEPTH:
        return
    for page in translations_of(instance):
        parent = parent_page_after.get_translation_or_none(page.locale)
        if parent is None:
            # A placeholder that visitors never see, as wagtail-localize makes them.
            parent = parent_page_after.specific.copy_for_translation(
                page.locale, copy_parents=True, alias=True
            )
        _place(page, parent, after=_elder(instance, parent))


def _elder(original, parent):
    """The translation, below this parent, of the nearest page before an English one."""
    original.refresh_from_db()
    before = original.get_siblings().filter(path__lt=original.path).order_by("-path")
    for key in before.values_list("translation_key", flat=True):
        if found := parent.get_children().filter(translation_key=key).first():
            return found
    return None


def _place(page, parent, after):
    page = page.specific
    path_before = page.url_path
    free = find_available_slug(parent, page.slug, ignore_page_id=page.pk)
    if free != page.slug:
        page.slug = free
        page.save(clean=False)
    if after:
        page.move(after, pos="right")
    else:
        page.move(parent, pos="first-child")
    page = Page.objects.get(pk=page.pk)
    redirects.follow(page, path_before, page.url_path)
