"""What the public sends us, and the page that says how."""

from .page import ContactPage

__all__ = ["ContactPage"]
