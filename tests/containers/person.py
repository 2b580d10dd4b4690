"""Sends expressions of interest to a portal: `person.py ADDRESS HOW_MANY`; fails if one is not kept."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.interest import hidden, start
from tests.visiting import Visitor

address, times = sys.argv[1], int(sys.argv[2])
for _ in range(times):
    visitor = Visitor(address)
    checked = visitor.post("/interest/check/", start(visitor))
    kept = visitor.post("/interest/check/", hidden(checked) | {"send": "yes"})
    if "EOI-" not in kept.text:
        sys.exit(f"{kept.status_code}: not kept")
