"""Pages for when something is wrong; the last of them need nothing that may be broken."""

import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpResponse, HttpResponseForbidden, HttpResponseNotFound
from django.template import engines
from django.template.loader import render_to_string


def not_found(request, exception):
    """Nothing is at this address: say so, and offer the doors."""
    return HttpResponseNotFound(render_to_string("404.html", {}, request))


def refused(request, reason=""):
    """A form whose token is lost or foreign; the page says to go back and send it again."""
    return HttpResponseForbidden(render_to_string("403.html", {}, request))


def broken(request):
    """A fault of ours; 503 where it is the database that does not answer."""
    fault = sys.exc_info()[1]
    down = isinstance(fault, OperationalError | InterfaceError)
    status = 503 if down else 500
    # Without the request: context processors and tags would ask the database.
    template = engines["django"].get_template(f"{status}.html")
    response = HttpResponse(template.render(), status=status)
    if down:
        response["Retry-After"] = "60"
    return response
