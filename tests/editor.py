"""The page editor as a browser without script would send it back."""

from bs4 import BeautifulSoup


def fields(response):
    """Every field of an editor's form, as it was shown."""
    form = BeautifulSoup(response.content, "html.parser").select_one(
        "form[data-edit-form]"
    )
    sent = {}
    for each in form.find_all(["input", "textarea", "select"]):
        if each.get("type") in {"checkbox", "submit"} or not each.get("name"):
            continue
        sent[each["name"]] = (
            each.get("value", "") if each.name == "input" else each.text.strip()
        )
    return sent
