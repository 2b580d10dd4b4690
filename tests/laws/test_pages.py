"""What must hold of every type of page."""

import re
from collections import Counter
from urllib.parse import urlsplit

import html5lib
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Page

from home.models import HomePage
from tests.factories import (
    CHILD_MAKERS,
    CoursePageFactory,
    VideoPageFactory,
    language,
)
from tests.laws.conftest import EVERY_PAGE_TYPE, page_types
from trainings.models import TrainingIndexPage

HTML = "{http://www.w3.org/1999/xhtml}"


def parsed(text):
    return html5lib.parse(text)


def elements(tree, *names):
    wanted = {HTML + name for name in names}
    return [each for each in tree.iter() if each.tag in wanted]


def words(element):
    return " ".join("".join(element.itertext()).split())


@EVERY_PAGE_TYPE
def test_it_is_valid_html_without_a_doubled_id(html, page_type):
    text = html(page_type)
    html5lib.HTMLParser(strict=True).parse(text)

    ids = Counter(re.findall(r'\sid="([^"]+)"', text))
    assert [each for each, times in ids.items() if times > 1] == []


@EVERY_PAGE_TYPE
def test_it_has_one_h1_and_headings_in_order(html, page_type):
    tree = parsed(html(page_type))
    levels = [
        int(each.tag[-1]) for each in elements(tree, "h1", "h2", "h3", "h4", "h5", "h6")
    ]

    assert levels.count(1) == 1
    main = [
        int(each.tag[-1])
        for each in elements(elements(tree, "main")[0], "h1", "h2", "h3", "h4")
    ]
    assert main[0] == 1
    assert all(
        next_ <= level + 1 for level, next_ in zip(levels, levels[1:], strict=False)
    )


@EVERY_PAGE_TYPE
def test_its_heading_is_the_headline(html, site, page_type):
    tree = parsed(html(page_type))

    assert words(elements(tree, "h1")[0]) == site[page_type].headline


@EVERY_PAGE_TYPE
def test_machines_find_its_title_description_address_and_picture(html, site, page_type):
    tree = parsed(html(page_type))
    page = site[page_type]
    meta = {
        each.get("name") or each.get("property"): each.get("content")
        for each in elements(tree, "meta")
    }
    links = {each.get("rel"): each.get("href") for each in elements(tree, "link")}

    title = words(elements(tree, "title")[0])
    assert len(title) >= 20
    assert page.headline in title or page.title in title
    assert meta["description"] == page.search_description
    assert links["canonical"] == f"http://testserver{page.url}"
    assert meta["og:title"]
    assert meta["og:url"] == links["canonical"]
    assert meta["og:image"].startswith("http://testserver/static/")
    assert links["icon"]


def test_no_two_pages_share_a_title_or_description(html):
    trees = [parsed(html(page_type)) for page_type in page_types()]
    titles = [words(elements(tree, "title")[0]) for tree in trees]
    descriptions = [
        each.get("content")
        for tree in trees
        for each in elements(tree, "meta")
        if each.get("name") == "description"
    ]

    assert len(set(titles)) == len(titles)
    assert len(set(descriptions)) == len(descriptions) == len(trees)


@EVERY_PAGE_TYPE
def test_it_says_where_it_stands(html, site, page_type):
    page = site[page_type]
    tree = parsed(html(page_type))
    trail = [
        each
        for each in elements(tree, "nav")
        if each.get("aria-label") == "You are here"
    ]
    above = page.get_ancestors().filter(depth__gt=2)
    home = ["Home"] if page.depth > 2 else []

    assert [words(link) for nav in trail for link in elements(nav, "a")] == [
        *home,
        *(each.title for each in above),
    ]


@EVERY_PAGE_TYPE
def test_its_landmarks_have_names_of_their_own(html, page_type):
    tree = parsed(html(page_type))
    by_id = {each.get("id"): each for each in tree.iter() if each.get("id")}
    names = [
        each.get("aria-label") or words(by_id[each.get("aria-labelledby")])
        for each in elements(tree, "nav")
    ]
    # The sections stand in the bar or, on small screens, in the menu: one of them shows.
    names.remove("Sections")

    assert len(set(names)) == len(names)


@EVERY_PAGE_TYPE
def test_it_carries_no_inline_script_or_style(html, page_type):
    tree = parsed(html(page_type))

    assert elements(tree, "style") == []
    assert [each for each in elements(tree, "script") if not each.get("src")] == []
    for element in tree.iter():
        assert not [
            name for name in element.attrib if name == "style" or name.startswith("on")
        ]


