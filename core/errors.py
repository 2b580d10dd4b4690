"""Pages for when something is wrong; the last of them need nothing that may be broken."""

import sys

from django.db import InterfaceError, OperationalError, connection
from django.http import HttpResponse, HttpResponseForbidden, HttpResponseNotFound
from django.template import engines
from django.template.loader import render_to_string

from core.logs import chain
from core.uploads import StorageDown

# How PostgreSQL's codes begin when it, and not a query, is at fault: connection,
# resources, an operator who stops it, the machine (Appendix A of its manual).
POSTGRESQL_AT_FAULT = ("08", "53", "57P", "58")
SQLITE_AT_FAULT = tuple(
    f"SQLITE_{name}"
    for name in ["BUSY", "CANTOPEN", "FULL", "IOERR", "LOCKED", "NOMEM", "READONLY"]
)


def is_down(fault):
    """Whether a fault is of a database that does not answer, not of what it was asked."""
    if connection.vendor == "sqlite":
        # By its name: the words of a fault repeat what was asked.
        name = getattr(fault.__cause__, "sqlite_errorname", "")
        return isinstance(fault, OperationalError) and name.startswith(SQLITE_AT_FAULT)
    code = getattr(fault.__cause__, "pgcode", None)
    return isinstance(fault, InterfaceError) or (
        isinstance(fault, OperationalError)
        and (code is None or code.startswith(POSTGRESQL_AT_FAULT))
    )


def not_found(request, exception):
    """Nothing is at this address: say so, and offer the doors."""
    return HttpResponseNotFound(render_to_string("404.html", {}, request))


def refused(request, reason=""):
    """A form whose token is lost or foreign; the page says to go back and send it again."""
    return HttpResponseForbidden(render_to_string("403.html", {}, request))


def broken(request):
    """A fault of ours; 503 where it is the database, or what keeps files, that does not answer."""
    fault = sys.exc_info()[1]
    down = is_down(fault) or any(isinstance(each, StorageDown) for each in chain(fault))
    status = 503 if down else 500
    # Without the request: context processors and tags would ask the database.
    template = engines["django"].get_template(f"{status}.html")
    response = HttpResponse(template.render(), status=status)
    if down:
        response["Retry-After"] = "60"
    return response
