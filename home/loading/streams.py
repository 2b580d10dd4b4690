"""From plain YAML to what a StreamField keeps, with ids that stay the same when reloaded."""

import re
from uuid import uuid5

import nh3
from django.core.exceptions import ValidationError
from wagtail.blocks import (
    CharBlock,
    ListBlock,
    PageChooserBlock,
    RichTextBlock,
    StreamBlock,
    StructBlock,
)

TAGS = {"a", "b", "br", "h3", "i", "li", "ol", "p", "ul"}
PAGE_LINK = re.compile(r'href="page:([^"#]*)"')


class Streams:
    """Turns values of content files into values of fields; knows the pages by address."""

    def __init__(self, page_ids):
        self.page_ids = page_ids

    def value(self, field, says, key):
        """The value of a StreamField, checked as the editor would check it."""
        raw = self._raw(field.stream_block, says, key, field.name)
        value = field.to_python(raw)
        field.stream_block.clean(value)
        return value

    def rich_text(self, html):
        """
        Only what an editor could have written: Wagtail's own filter lets all through.

        `<a href="page:complaints">` leads to a page of ours wherever it is moved.
        """
        clean = nh3.clean(
            html.strip(),
            tags=TAGS,
            attributes={"a": {"href"}},
            url_schemes={"https", "mailto", "page", "tel"},
            link_rel=None,
        )
        return PAGE_LINK.sub(
            lambda link: f'linktype="page" id="{self._page_id(link[1])}"', clean
        )

    def _page_id(self, address):
        if address not in self.page_ids:
            raise ValidationError(f"there is no page {address}")
        return self.page_ids[address]

    def _raw(self, block, says, key, path):
        if isinstance(block, StreamBlock):
            return [
                self._child(block, name, value, key, f"{path}.{n}")
                for n, one in enumerate(says)
                for name, value in one.items()
            ]
        if isinstance(block, ListBlock):
            return [
                {
                    "type": "item",
                    "value": self._raw(block.child_block, value, key, f"{path}.{n}"),
                    "id": str(uuid5(key, f"{path}.{n}")),
                }
                for n, value in enumerate(says)
            ]
        if isinstance(block, StructBlock):
            unknown = set(says) - set(block.child_blocks)
            if unknown:
                raise ValidationError(f"{path} has no {', '.join(sorted(unknown))}")
            # A text the file leaves out is empty, as the editor would leave it.
            empty = {
                name: ""
                for name, child in block.child_blocks.items()
                if isinstance(child, CharBlock | RichTextBlock)
            }
            return empty | {
                name: self._raw(block.child_blocks[name], value, key, f"{path}.{name}")
                for name, value in says.items()
            }
        if isinstance(block, PageChooserBlock):
            return self._page_id(says)
        if isinstance(block, RichTextBlock):
            return self.rich_text(says)
        return says

    def _child(self, block, name, value, key, path):
        if name not in block.child_blocks:
            raise ValidationError(f"{path}: there is no block {name}")
        return {
            "type": name,
            "value": self._raw(block.child_blocks[name], value, key, path),
            "id": str(uuid5(key, path)),
        }
