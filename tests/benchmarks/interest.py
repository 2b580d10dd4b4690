"""
How many expressions of interest a second are taken, beside Wagtail's own form builder.

Run it with `.venv/bin/python -m tests.benchmarks.interest`. Both sites stand on the same
PostgreSQL and the same gunicorn; of each sending the answer is awaited, by when it is
committed. It also says what the list of 10,000 records costs. Not a test: it takes minutes.
"""

import os
import re
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode, urlsplit
from uuid import uuid4

from tests import running
from tests.benchmarks import bare
from tests.database import (
    ask,
    copy,
    database_url,
    drop,
    server_url,
    template,
)

SENDINGS, AT_ONCE, ROUNDS = 400, 8, 3
ANSWERS = {
    "wants": "committee",
    "name": "Ada Lovelace",
    "organization": "River Valley Workers’ Center",
    "role": "Director",
    "email": "ada@example.org",
    "phone": "202-555-0143",
    "post": "1 Example Street",
    "reachable_by": "email",
    "preferred_language": "en",
    "statement": "We help workers.\r\nWe would like to take part." * 10,
}


def ours(folder):
    """Our portal's environment; the limit for one address is met by many addresses."""
    copy("ours", template())
    environment = running.environment(folder, database_url("ours"))
    environment["TRUSTED_PROXIES"] = "127.0.0.0/8"
    running.python(environment, "manage.py", "collectstatic", "--noinput", "-v0")
    return environment


def theirs(folder):
    """A bare Wagtail site with a `FormPage` that asks the same."""
    ask('CREATE DATABASE "bare"')
    bare.write_to(folder)
    environment = running.environment(folder, database_url("bare"))
    environment |= {
        "DJANGO_SETTINGS_MODULE": "bare.settings",
        "PYTHONPATH": str(folder),
    }
    for command in [
        ("-m", "django", "makemigrations", "bare", "-v0"),
        ("-m", "django", "migrate", "-v0"),
        ("-m", "bare.seed"),
    ]:
        subprocess.run([sys.executable, *command], env=environment, check=True)
    return environment


class Sender(threading.Thread):
    """One of several who send at once, over one connection."""

    def __init__(self, address, form, to, times, taken):
        super().__init__()
        self._to, self._times, self._taken = to, times, taken
        self._line = HTTPConnection(urlsplit(address).netloc)
        self._line.request("GET", form)
        page = self._line.getresponse()
        self._cookie = page.headers["Set-Cookie"].split(";")[0]
        text = page.read().decode()
        self._token = re.search('csrfmiddlewaretoken" value="([^"]+)', text)[1]

    def run(self):
        for _ in range(self._times):
            sent = ANSWERS | {
                "csrfmiddlewaretoken": self._token,
                "nonce": uuid4(),
                "send": "yes",
            }
            headers = {
                "Cookie": self._cookie,
                "Content-Type": "application/x-www-form-urlencoded",
                "X-Forwarded-For": f"198.51.{uuid4().int % 256}.{uuid4().int % 256}",
            }
            self._line.request("POST", self._to, urlencode(sent), headers)
            answer = self._line.getresponse()
            answer.read()
            assert answer.status == self._taken, answer.status
        self._line.close()


def a_second(environment, application, form, to, taken):
    """How many are taken a second, by a gunicorn of its own."""
    with running.serving(environment, application, form):
        address = environment["BASE_URL"]
        each = SENDINGS // AT_ONCE
        for times in [5, each]:  # the first only to be warm
            senders = [Sender(address, form, to, times, taken) for _ in range(AT_ONCE)]
            begun = time.perf_counter()
            for sender in senders:
                sender.start()
            for sender in senders:
                sender.join()
            took = time.perf_counter() - begun
    return each * AT_ONCE / took


def compare(folder):
    sites = {
        "ours": (
            ours(folder),
            "crcl_portal.wsgi",
            "/interest/",
            "/interest/check/",
            303,
        ),
        "bare": (theirs(folder), "bare.wsgi", "/tell-us/", "/tell-us/", 200),
    }
    rates = {name: [] for name in sites}
    for _ in range(ROUNDS):
        for name, site in sites.items():
            rates[name].append(a_second(*site))
    taken = (ROUNDS * AT_ONCE) * (5 + SENDINGS // AT_ONCE)
    count = "SELECT count(*) FROM {}".format
    assert ask(count("contact_interest"), database_url("ours")) == [(taken,)]
    assert ask(count("wagtailforms_formsubmission"), database_url("bare")) == [(taken,)]
    for name, each in rates.items():
        rounds = ", ".join(f"{rate:.0f}" for rate in each)
        print(f"{name}: {statistics.median(each):.0f} a second ({rounds})")  # noqa: T201 - what it is for
    times = statistics.median(rates["ours"]) / statistics.median(rates["bare"])
    print(f"ours takes {times:.2f} times as many")  # noqa: T201 - what it is for


def main():
    os.environ.setdefault("TEST_TEMPLATE", f"portal_template_{os.getpid()}")
    server_url()
    with tempfile.TemporaryDirectory() as folder:
        compare(Path(folder))
    for name in ["ours", "bare"]:
        drop(name)


if __name__ == "__main__":
    main()
