"""What must hold of every block that pages are made of."""

import html5lib
import pytest
from django.test import RequestFactory
from django.utils.translation import override
from wagtail.blocks import CharBlock, ListBlock, StreamBlock, StructBlock
from wagtail.images.blocks import ImageBlock

from core.blocks import BodyBlock, DoorBlock, FunctionBlock
from core.models import PortalImage
from home.models import HomePage
from tests.pictures import picture

HTML = "{http://www.w3.org/1999/xhtml}"
BODY = BodyBlock().child_blocks
ANCHOR = "section-12345678"
# Drawn by the home page itself, so without a template.
OF_THE_HOME_PAGE = {"door": DoorBlock(), "function": FunctionBlock()}
EVERY_BODY_BLOCK = pytest.mark.parametrize("block", BODY.values(), ids=BODY)
EVERY_BLOCK = pytest.mark.parametrize(
    "block",
    [*BODY.values(), *OF_THE_HOME_PAGE.values()],
    ids=[*BODY, *OF_THE_HOME_PAGE],
)


def empty(block, items=0):
    """A value of a block as an editor may leave it: lists of empty items, if of any."""
    if isinstance(block, StructBlock) and not isinstance(block, ImageBlock):
        return {name: empty(each, items) for name, each in block.child_blocks.items()}
    if isinstance(block, ListBlock | StreamBlock):
        return [empty(block.child_block, items)] * items
    return "" if isinstance(block, CharBlock) else None


def drawn(block, raw, anchor=ANCHOR):
    request = RequestFactory().get("/")
    context = {"anchor": anchor, "request": request}
    with override("en"):  # whatever language an earlier request has left behind
        return str(block.render(block.to_python(raw), context=context))


def parsed(fragment):
    """The tree of a fragment that any strict reader takes as it is."""
    return html5lib.HTMLParser(strict=True).parseFragment(fragment)


def elements(tree, name):
    return list(tree.iter(HTML + name))


@EVERY_BLOCK
def test_an_editor_can_tell_it_apart(block):
    """Its sign, its name, what it is for, and how it looks in the chooser."""
    assert block.meta.icon not in {"", "placeholder"}
    assert block.label[0].isupper()
    assert len(block.meta.description) >= 20
    assert block.meta.description.endswith(".")
    assert block.get_preview_value()


def test_no_two_blocks_look_the_same_in_the_chooser():
    descriptions = [block.meta.description for block in BODY.values()]
    labels = [block.label for block in BODY.values()]

    assert len(set(descriptions)) == len(descriptions)
    assert len(set(labels)) == len(labels)


def test_the_home_page_takes_the_blocks_this_law_reads():
    for name, field in [("door", "doors"), ("function", "functions")]:
        stream = HomePage._meta.get_field(field).stream_block
        assert list(stream.child_blocks) == [name]


@pytest.mark.parametrize("name", BODY)
def test_it_has_one_template_that_bears_its_name(name):
    assert BODY[name].meta.template == f"blocks/{name}.html"


@EVERY_BODY_BLOCK
def test_its_example_is_valid_html(db, block):
    fragment = drawn(block, block.get_prep_value(block.get_preview_value()))

    parsed(fragment)
    assert "None" not in fragment
    if not isinstance(block.child_blocks.get("image"), ImageBlock):
        assert fragment.strip()  # the example of a picture waits for a picture


@EVERY_BODY_BLOCK
@pytest.mark.parametrize("items", [0, 1, 2])
@pytest.mark.parametrize("anchor", [ANCHOR, ""])
def test_it_is_drawn_with_every_value_empty(db, block, items, anchor):
    fragment = drawn(block, empty(block, items), anchor)

    parsed(fragment)
    assert "None" not in fragment
    assert "<h2" not in fragment


@EVERY_BODY_BLOCK
def test_each_value_may_be_empty_beside_the_others(db, block):
    whole = block.get_prep_value(block.get_preview_value())
    for name, child in block.child_blocks.items():
        fragment = drawn(block, whole | {name: empty(child)})
        parsed(fragment)
        assert "None" not in fragment, name


@pytest.mark.parametrize("name", BODY)
def test_a_value_that_was_never_stored_is_empty(db, name):
    """As of blocks that are older than a field, or came from a file without it."""
    block = BODY[name]
    whole = block.get_prep_value(block.get_preview_value())
    kept = [{}, *({k: whole[k] for k in whole if k != left_out} for left_out in whole)]
    for raw in kept:
        fragment = drawn(block, raw)
        parsed(fragment)
        assert "None" not in fragment


