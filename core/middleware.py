"""What every request passes: readable bytes, a language, a policy."""

from urllib.parse import unquote_to_bytes

from csp.constants import SELF
from csp.middleware import CSPMiddleware
from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.db import InterfaceError, OperationalError
from django.http import (
    Http404,
    HttpResponseBadRequest,
    HttpResponsePermanentRedirect,
    HttpResponseRedirect,
)
from django.middleware.locale import LocaleMiddleware
from django.template.loader import render_to_string
from django.utils import translation

from core import redirects
from core.frame import languages


class ReadableRequest:
    """
    Answers 400 where an address, query or cookie holds bytes that no text can.

    PostgreSQL refuses NUL wherever it would be looked up, and SQLite does not.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if self._readable(request):
            return self.get_response(request)
        return HttpResponseBadRequest(render_to_string("400.html"))

    @staticmethod
    def _readable(request):
        environ = request.META
        query = environ.get("QUERY_STRING", "")
        sent = [
            request.path_info.encode("utf-8", "surrogateescape"),
            unquote_to_bytes(query.encode("latin-1", "replace").replace(b"+", b" ")),
            environ.get("HTTP_COOKIE", "").encode("latin-1", "replace"),
        ]
        try:
            texts = [text.decode() for text in sent[:2]]
        except UnicodeDecodeError:
            return False
        cookie = sent[2]
        octal_nul = b"\\000" in cookie  # how a quoted cookie spells NUL
        return (
            not octal_nul and b"\0" not in cookie and not any("\0" in t for t in texts)
        )


class AdminQueries:
    """
    Makes bearable what the admin's own lists are asked.

    A quotation mark breaks Wagtail's search on SQLite, and its bulk actions look up
    whatever stands in the address as a key.
    """

    LONGEST = 200  # characters that anybody searches for

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.path_info.startswith("/admin/"):
            if request.path_info.startswith("/admin/bulk/") and not all(
                self._is_key(each) for each in request.GET.getlist("id")
            ):
                return HttpResponseBadRequest(render_to_string("400.html"))
            if "q" in request.GET:
                request.GET = request.GET.copy()
                sought = request.GET["q"].replace('"', " ")
                request.GET["q"] = sought[: self.LONGEST].strip()
        return self.get_response(request)

    @staticmethod
    def _is_key(text):
        return text == "all" or (text.isascii() and text.isdigit() and len(text) < 19)


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
            return response
        if redirect.is_permanent:
            return HttpResponsePermanentRedirect(redirect.link)
        return HttpResponseRedirect(redirect.link)
