"""Languages in the admin: added, and switched on when their pages are ready."""

from django import forms
from django.conf import settings
from wagtail.admin.ui.tables import BooleanColumn
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.models import Locale, Page

from core.models import LanguageSwitch
from core.readable import readable

HOME_DEPTH = 2


class LanguageForm(forms.ModelForm):
    """Switches a language on, once there is a page to arrive at."""

    class Meta:
        model = LanguageSwitch
        fields = ["public"]

    def clean_public(self):
        public = self.cleaned_data["public"]
        if public and not self._has_a_home():
            raise forms.ValidationError(
                "Publish the home page in this language first: visitors would find nothing."
            )
        return public

    def _has_a_home(self):
        homes = Page.objects.filter(depth=HOME_DEPTH, locale=self.instance.locale_id)
        return readable(homes).exists()


class NewLanguageForm(forms.ModelForm):
    """Adds a language that translators can then work in; visitors do not see it yet."""

    language = forms.ChoiceField(
        help_text="Visitors see it only when it is switched on, after its pages are published."
    )

    class Meta:
        model = LanguageSwitch
        fields = ["language"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        there = LanguageSwitch.objects.values_list("locale__language_code", flat=True)
        self.fields["language"].choices = [
            (code, name)
            for code, name in settings.LANGUAGES
            if code not in {settings.LANGUAGE_CODE, *there}
        ]

    def save(self, commit=True):
        code = self.cleaned_data["language"]
        self.instance.locale, _ = Locale.objects.get_or_create(language_code=code)
        return super().save(commit)


class LanguageViewSet(ModelViewSet):
    """English is always there; a language that has been added stays, switched on or off."""

    model = LanguageSwitch
    icon = "globe"
    menu_label = "Languages"
    menu_order = 20
    add_to_settings_menu = True
    copy_view_enabled = False
    list_display = ["__str__", BooleanColumn("public", label="Visitors may read it")]

    def get_form_class(self, for_update=False):
        return LanguageForm if for_update else NewLanguageForm

    def get_common_view_kwargs(self, **kwargs):
        return super().get_common_view_kwargs(**kwargs, delete_url_name=None)

    def get_urlpatterns(self):
        return [url for url in super().get_urlpatterns() if url.name != "delete"]
