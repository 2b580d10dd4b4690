"""A real portal, gunicorn and all, on a database of its own, and a browser in front of it."""

import os
import shutil
from functools import partial
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

from tests import running
from tests.database import content_template, copy, database_url, drop
from tests.running import ROOT

# The first has no windows at all and is a third quicker.
CHROMIUM = (
    shutil.which("chromium-headless-shell")
    or shutil.which("chromium")
    or shutil.which("chromium-browser")
)
MUST_RUN = os.environ.get("CI") or os.environ.get("REQUIRE_BROWSER")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.hookimpl(tryfirst=True)  # before pytest-xdist looks for groups
def pytest_collection_modifyitems(items):
    """One portal, one browser: all its tests in one process, and skipped without Chromium."""
    for item in items:
        if ROOT / "tests" / "browser" not in Path(item.path).parents:
            continue
        item.add_marker(pytest.mark.browser)
        item.add_marker(pytest.mark.xdist_group("browser"))
        if not CHROMIUM and not MUST_RUN:
            reason = (
                "NO CHROMIUM: the browser's journeys did not run (install chromium)"
            )
            item.add_marker(pytest.mark.skip(reason=reason))


@pytest.fixture(scope="package")
def environment(tmp_path_factory):
    """What the portal reads from its environment, a database and an address among it."""
    name = f"browser_{os.getpid()}"
    copy(name, content_template())
    folder = tmp_path_factory.mktemp("portal")
    yield running.environment(folder, database_url(name))
    drop(name)


@pytest.fixture(scope="package")
def run(environment):
    """Runs Python beside the portal: on its database, with its settings."""
    return partial(running.python, environment)


@pytest.fixture(scope="package")
def portal(environment, run):
    """The address of a real portal, filled as `make run` fills it, and in pseudo-Arabic."""
    run("-m", "tests.browser.seed")
    with running.serving(environment):
        yield environment["BASE_URL"]


@pytest.fixture(scope="package")
def chromium():
    assert CHROMIUM, "CI and REQUIRE_BROWSER want the browser's tests: install chromium"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(params=[1280, 320], ids=["wide", "narrow"])
def width(request):
    return request.param


def _open(chromium, portal, width, **options):
    context = chromium.new_context(
        base_url=portal, viewport={"width": width, "height": 900}, **options
    )
    context.set_default_timeout(15_000)
    return context


@pytest.fixture
def visitor(chromium, portal, width):
    """A visitor's page, at both widths; whatever breaks the policy or the script is noted."""
    context = _open(chromium, portal, width)
    page = context.new_page()
    page.faults = []
    page.on("pageerror", lambda fault: page.faults.append(str(fault)))
    page.on("console", lambda said: _note_error(said, page.faults))
    yield page
    context.close()
    assert page.faults == []


def _note_error(said, faults):
    # The console takes a form that is refused for a failure to load.
    if said.type == "error" and "422" not in said.text:
        faults.append(said.text)


@pytest.fixture(params=["script off", "script blocked"])
def plain_visitor(request, chromium, portal, width):
    """A visitor whose browser runs no script, or to whom the script files never come."""
    context = _open(
        chromium, portal, width, java_script_enabled=request.param != "script off"
    )
    context.route("**/*.js", lambda route: route.abort())
    yield context.new_page()
    context.close()


@pytest.fixture
def open_desk(chromium, portal):
    """
    Opens a page of somebody at a desk, not signed in yet, in a browser of their own.

    No script of theirs may fail, no policy be broken, and no other host be asked, in
    frames and windows as well.
    """
    contexts, faults = [], []

    def open_desk():
        context = _open(chromium, portal, 1280)
        contexts.append(context)
        context.on("weberror", lambda fault: faults.append(str(fault.error)))
        context.on("request", lambda asked: _note_stranger(asked.url, portal, faults))
        context.expose_binding("policyBroken", lambda _page, what: faults.append(what))
        context.add_init_script(TELL_VIOLATIONS)
        return context.new_page()

    yield open_desk
    for context in contexts:
        context.close()
    assert faults == []


TELL_VIOLATIONS = """
addEventListener("securitypolicyviolation", fault => policyBroken(
  `${fault.effectiveDirective} ${fault.blockedURI} on ${fault.documentURI}`))
"""


def _note_stranger(address, portal, faults):
    if not address.startswith((f"{portal}/", "data:", "blob:", "about:")):
        faults.append(f"{address} was asked")


@pytest.fixture
def staff(open_desk):
    """A page of somebody at a desk, not signed in yet."""
    return open_desk()


AXE = Axe()
# How many were closed.
OPEN_ALL = """
[...document.querySelectorAll("details:not([open])")].map(each => { each.open = true })
  .length"""


def _violations(page):
    found = AXE.run(page, options={"resultTypes": ["violations"]})
    return found.generate_report() if found.violations_count else ""


@pytest.fixture
def assert_accessible():
    """Fails for any axe violation, as the page is and with everything on it open."""

    def check(page, opened=True):
        found = _violations(page)
        if opened and page.evaluate(OPEN_ALL):
            found += _violations(page)
        assert found == ""
        assert_no_sideways_scroll(page)

    return check


def assert_no_sideways_scroll(page):
    page.wait_for_load_state()  # with its style sheet
    wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    assert wide <= 0, f"{page.url} is {wide} px wider than the window"
