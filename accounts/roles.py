"""
What each role may do: the only place where this is said.

`manage.py sync_roles` makes the database match, and so does every `migrate`. Whatever
somebody changes by hand in a group is put back then: change it here instead.
"""

EDITOR, PUBLISHER, ADMINISTRATOR = "Editor", "Publisher", "Administrator"
INTAKE, AUDITOR = "Intake officer", "Auditor"
ROLES = EDITOR, PUBLISHER, ADMINISTRATOR, INTAKE, AUDITOR

SAYS = {
    EDITOR: "writes pages, and puts in pictures and files; cannot publish",
    PUBLISHER: "also publishes, shows site alerts, keeps the words we use, sends to translation",
    ADMINISTRATOR: "also looks after accounts, numbers and addresses, redirects, languages",
    INTAKE: "reads and handles what people send us; changes no page",
    AUDITOR: "looks at records and at what was done with them; changes nothing",
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
    ("contact.feedbackreason", LOOK, KEEP, KEEP),
    # What the whole site shows
    ("core.sitealert", LOOK, KEEP, KEEP),
    ("wagtailsearchpromotions.searchpromotion", "", KEEP, KEEP),
    ("core.portalsettings", "", "", "view change"),
    ("core.languageswitch", "", "", "view add change"),
    ("wagtailredirects.redirect", "", "", KEEP),
    ("wagtailcore.site", "", "", "view change"),
    ("backups.drill", "", "", LOOK),
    # Who works here, and how work is passed on; accounts are never deleted
    ("accounts.user", "", "", "view add change"),
    ("wagtailcore.workflow", "", "", KEEP),
    ("wagtailcore.task", "", "", KEEP),
    ("wagtailcore.groupapprovaltask", "", "", KEEP),
]

# On records: what, and the acts of Administrator, Intake officer, Auditor. Whoever edits
# pages reaches nothing of what people sent us.
ON_RECORDS = [
    ("wagtailadmin.admin", "", "access", "access"),
    ("contact.interest", "", "view add change export", "view"),
    ("mailing.mail", "view change", "view change address", "view address"),
    ("records.privacynotice", "view add change", LOOK, LOOK),
    ("records.informationcollection", "view add change", LOOK, LOOK),
]


# On every page of the tree: Editor, Publisher, Administrator
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


WEBSITE, RECORDS = (EDITOR, PUBLISHER, ADMINISTRATOR), (ADMINISTRATOR, INTAKE, AUDITOR)


def acts_on_models(role):
    """(what, acts) of a role on things of a kind."""
    yield from _column(ON_MODELS, WEBSITE, role)
    yield from _column(ON_RECORDS, RECORDS, role)


def acts_on_pages(role):
    return _column([("wagtailcore.page", *ON_PAGES)], WEBSITE, role)


def acts_on_collections(role):
    return _column(ON_COLLECTIONS, WEBSITE, role)


def _column(rows, columns, role):
    if role in columns:
        place = columns.index(role)
        yield from ((thing, acts[place]) for thing, *acts in rows)
