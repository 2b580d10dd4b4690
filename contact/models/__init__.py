"""What the public sends us, and the page that says how."""

from .feedback import FeedbackReason, PageFeedback
from .interest import MOST_CHARACTERS, WANTS, Interest, InterestTopic
from .page import ContactPage

__all__ = [
    "MOST_CHARACTERS",
    "WANTS",
    "ContactPage",
    "Interest",
    "InterestTopic",
    "FeedbackReason",
    "PageFeedback",
]
