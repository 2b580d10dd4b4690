"""The files in content/: what is in them, and whether it has changed since it was loaded."""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

import yaml
from django.conf import settings
from django.core.exceptions import ValidationError

FOLDER = Path(settings.BASE_DIR) / "content"


class ContentError(Exception):
    """A content file that cannot be loaded; says which, and why."""

    def __init__(self, path, fault):
        if isinstance(fault, ValidationError):
            fault = "; ".join(fault.messages)
        super().__init__(f"content/{path}: {fault}")


@dataclass(frozen=True)
class Entry:
    """One page or word: its content address, and what its file says of it."""

    path: str
    says: dict

    @property
    def digest(self):
        """Tells whether the file has changed; what `covers` says matters to tests alone."""
        says = {name: value for name, value in self.says.items() if name != "covers"}
        text = json.dumps(says, sort_keys=True, default=str)
        return hashlib.sha256(text.encode()).hexdigest()


def read(path):
    """What one file says; nothing, if there is no such file."""
    file = FOLDER / path
    if not file.exists():
        return None
    try:
        return yaml.safe_load(file.read_text(encoding="utf-8"))
    except yaml.YAMLError as fault:
        raise ContentError(path, fault) from fault


def words(kind, language="en"):
    """The entries of one vocabulary, in the order of its file."""
    entries = read(f"{language}/words/{kind}.yaml") or []
    return [Entry(f"words/{kind}/{says['key']}", says) for says in entries]


def pages(language="en"):
    """The entries of all pages, a page before those below it, siblings in their order."""
    folder = FOLDER / language / "pages"
    entries = {}
    for file in folder.rglob("*.yaml"):
        address = file.relative_to(folder).with_suffix("").as_posix()
        says = read(file.relative_to(FOLDER))
        entries[address] = Entry(f"pages/{address}", says)

    def rank(address):
        parts = address.split("/")
        above = ["/".join(parts[: i + 1]) for i in range(len(parts))]
        orders = [
            entries[each].says.get("order", 99) for each in above if each in entries
        ]
        return (address != "home", len(parts), orders, address)

    return [entries[address] for address in sorted(entries, key=rank)]
