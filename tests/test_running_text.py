"""What visitors are told by links in running text, and videos in any language."""

import pytest
from wagtail.rich_text import RichText

from tests import factories
from trainings.models import VideoVersion

MARK = "(another website)"


@pytest.mark.parametrize(
    ("link", "is_elsewhere"),
    [
        ('<a href="https://www.uscis.gov/">USCIS</a>', True),
        ('<a href="http://www.uscis.gov/i-9?a=1#b">the <b>form</b></a>', True),
        ('<a href="https://testserver/about/">about us</a>', False),
        ('<a href="https://testserver.example/">not us</a>', True),
        ('<a href="/about/">about us</a>', False),
        ('<a href="tel:+18666448360">1-866-644-8360</a>', False),
        ('<a href="mailto:crcl@example.gov">write</a>', False),
    ],
)
def test_a_link_that_leaves_says_so(settings, link, is_elsewhere):
    settings.WAGTAILADMIN_BASE_URL = "https://testserver"
    text = str(RichText(f"<p>See {link}, and more.</p>").__html__())

    assert (MARK in text) == is_elsewhere
    if is_elsewhere:
        assert text.index("</a>") < text.index(MARK) < text.index(", and more")


def test_each_of_two_links_says_where_it_leads():
    one, two = (
        '<a href="https://a.example/">a</a>',
        '<a href="https://b.example/">b</a>',
    )

    assert RichText(f"<p>{one} and {two}</p>").__html__().count(MARK) == 2


@pytest.mark.parametrize(
    ("code", "name", "direction"),
    [
        ("ht", "Kreyòl ayisyen", "ltr"),
        ("prs", "دری", "rtl"),
        ("zh-hans", "简体中文", "ltr"),
    ],
)
def test_a_video_speaks_a_language_that_the_portal_does_not(
    client, home, code, name, direction
):
    library = factories.TrainingIndexPageFactory(parent=home)
    video = factories.VideoPageFactory(parent=library)
    video.versions = [VideoVersion(language=code, locale=video.locale)]
    video.save()

    mark = f'<span lang="{code}" dir="{direction}">{name}</span>'
    for address in [video.url, library.url, f"{library.url}?language={code}"]:
        assert mark in client.get(address).text
