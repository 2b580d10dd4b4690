"""Answers “Was this page helpful?” as a browser would, without cookie or token."""

from contact.models import PageFeedback

HERE = {"sec-fetch-site": "same-origin"}


def answer(visitor, page, address="/feedback/", **sent):
    return visitor.post(address, {"page": getattr(page, "pk", page), **sent})


def counted(page):
    """(helpful, reason) to how often, of one page."""
    counters = PageFeedback.objects.filter(page=page)
    return {(each.helpful, each.reason_id): each.count for each in counters}
