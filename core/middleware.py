"""What every request passes: readable bytes, a language, a policy."""

from urllib.parse import unquote_to_bytes

from csp.constants import SELF
from csp.middleware import CSPMiddleware
from django.conf import settings
from django.core.exceptions import DisallowedHost, ObjectDoesNotExist
from django.core.paginator import InvalidPage
from django.db import InterfaceError, OperationalError
from django.http import (
    Http404,
    HttpResponseBadRequest,
    HttpResponsePermanentRedirect,
    HttpResponseRedirect,
)
from django.middleware.locale import LocaleMiddleware
from django.template.loader import render_to_string
from django.urls import NoReverseMatch
from django.utils import translation

from core import redirects
from core.errors import not_found
from core.frame import languages

PAST_EVERY_COLUMN = 10**18


class ReadableRequest:
    """
    Answers 400 where an address, query or cookie holds bytes that no text can.

    PostgreSQL refuses NUL wherever it would be looked up, and SQLite does not. And
    SQLite refuses to compare with what is longer than any address of ours.
    """

    LONGEST = 8190  # bytes of a query; gunicorn takes no longer one either

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if self._readable(request):
            return self.get_response(request)
        return HttpResponseBadRequest(render_to_string("400.html"))

    def _readable(self, request):
        query, cookie = (
            request.META.get(name, "").encode("latin-1", "replace")
            for name in ["QUERY_STRING", "HTTP_COOKIE"]
        )
        asked = unquote_to_bytes(query.replace(b"+", b" "))
        octal_nul = b"\\000" in cookie  # how a quoted cookie spells NUL
        if len(query) > self.LONGEST or octal_nul or "\0" in request.path_info:
            return False
        # Django has escaped again what in the path is no UTF-8.
        path = unquote_to_bytes(request.path_info).replace(b"\0", b"")
        return all(self._is_text(each) for each in [path, asked, cookie])

    @staticmethod
    def _is_text(sent):
        try:
            return "\0" not in sent.decode()
        except UnicodeDecodeError:
            return False


class AdminQueries:
    """
    Refuses what the admin's views would break on, before it reaches them.

    Wagtail looks up whatever stands in an address as a key or a page's number, and
    takes an address without a slash for a name; a quotation mark breaks its search on
    SQLite.
    """

    LONGEST = 200  # characters that anybody searches for
    SEARCHES = ["q", "search", "term"]
    KEYS = ["id", "childOf", "p"]
    A_FAULT_ON_PURPOSE = "wagtailadmin_error_test"

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view_func, view_args, view_kwargs):
        if not request.path_info.startswith("/admin/"):
            return None
        on_purpose = request.resolver_match.view_name == self.A_FAULT_ON_PURPOSE
        keys = [
            str(value)
            for name, value in view_kwargs.items()
            if name == "pk" or name.endswith(("_id", "_pk"))
        ]
        if on_purpose or not all(is_key(each) for each in keys):
            raise Http404
        if not leads(request.GET) or not all(
            self._is_bearable(name, text)
            for name, texts in request.GET.lists()
            for text in texts
        ):
            return HttpResponseBadRequest(render_to_string("400.html"))
        if asked := set(self.SEARCHES) & set(request.GET):
            request.GET = request.GET.copy()
            for name in asked:
                sought = request.GET[name].replace('"', " ")
                request.GET[name] = sought[: self.LONGEST].strip()

    def _is_bearable(self, name, text):
        if name in self.KEYS:
            return is_key(text) or (name, text) == ("id", "all")
        return name in self.SEARCHES or not is_past_every_column(text)

    def process_exception(self, request, exception):
        """What is found out only later: a list's end, no such parent, a way on that is sent."""
        bulk = request.path_info.startswith("/admin/bulk/")
        if isinstance(exception, InvalidPage) or (
            bulk and isinstance(exception, ObjectDoesNotExist)
        ):
            return not_found(request, exception)
        if isinstance(exception, NoReverseMatch) and not leads(request.POST):
            return HttpResponseBadRequest(render_to_string("400.html"))


def leads(sent):
    """Whether what is said to come next is an address, and not taken for a view's name."""
    return all("/" in each for each in sent.getlist("next") if each)


def is_key(text):
    """Whether a text is a number that a key may be, in any database."""
    return text.isascii() and text.isdigit() and len(text) < 19


def is_past_every_column(text):
    """Whether Python, and so Django, reads a number in a text that no column holds."""
    try:
        return abs(int(text)) >= PAST_EVERY_COLUMN
    except ValueError:
        return False


class LanguageFromAddress(LocaleMiddleware):
    """
    Takes the language from the address alone.

    No cookie and no Accept-Language decide it, so one address is one page for everybody
    and caches need no Vary. A language that is switched off is not found.
    """

    def process_request(self, request):
        language = translation.get_language_from_path(request.path_info)
        translation.activate(language or settings.LANGUAGE_CODE)
        request.LANGUAGE_CODE = translation.get_language()

    def process_view(self, request, view_func, view_args, view_kwargs):
        # Not in process_request: an editor's preview of a draft language must work.
        language = request.LANGUAGE_CODE
        if language != settings.LANGUAGE_CODE and not self._is_offered(
            language, request
        ):
            raise Http404

    @staticmethod
    def _is_offered(language, request):
        try:
            return language in languages(request)
        except (OperationalError, InterfaceError):
            return (
                True  # the view says that the database is down, and keeps what was sent
            )

    def process_response(self, request, response):
        response.headers.setdefault("Content-Language", translation.get_language())
        return response


class PolicyByPath(CSPMiddleware):
    """Sends the strict policy to the public and Wagtail's own to the admin."""

    def get_policy_parts(self, request, response, report_only=False):
        parts = super().get_policy_parts(request, response, report_only)
        if report_only:
            return parts
        if request.path_info.startswith("/admin/"):
            parts.config = settings.ADMIN_CSP
        else:
            parts.config = self._for_this_host(request)
        return parts

    @staticmethod
    def _for_this_host(request):
        """The public policy, with paths: 'self' cannot carry one, and uploads are 'self'."""
        if getattr(request, "is_preview", False):
            # Made under the site's own address, not the one staff came in by.
            return PolicyByPath._with(static=SELF, media=SELF, robots=SELF)
        try:
            host = f"{request.scheme}://{request.get_host()}"
        except DisallowedHost:  # who gets no page needs no sources
            host = settings.BASE_URL
        return PolicyByPath._with(
            static=host + settings.STATIC_URL,
            media=host + settings.MEDIA_URL,
            robots=host + "/robots.txt",
        )

    @staticmethod
    def _with(**places):
        return {
            directive: [source.format(**places) for source in sources]
            for directive, sources in settings.PUBLIC_CSP.items()
        }


class LiveRedirects:
    """Follows an editor's redirect where nothing is found, unless that leads nowhere."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if response.status_code != 404:
            return response
        redirect = redirects.for_request(request)
        if redirect is None:
            return self._in_our_words(request, response)
        if redirect.is_permanent:
            return HttpResponsePermanentRedirect(redirect.link)
        return HttpResponseRedirect(redirect.link)

    @staticmethod
    def _in_our_words(request, response):
        """Also where DEBUG is on, as with `make run`: a developer's page helps no visitor."""
        if settings.DEBUG and not request.path_info.startswith("/admin/"):
            return not_found(request, None)
        return response
