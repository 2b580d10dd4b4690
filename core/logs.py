"""
What the log says: one JSON object a line, of what was done, and never of whom or what they said.

No query string, no address, no body, and of a path nothing that opens a door or reaches a
person. Of a fault it keeps the kind and the lines of code: its words may repeat what
somebody typed.
"""

import datetime
import json
import logging
import re
import sys
import threading
import time
import traceback
import uuid
from contextvars import ContextVar
from urllib.parse import unquote

from django.conf import settings

logger = logging.getLogger(__name__)
requests = logging.getLogger("portal.requests")

_request_id = ContextVar("request_id", default="")
_ONE_OF_OURS = re.compile(r"[0-9a-f]{32}")  # as nginx makes them
# Whoever has such an address can sign in with it. Both are in deploy/nginx/nginx.conf too.
_OPENS_A_DOOR = re.compile(r"(?i)(?<=/password_reset/confirm/).+")
_REACHES_SOMEBODY = re.compile(r"[^/]*@[^/]*")
# gunicorn names who sent what it could not read, and repeats it.
_FROM_WHOM = re.compile(r"(?s) from ip=.*")
_QUERY = re.compile(r"\?\S*")


class JsonLines(logging.Formatter):
    """A line that a machine reads: when, how grave, who says it, which request it was of."""

    def format(self, record):
        at = datetime.datetime.fromtimestamp(record.created, datetime.UTC)
        line = {
            "at": at.isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": _message(record),
            "request": _request_id.get(),
            **getattr(record, "facts", {}),
        }
        if record.exc_info and record.exc_info[1]:
            line["faults"] = [_told(fault) for fault in chain(record.exc_info[1])]
        return json.dumps({name: value for name, value in line.items() if value != ""})


def _message(record):
    """What it says; Django's and gunicorn's own lines name the request they are of."""
    said, request = record.getMessage(), getattr(record, "request", None)
    if record.name == "gunicorn.error":
        return shown(unquote(_QUERY.sub("", _FROM_WHOM.sub("", said))))
    path = getattr(request, "path", "")  # what speaks of a socket has none
    return said.replace(path, shown(path)) if path else said


def tell_what_nobody_catches():
    """
    What ends a process or a thread, and what Python warns of, in the log as all else is.

    By itself Python prints the words of a fault, which may repeat a row of the database.
    Where the log is for people, or somebody sits at a terminal, they get to read them.
    """
    if settings.LOGGING["handlers"]["stderr"]["formatter"] != "json":
        return
    if sys.stderr.isatty():
        return
    logging.captureWarnings(True)
    if sys.excepthook is sys.__excepthook__:
        sys.excepthook = _uncaught
    if threading.excepthook is threading.__excepthook__:
        threading.excepthook = lambda told: _uncaught(*told[:3])


def _uncaught(kind, fault, where):
    if not issubclass(kind, SystemExit):
        told = (kind, fault, where)
        logger.critical("Nobody caught a fault: %s", kind.__name__, exc_info=told)


def shown(path):
    """A path without what opens a door or reaches somebody."""
    return _REACHES_SOMEBODY.sub("***", _OPENS_A_DOOR.sub("***", path))


def chain(fault):
    """A fault and what caused it, the first cause last."""
    while fault is not None:
        yield fault
        fault = fault.__cause__ or (
            None if fault.__suppress_context__ else fault.__context__
        )


def _told(fault):
    code = getattr(fault, "pgcode", None) or getattr(fault, "sqlite_errorname", None)
    kind = f"{type(fault).__module__}.{type(fault).__qualname__}"
    return {
        "kind": f"{kind} {code}" if code else kind,
        "where": [
            f"{frame.filename}:{frame.lineno} {frame.name}"
            for frame in traceback.extract_tb(fault.__traceback__)
        ],
    }


class RequestLog:
    """
    Gives each request an id, in the log and in the answer, and notes what became of it.

    The id is the proxy's, if it has given one: then both logs tell of the same request.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        given = request.headers.get("X-Request-ID", "")
        known = given if _ONE_OF_OURS.fullmatch(given) else uuid.uuid4().hex
        _request_id.set(known)
        begun = time.perf_counter()
        response = self.get_response(request)
        response["X-Request-ID"] = known
        if not request.path_info.startswith((settings.STATIC_URL, "/healthz/")):
            self._note(request, response, begun)
        return response

    @staticmethod
    def _note(request, response, begun):
        facts = {
            "method": request.method,
            "path": shown(request.path_info),
            "status": response.status_code,
            "ms": round((time.perf_counter() - begun) * 1000),
        }
        requests.info(
            "%(method)s %(path)s %(status)s %(ms)s ms", facts, extra={"facts": facts}
        )
