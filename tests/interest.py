"""What a person sends, and how tests send it."""

import html5lib

from tests.reading import HTML

ANSWERS = {
    "wants": ["committee"],
    "name": "Ada Lovelace",
    "organization": "River Valley Workers’ Center",
    "email": "Ada@Example.org",
    "preferred_language": "en",
    "statement": "We help workers.\r\nWe would like to take part.",
}


def page(response):
    return html5lib.parse(response.text)


def hidden(response):
    """What a page carries on to the next, by name."""
    carried = {}
    for each in page(response).iter(f"{HTML}input"):
        if each.get("type") == "hidden":
            carried.setdefault(each.get("name"), []).append(each.get("value") or "")
    return carried


def start(client, path="/interest/", **answers):
    """What somebody would post from the form, filled in."""
    return hidden(client.get(path)) | ANSWERS | answers


def check(client, path="/interest/", **answers):
    """The page that shows the answers once more."""
    return client.post(f"{path}check/", start(client, path, **answers))


def send(client, path="/interest/", **answers):
    """From the empty form to the reference; answers with the last page."""
    carried = hidden(check(client, path, **answers))
    return client.post(f"{path}check/", carried | {"send": "yes"}, follow=True)