@EVERY_BODY_BLOCK
def test_words_of_an_editor_are_never_markup(db, block):
    """Plain fields are escaped; what a rich one may hold, its converter has seen to."""
    mark = '<script>alert("x")</script>'
    raw = block.get_prep_value(block.get_preview_value())
    plain = {
        name: mark
        for name, child in block.child_blocks.items()
        if type(child).__name__ in {"CharBlock", "HeadingBlock"}
    }
    fragment = drawn(block, raw | plain)

    assert "<script" not in fragment
    parsed(fragment)


@EVERY_BODY_BLOCK
def test_a_heading_of_a_section_has_the_id_of_its_block(db, block):
    if "heading" not in block.child_blocks:
        return
    raw = block.get_prep_value(block.get_preview_value()) | {"heading": "Here it is"}
    headings = elements(parsed(drawn(block, raw)), "h2")

    assert len(headings) == 1
    assert ANCHOR in headings[0].get("id")


def table(**values):
    raw = {
        "heading": "",
        "caption": "Who sits on the Council",
        "columns": ["Seat", "Capacity"],
        "rows": [{"cells": ["Officer", "Co-chair"]}, {"cells": ["Chief", ""]}],
        "row_headers": True,
    }
    return parsed(drawn(BODY["table"], raw | values))


def test_a_wide_table_scrolls_by_itself_by_keyboard_and_has_a_name(db):
    tree = table()
    region = next(each for each in tree.iter() if each.get("role") == "region")
    caption = elements(tree, "caption")[0]

    assert region.get("tabindex") == "0"
    assert region.get("aria-labelledby") == caption.get("id")
    assert elements(region, "table")
    assert "".join(caption.itertext()) == "Who sits on the Council"


@pytest.mark.parametrize(
    ("values", "name"),
    [({"caption": "", "heading": "Who sits"}, "Who sits"), ({"caption": ""}, "Table")],
)
def test_a_table_without_a_caption_still_has_a_name(db, values, name):
    region = next(each for each in table(**values).iter() if each.get("role"))

    assert region.get("aria-label") == name


def test_each_cell_of_a_table_is_under_its_header(db):
    tree = table()
    columns = [each for each in elements(tree, "th") if each.get("scope") == "col"]
    rows = [each for each in elements(tree, "th") if each.get("scope") == "row"]

    assert ["".join(each.itertext()) for each in columns] == ["Seat", "Capacity"]
    assert ["".join(each.itertext()) for each in rows] == ["Officer", "Chief"]
    assert len(elements(tree, "td")) == 2
    assert len(elements(table(row_headers=False), "th")) == 2


@pytest.mark.parametrize("kind", ["information", "warning", "emergency"])
def test_the_kind_of_an_alert_stands_in_words(db, kind):
    raw = {"kind": kind, "heading": "Ended", "text": "<p>It has ended.</p>"}
    tree = parsed(drawn(BODY["alert"], raw))

    heading = " ".join("".join(elements(tree, "h2")[0].itertext()).split())
    assert heading == f"{kind.capitalize()}: Ended"
    assert not [each for each in tree.iter() if each.get("role") == "alert"]


@pytest.mark.parametrize("alt", ["An open door", ""])
def test_a_picture_says_what_it_shows_or_nothing_where_it_is_decoration(db, alt):
    image = PortalImage.objects.create(
        title="door", file=picture(), description="A door"
    )
    raw = {
        "image": {"image": image.pk, "alt_text": alt, "decorative": not alt},
        "caption": "A door",
    }
    shown = elements(parsed(drawn(BODY["image"], raw)), "img")[0]

    assert shown.get("alt") == alt
    assert shown.get("width")
    assert shown.get("height")


def test_a_picture_that_is_decoration_stays_so(db):
    image = PortalImage.objects.create(
        title="door", file=picture(), description="A door"
    )
    PortalImage.objects.filter(pk=image.pk).update(description="", is_decoration=True)

    assert PortalImage.objects.get(pk=image.pk).is_decoration


def test_answers_open_without_script_and_keep_their_headings(db):
    block = BODY["accordion"]
    tree = parsed(drawn(block, block.get_prep_value(block.get_preview_value())))

    for details in elements(tree, "details"):
        assert elements(elements(details, "summary")[0], "h3")
        assert details.get("open") is None


@pytest.mark.parametrize("name", ["items", "accordion"])
def test_a_list_that_loses_its_marks_keeps_its_role(db, name):
    block = BODY[name]
    tree = parsed(drawn(block, block.get_prep_value(block.get_preview_value())))

    for each in [*elements(tree, "ol"), *elements(tree, "ul")]:
        if each.get("class"):
            assert each.get("role") == "list"
