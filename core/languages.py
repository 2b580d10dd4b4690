"""Which languages visitors are offered, and where a page stands in each."""

from django.conf import settings
from django.conf.locale import LANG_INFO
from django.utils.translation import get_language, get_language_info, gettext
from wagtail.models import Locale, Page, Site

from core.models import LanguageSwitch
from core.readable import readable

# Spoken by people whom the Section serves; Django has no name for them.
MORE = {
    "am": {"name": "Amharic", "name_local": "አማርኛ", "bidi": False},
    "ht": {"name": "Haitian Creole", "name_local": "kreyòl ayisyen", "bidi": False},
    "nv": {"name": "Navajo", "name_local": "Diné bizaad", "bidi": False},
    "prs": {"name": "Dari", "name_local": "دری", "bidi": True},
    "ps": {"name": "Pashto", "name_local": "پښتو", "bidi": True},
    "so": {"name": "Somali", "name_local": "Soomaali", "bidi": False},
    "ti": {"name": "Tigrinya", "name_local": "ትግርኛ", "bidi": False},
    "tl": {"name": "Tagalog", "name_local": "Tagalog", "bidi": False},
}
WRITTEN_APART = {"pt-br", "zh-hans", "zh-hant"}  # other forms differ for a country only
NOT_IN = "not_in"  # in the address of an English page: the language it was asked for


def public_languages():
    """Codes of the languages that visitors are offered, English first."""
    switched_on = LanguageSwitch.objects.filter(public=True)
    codes = switched_on.values_list("locale__language_code", flat=True)
    return [
        settings.LANGUAGE_CODE,
        *(code for code in codes if code != settings.LANGUAGE_CODE),
    ]


def is_public(language):
    """Whether visitors may read a language; English without asking the database."""
    if language == settings.LANGUAGE_CODE:
        return True
    return LanguageSwitch.objects.filter(
        public=True, locale__language_code=language
    ).exists()


def translations(page, codes):
    """The same page in each public language where a visitor can read it, by code."""
    pages = readable(
        Page.objects.filter(
            translation_key=page.translation_key, locale__language_code__in=codes
        )
    )
    return {each.locale.language_code: each for each in pages.select_related("locale")}


def active_locale():
    """The locale of the language that this request is answered in."""
    return Locale.objects.get_for_language(get_language())


def own_name(language):
    """A language's name in its own tongue, as its speakers capitalise it."""
    name = language_info(language)["name_local"]
    return name[:1].upper() + name[1:]


def language_name(language):
    """What a language is called in the one that is being read."""
    info = language_info(language)
    return info.get("name_translated") or gettext(info["name"])


def language_info(language):
    """A language's English name, its own, and whether it is written from the right."""
    return MORE.get(language) or get_language_info(language)


def known_languages():
    """Codes and English names of what people may speak, whether or not the portal does."""
    names = {
        code: info["name"]
        for code, info in (LANG_INFO | MORE).items()
        if "name" in info and ("-" not in code or code in WRITTEN_APART)
    }
    return sorted(names.items(), key=lambda each: each[1])


def instead(request, path):
    """
    The page to show in place of one that is not at an address, and what to say with it.

    In another language than English: the page by the name it has in that language, else
    the English one. The address may be of a draft, or made of the English names.
    """
    language = get_language()
    site = Site.find_for_request(request)
    if language == settings.LANGUAGE_CODE or site is None:
        return None, ""
    homes = site.root_page.get_translations(inclusive=True).filter(
        locale__language_code__in={language, settings.LANGUAGE_CODE}
    )
    tail = f"{path.strip('/')}/".lstrip("/")
    paths = [home.url_path + tail for home in homes]
    here = Page.objects.filter(url_path__in=paths)
    versions = readable(
        Page.objects.filter(translation_key__in=here.values("translation_key"))
    ).select_related("locale")
    found = {each.locale.language_code: each for each in versions}
    if language in found and found[language].url_path not in paths:
        return found[language], ""  # elsewhere: here it was not found
    return found.get(settings.LANGUAGE_CODE), f"?{NOT_IN}={language}"


def not_translated(request):
    """The code of the language in which a visitor looked for this page in vain."""
    code = request.GET.get(NOT_IN, "")
    if not code or code == get_language():
        return ""
    return code if code in public_languages() else ""
