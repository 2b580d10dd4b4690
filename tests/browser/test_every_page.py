"""Every page of the real content, in English and in pseudo-Arabic, as a browser draws it."""

import re

import pytest

from tests.browser.conftest import OPEN_ALL, assert_no_sideways_scroll

LISTING = re.compile(r"^(/\w\w)?/(for|topics)/")


@pytest.fixture
def addresses(visitor):
    """What the sitemap lists, by language; of listings, which are all alike, every fifth."""
    listed = visitor.request.get("/sitemap.xml").text()
    paths = re.findall(r"<loc>https?://[^/]+(/[^<]*)</loc>", listed)
    listings = [path for path in paths if LISTING.match(path)]
    paths = [path for path in paths if path not in listings] + listings[::5]
    return {
        "en": [path for path in paths if not path.startswith(("/ar/", "/es/"))],
        "ar": [path for path in paths if path.startswith("/ar/")],
    }


def test_every_page_is_accessible_and_keeps_its_policy(
    visitor, addresses, assert_accessible
):
    """The fixture fails for any error in the console, a policy's violation among them."""
    asked = set()
    visitor.on(
        "request", lambda request: asked.add(re.sub(r"(//[^/]+).*", r"\1", request.url))
    )
    assert len(addresses["en"]) >= 25
    for path in addresses["en"]:
        assert visitor.goto(path).status == 200
        visitor.evaluate(OPEN_ALL)
        assert_accessible(visitor)
    assert len(asked) == 1


def test_every_page_reads_from_the_right_in_arabic(
    visitor, addresses, assert_accessible
):
    # Words stand in English there, so there are no Arabic listings of them.
    pages = [path for path in addresses["en"] if not LISTING.match(path)]
    assert len(addresses["ar"]) == len(pages)
    for number, path in enumerate(addresses["ar"]):
        assert visitor.goto(path).status == 200
        root = visitor.locator("html")
        assert root.get_attribute("dir") == "rtl"
        assert root.get_attribute("lang") == "ar"
        assert_no_sideways_scroll(visitor)
        if number % 4 == 0:
            visitor.evaluate(OPEN_ALL)
            assert_accessible(visitor)


def test_the_first_view_is_light(visitor):
    """At most 120 KB for a first visit, as it travels."""
    session = visitor.context.new_cdp_session(visitor)
    session.send("Network.enable")
    sizes = []
    session.on(
        "Network.loadingFinished",
        lambda event: sizes.append(event["encodedDataLength"]),
    )
    visitor.goto("/", wait_until="networkidle")

    assert 0 < sum(sizes) <= 120 * 1024
