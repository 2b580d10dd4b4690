"""How a visitor narrows a list: questions with answers to tick, by address alone."""

from dataclasses import dataclass, field


@dataclass
class Choice:
    """One value of a facet, and the address that ticks or clears it."""

    value: str
    label: str
    count: int
    checked: bool
    url: str
    language: str = ""


@dataclass
class Facet:
    """A question that a list can be asked, such as "For whom?"."""

    name: str
    label: str
    choices: list[Choice] = field(default_factory=list)
