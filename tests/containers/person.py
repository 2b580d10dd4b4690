"""Sends expressions of interest to a portal: `person.py ADDRESS HOW_MANY`; fails if one is not kept."""

import sys
import time
from pathlib import Path
from uuid import uuid4

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.interest import hidden, start
from tests.visiting import Visitor

address, times = sys.argv[1], int(sys.argv[2])
PATIENCE = 10  # times that a person presses Send again, where they are told to
for _ in range(times):
    visitor = Visitor(address)
    words = {"statement": f"We help workers. {uuid4()}"}
    for _again in range(PATIENCE):
        checked = visitor.post("/interest/check/", start(visitor) | words)
        kept = visitor.post("/interest/check/", hidden(checked) | {"send": "yes"})
        if "EOI-" in kept.text:
            break
        time.sleep(1)
    else:
        sys.exit(f"{kept.status_code}: not kept")
