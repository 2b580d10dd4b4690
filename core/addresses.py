"""Content addresses: the names by which the content files and the code know a page."""

from uuid import NAMESPACE_URL, UUID, uuid5

NAMESPACE = uuid5(NAMESPACE_URL, "crcl_portal/content")

# First parts of addresses that the portal answers itself; no page may take them.
RESERVED_SLUGS = {
    ".well-known",
    "admin",
    "ar",
    "documents",
    "es",
    "feedback",
    "for",
    "healthz",
    "interest",
    "leave",
    "media",
    "search",
    "site-map",
    "static",
    "topics",
    "robots.txt",
    "sitemap.xml",
    "opensearch.xml",
}


def translation_key(path: str) -> UUID:
    """The key that pairs a page or word with its translations, made from its content path."""
    return uuid5(NAMESPACE, path)


# Pages that templates link to by name, wherever editors have moved them.
NAMED = [
    "about",
    "accessibility",
    "complaints",
    "contact",
    "get-involved",
    "glossary",
    "ngo-committee",
    "privacy",
    "programs",
    "staying-safe",
    "training",
    "website-policies",
]
NAMED_KEYS = {translation_key(f"pages/{name}"): name for name in NAMED}

DEMO_ALERT = translation_key("demo/alert")  # an example, which settles nothing
