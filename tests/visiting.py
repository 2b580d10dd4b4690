"""A visitor of a real portal: no browser, but addresses, cookies and forms."""

from http.cookiejar import CookieJar
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import (
    HTTPCookieProcessor,
    HTTPRedirectHandler,
    Request,
    build_opener,
)

from tests.interest import hidden


class Answer:
    """What came back; it reads like an answer of Django's test client."""

    def __init__(self, raw):
        self.status_code, self.url = raw.status, raw.url
        self.text = raw.read().decode()


class _NoFurther(HTTPRedirectHandler):
    def redirect_request(self, *_):
        """Nothing is asked where an answer leads."""


class Visitor:
    """Asks one portal, and keeps its cookies."""

    def __init__(self, address):
        self._address = address
        cookies = HTTPCookieProcessor(CookieJar())
        self._opener = build_opener(cookies)
        self._stays = build_opener(cookies, _NoFurther)

    def get(self, path):
        return self._ask(path, None, self._opener)

    def post(self, path, sent, follow=True):
        data = urlencode(sent, doseq=True).encode()
        return self._ask(path, data, self._opener if follow else self._stays)

    def again(self, answer, **more):
        """Presses the one button of a page that carries what was sent."""
        return self.post("/interest/check/", hidden(answer) | more)

    def _ask(self, path, data, opener):
        asked = Request(f"{self._address}{path}", data)
        if data is not None:  # as browsers do, and as Django wants it with TLS
            asked.add_header("Origin", self._address)
        try:
            raw = opener.open(asked, timeout=60)
        except HTTPError as refused:
            raw = refused
        with raw:
            return Answer(raw)
