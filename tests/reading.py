"""Reads the portal as machines do."""

from xml.etree import ElementTree as ET

import html5lib
from django.db import connection
from django.test.utils import CaptureQueriesContext

SITEMAP = {
    "s": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "x": "http://www.w3.org/1999/xhtml",
}
HTML = "{http://www.w3.org/1999/xhtml}"


def sitemap(client):
    """Address to (last change, alternates) as the sitemap has them."""
    response = client.get("/sitemap.xml")
    assert response.status_code == 200
    assert response["Content-Type"] == "application/xml"
    entries = ET.fromstring(response.content).findall("s:url", SITEMAP)  # noqa: S314
    return {
        entry.findtext("s:loc", namespaces=SITEMAP): (
            entry.findtext("s:lastmod", namespaces=SITEMAP),
            {
                link.get("hreflang"): link.get("href")
                for link in entry.findall("x:link", SITEMAP)
            },
        )
        for entry in entries
    }


def head(client, path):
    """The links and metadata of a page by name, and its hreflang links by language."""
    response = client.get(path)
    assert response.status_code == 200
    tree = html5lib.parse(response.text)
    links = list(tree.iter(f"{HTML}link"))
    meta = {
        each.get("name") or each.get("property"): each.get("content")
        for each in tree.iter(f"{HTML}meta")
    }
    meta["title"] = next(tree.iter(f"{HTML}title")).text
    meta["h1"] = [
        " ".join("".join(e.itertext()).split()) for e in tree.iter(f"{HTML}h1")
    ]
    meta["canonical"] = next(
        (each.get("href") for each in links if each.get("rel") == "canonical"), None
    )
    languages = {
        each.get("hreflang"): each.get("href")
        for each in links
        if each.get("rel") == "alternate"
    }
    return meta, languages


def cost(client, path):
    with CaptureQueriesContext(connection) as queries:
        assert client.get(path).status_code == 200
    return len(queries)
