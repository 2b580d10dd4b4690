"""
What lower apps ask of those above them, since imports only point downward.

Each name is a `wagtail.hooks` name; a function registered under it is called with
the arguments given here. `register` is `wagtail.hooks.register`.
"""

from dataclasses import dataclass

from wagtail import hooks

PUBLISH_CHECK = "publish_check"
"""`check(page)` gives sentences that say why the page may not go live; none, if it may."""

RELATED_TO = "related_to"
"""`related(page)` gives pages a reader of `page` may want next, best first."""

BEFORE_LAUNCH = "before_launch"
"""`gaps()` gives `Gap`s: what a person must still settle before the public comes."""

CLOCK_JOB = "clock_job"
"""`job()` does what is due; the clock calls it every minute, so it must be idempotent."""

HEALTH_PART = "health_part"
"""`part()` says how a part of the portal is, for anybody to read; raises `health.Unwell`."""

AFTER_RESTORE = "after_restore"
"""`act(manifest)` does anew what was done after a backup was made, such as disposals."""

register = hooks.register


@dataclass(frozen=True)
class Gap:
    """Something that only a person can settle; `url` leads to where that is done."""

    group: str
    what: str
    why: str
    url: str
    permission: str = ""  # whoever lacks it is not asked


def ask(name, *args):
    """Everything that the functions registered under a hook answer, one after another."""
    return [answer for fn in hooks.get_hooks(name) for answer in fn(*args)]
