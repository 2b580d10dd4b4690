"""
What each role may do: the only place where this is said.

`manage.py sync_roles` makes the database match, and so does every `migrate`. Whatever
somebody changes by hand in a group is put back then: change it here instead.
"""

EDITOR, PUBLISHER, ADMINISTRATOR = ROLES = "Editor", "Publisher", "Administrator"

SAYS = {
    EDITOR: "writes pages, and puts in pictures and files; cannot publish",
    PUBLISHER: "also publishes, shows site alerts, keeps the words we use, sends to translation",
    ADMINISTRATOR: "also looks after accounts, numbers and addresses, redirects, languages",
}

LOOK = "view"
KEEP = "view add change delete"

# On things of a kind: what, and the acts of Editor, Publisher, Administrator
ON_MODELS = [
    ("wagtailadmin.admin", "access", "access", "access"),
    ("wagtail_localize.translation", "", "submit", "submit"),
    # Words we use
    ("core.organization", LOOK, KEEP, KEEP),
    ("core.population", LOOK, KEEP, KEEP),
    ("core.audience", LOOK, KEEP, KEEP),
    ("core.topic", LOOK, KEEP, KEEP),
    ("core.legalauthority", LOOK, KEEP, KEEP),
    ("core.glossaryterm", LOOK, KEEP, KEEP),
    # What the whole site shows
    ("core.sitealert", LOOK, KEEP, KEEP),
    ("core.portalsettings", "", "", "view change"),
    ("core.languageswitch", "", "", "view add change"),
    ("wagtailredirects.redirect", "", "", KEEP),
    ("wagtailcore.site", "", "", "view change"),
    # Who works here, and how work is passed on; accounts are never deleted
    ("accounts.user", "", "", "view add change"),
    ("wagtailcore.workflow", "", "", KEEP),
    ("wagtailcore.task", "", "", KEEP),
    ("wagtailcore.groupapprovaltask", "", "", KEEP),
]

# On every page of the tree
ON_PAGES = (
    "add change",
    "add change publish lock unlock bulk_delete",
    "add change publish lock unlock bulk_delete",
)

# On every collection of pictures and files; `add` alone lets one mend what one has added
ON_COLLECTIONS = [
    (
        "wagtailimages.image",
        "add choose",
        "add choose change delete",
        "add choose change delete",
    ),
    (
        "wagtaildocs.document",
        "add choose",
        "add choose change delete",
        "add choose change delete",
    ),
    ("wagtailcore.collection", "", "", "add change delete"),
]
