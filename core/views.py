"""Pages, addresses for machines, and the way out."""

import errno
import mimetypes
from datetime import datetime, time

from django.core.exceptions import SuspiciousOperation
from django.core.files.storage import default_storage
from django.db import DatabaseError
from django.http import FileResponse, Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_http_methods
from wagtail.views import serve

from core import frame, languages, sitemap
from core.models import PortalRendition

# Says nothing about whoever comes from here (domain.md names the weather).
NEUTRAL_SITE = "https://www.weather.gov/"
LONGEST_NAME = PortalRendition._meta.get_field("file").max_length
NOT_THERE = (
    FileNotFoundError,
    IsADirectoryError,
    NotADirectoryError,
    SuspiciousOperation,
)


@require_http_methods(["GET", "HEAD", "OPTIONS"])
def page(request, path):
    """A page; where it is not in this language yet, the English one, which says so."""
    try:
        return serve(request, path)
    except Http404:
        instead, says = languages.instead(request, path)
        if instead is None:
            raise
        return HttpResponseRedirect(instead.get_url(request) + says)


def leave(request):
    """At once to a neutral site; a link, since a form's answer may not leave our origin."""
    try:
        chosen = frame.numbers(request).leave_url
    except DatabaseError:
        chosen = ""  # whoever must leave cannot wait for our database
    response = HttpResponseRedirect(chosen or NEUTRAL_SITE)
    response.status_code = 303
    if "receipt" in request.COOKIES:  # of the interest form: nobody else is to see it
        response.delete_cookie("receipt")
    add_never_cache_headers(response)
    return response


@require_http_methods(["GET", "HEAD"])
def media(request, path):
    """
    A picture, from wherever uploads are kept; a proxy may send those it has itself.

    Pictures alone: documents go out as Wagtail serves them, and originals not at all.
    """
    if not path.startswith("images/") or len(path) > LONGEST_NAME:
        raise Http404
    try:
        file = default_storage.open(path)
    except NOT_THERE as fault:
        raise Http404 from fault
    except OSError as fault:
        if fault.errno == errno.ENAMETOOLONG:
            raise Http404 from fault
        return _unreadable()
    kind = mimetypes.guess_type(path)[0] or "application/octet-stream"
    response = FileResponse(file, content_type=kind)
    response["Cache-Control"] = "public, max-age=3600"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def _unreadable():
    """It may well be there: nobody is to keep that it is not."""
    response = HttpResponse(status=503, content_type="text/plain")
    response["Retry-After"] = "60"
    add_never_cache_headers(response)
    return response


def robots(request):
    """Everybody may read everything but the admin."""
    lines = [
        "User-agent: *",
        "Disallow: /admin/",
        "Disallow: /leave/",
        "",
        f"Sitemap: {request.build_absolute_uri('/sitemap.xml')}",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


def sitemap_xml(request):
    """Every page a visitor can read, with its other languages and its last change."""
    return render(
        request,
        "sitemap.xml",
        {"entries": sitemap.entries(request)},
        content_type="application/xml",
    )


def security_txt(request):
    """Where researchers report a weakness (RFC 9116); nothing while staff have not said."""
    numbers = frame.numbers(request)
    ends = numbers.security_expires
    if not (numbers.security_contact and ends and ends >= timezone.localdate()):
        raise Http404
    ends = timezone.make_aware(datetime.combine(ends, time.max))
    lines = [
        f"Contact: {numbers.security_contact}",
        f"Expires: {ends.replace(microsecond=0).isoformat()}",
        f"Canonical: {request.build_absolute_uri()}",
        "Preferred-Languages: en, es",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")
