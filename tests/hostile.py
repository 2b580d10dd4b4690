"""Bytes that people, scanners and broken clients send, and how they are sent."""

import re
from urllib.parse import quote, unquote_to_bytes

import pytest
from django.urls import URLResolver

# As they stand in an address; each is a way in which bytes were sent or went wrong.
HOSTILE = {
    "half an IPv6 address": "/[",
    "a letter that becomes a slash": "/%E2%84%80",
    "NUL": "%00",
    "NUL amid words": "a%00b",
    "NUL escaped twice": "%2500",
    "invalid UTF-8": "%ff%fe",
    "a cut character": "%c3",
    "overlong slash": "%c0%af",
    "a surrogate": "%ed%a0%80",
    "a surrogate, escaped": "%5Cud800",
    "octal NUL": "%5C000",
    "a quotation mark": "%22",
    "an apostrophe": "%27%20OR%201=1--",
    "a percent sign alone": "%",
    "line breaks": "a%0d%0aSet-Cookie:%20x=y",
    "a word of another script": quote("ﷺ‮ſ𝔘"),
    "more than any column": "a" * 3000,
    "a number past every column": "9" * 40,
    "a negative number": "-1",
    "dots": "..%2f..%2fetc%2fpasswd",
    "an address": "%2f%2fevil.example",
    "nothing": "",
}
EVERY_KIND = pytest.mark.parametrize("sent", HOSTILE.values(), ids=HOSTILE)


def routes(resolver, prefix=""):
    """Every pattern of the portal as its whole route."""
    for each in resolver.url_patterns:
        route = prefix + str(each.pattern)
        if isinstance(each, URLResolver):
            yield from routes(each, route)
        else:
            yield route


# A place in a route: a converter, or a group of a regular expression.
PLACE = re.compile(r"<[^>]+>|\(\(\?:[^)]*\)\*\)|\([^)]*\)")


def filled(route, sent):
    """An address that a route answers to, with bytes in each of its places."""
    parts = PLACE.split(re.sub(r"[\^$]|\\(?=\.)", "", route))
    return "/" + sent.join(parts).lstrip("/")


def asked(client, path, query="", **extra):
    """What is answered to an address that is sent as it is, byte by byte."""
    raw = unquote_to_bytes(path.replace("?", "%3F")).decode("latin-1")
    return client.get("/", PATH_INFO=raw, QUERY_STRING=query, **extra)
