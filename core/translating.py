"""
wagtail-localize, with doors where it has none.

Its views ask only for the right to submit translations: whoever has that could read any
English draft. And they publish, or repeat, English words under another language.
"""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.urls import path
from wagtail_localize.views.edit_translation import user_can_edit_instance
from wagtail_localize.views.submit_translations import (
    SubmitPageTranslationView,
    SubmitSnippetTranslationView,
)
from wagtail_localize.views.update_translations import (
    UpdateTranslationsForm,
    UpdateTranslationsView,
)


def _may_edit(user, source):
    if not user_can_edit_instance(user, source):
        raise PermissionDenied


class SubmitPage(SubmitPageTranslationView):
    """Sends a page to translation, for those who may edit it."""

    def get_object(self):
        page = super().get_object()
        _may_edit(self.request.user, page)
        return page


class SubmitWord(SubmitSnippetTranslationView):
    """Sends a word to translation, for those who may edit it."""

    def get_object(self):
        word = super().get_object()
        _may_edit(self.request.user, word)
        return word


class UpdateForm(UpdateTranslationsForm):
    """Without "Publish immediately", which puts English words live until they are translated."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        del self.fields["publish_translations"]

    def clean(self):
        return {**super().clean(), "publish_translations": False}


class UpdateTranslations(UpdateTranslationsView):
    """Tells translators what has changed in the original, for those who may edit that."""

    def get_object(self):
        source = super().get_object()
        _may_edit(self.request.user, source.get_source_instance())
        return source

    def get_form(self):
        sent = self.request.POST if self.request.method == "POST" else None
        return UpdateForm(sent)


def no_alias(request, **kwargs):
    """A page here is never a mere repetition of the English one."""
    raise Http404


def urls():
    """The same addresses as wagtail-localize's own, before them."""
    return [
        path("localize/submit/page/<int:page_id>/", SubmitPage.as_view()),
        path(
            "localize/submit/snippet/<slug:app_label>/<slug:model_name>/<str:pk>/",
            SubmitWord.as_view(),
        ),
        path(
            "localize/update/<int:translation_source_id>/", UpdateTranslations.as_view()
        ),
        path("localize/page/<int:page_id>/convert_to_alias/", no_alias),
    ]