@EVERY_PAGE_TYPE
def test_it_loads_nothing_from_elsewhere(html, page_type):
    tree = parsed(html(page_type))
    loaded = [each.get("src") for each in elements(tree, "script", "img", "source")]
    loaded += [
        each.get("href")
        for each in elements(tree, "link")
        if each.get("rel") in {"stylesheet", "icon", "preload"}
    ]

    assert {urlsplit(address or "").netloc for address in loaded} <= {"", "testserver"}
    assert elements(tree, "iframe", "object", "embed") == []


@EVERY_PAGE_TYPE
def test_a_reader_gets_no_cookie_and_a_strict_policy(site, db, page_type):
    response = Client().get(site[page_type].url)
    policy = response["Content-Security-Policy"]

    assert not response.cookies
    assert "Cookie" not in response.get("Vary", "")
    assert "Accept-Language" not in response.get("Vary", "")
    assert "unsafe" not in policy
    assert {part.strip() for part in policy.split(";")} == {
        "default-src 'none'",
        "script-src http://testserver/static/",
        "style-src http://testserver/static/",
        "font-src http://testserver/static/",
        "img-src http://testserver/static/ http://testserver/media/",
        "connect-src http://testserver/robots.txt",
        "form-action 'self'",
        "frame-ancestors 'self'",
        "base-uri 'none'",
    }
    assert response["Referrer-Policy"] == "same-origin"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=()" in response["Permissions-Policy"]


@EVERY_PAGE_TYPE
def test_a_sensitive_page_stays_in_no_store_and_shows_the_way_out(site, db, page_type):
    page = site[page_type]
    response = Client().get(page.url)

    assert ("no-store" in response.get("Cache-Control", "")) == page.sensitive
    assert ('href="/leave/"' in response.text) == page.sensitive


@EVERY_PAGE_TYPE
def test_a_second_visit_costs_no_second_copy(site, db, page_type):
    page = page_type.objects.get(pk=site[page_type].pk)
    page.sensitive = False  # what no store may keep, nobody asks for a second time
    page.save()
    first = Client().get(page.url)

    again = Client().get(page.url, headers={"if-none-match": first["ETag"]})

    assert again.status_code == 304


def cost(page):
    with CaptureQueriesContext(connection) as queries:
        response = Client().get(page.url)
    assert response.status_code == 200
    return len(queries)


@EVERY_PAGE_TYPE
def test_it_costs_the_same_with_5_and_with_50_children(site, db, page_type):
    page = site[page_type]
    make = CHILD_MAKERS.get(page_type)
    if make:
        for _ in range(5):
            make(parent=page)
    cost(page)  # fills what is looked up once in a process
    with_few = cost(page)
    if make:
        for _ in range(45):
            make(parent=page)

    assert cost(page) == with_few <= 25


@EVERY_PAGE_TYPE
def test_a_second_language_keeps_it_within_25_queries(site, db, page_type):
    """The English page that offers another language, and the page in that language."""
    page = site[page_type]
    for make in [VideoPageFactory, CoursePageFactory]:
        if page_type is TrainingIndexPage:
            make(parent=page)
    arabic = language("ar", site[HomePage])
    translated = page.get_translation_or_none(arabic)
    if translated is None:
        translated = page.copy_for_translation(arabic, copy_parents=True)
        Page.objects.filter(locale=arabic).update(live=True, alias_of=None)
    assert f'href="{translated.url}"' in Client().get(page.url).text

    for each in [page, translated]:
        cost(each)
        assert cost(each) <= 25


@EVERY_PAGE_TYPE
def test_it_opens_in_the_editor(site, editor, page_type):
    response = editor.get(reverse("wagtailadmin_pages:edit", args=[site[page_type].pk]))

    assert response.status_code == 200


@EVERY_PAGE_TYPE
def test_it_shows_in_the_preview(site, editor, page_type):
    page = site[page_type]
    page.save_revision()
    response = editor.get(reverse("wagtailadmin_pages:view_draft", args=[page.pk]))

    assert response.status_code == 200
    assert page.headline in response.text


@EVERY_PAGE_TYPE
def test_it_reads_well_when_every_field_that_may_be_empty_is_empty(site, db, page_type):
    page = page_type.objects.get(pk=site[page_type].pk)
    kept = {"id", "title", "slug", "summary", "path", "url_path", "draft_title"}
    for field in page._meta.concrete_fields:
        if field.blank and field.name not in kept and field.editable:
            empty = None if field.null else field.get_default()
            if field.get_internal_type() in {"CharField", "TextField"}:
                empty = ""
            setattr(page, field.name, empty)
    page.live = True
    for relation in page_type._meta.related_objects:
        if relation.get_accessor_name() in {"organizations", "topics", "populations"}:
            getattr(page, relation.get_accessor_name()).all().delete()
    page.save()

    response = Client().get(page.url)

    assert response.status_code == 200
    assert "None" not in response.text
    html5lib.HTMLParser(strict=True).parse(response.text)
