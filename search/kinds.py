"""What sorts of thing there are to find, in the order in which a visitor is offered them."""

from django.utils.translation import gettext_lazy as _

from committee.models import CommitteePage
from core.models import GlossaryTerm, LegalAuthority, PortalDocument
from programs.models import BodyPage, ProgramIndexPage, ProgramPage
from trainings.models import CoursePage, VideoPage

PAGE = "page"  # of any other type
# Name in addresses: one, many.
KINDS = {
    "program": (_("Program"), _("Programs")),
    "body": (_("Council or group"), _("Councils and groups")),
    "course": (_("Course"), _("Courses")),
    "video": (_("Video"), _("Videos")),
    "document": (_("Document"), _("Documents")),
    "glossary": (_("Glossary"), _("Glossary")),
    "law": (_("Law or standard"), _("Law and standards")),
    PAGE: (_("Page"), _("Pages")),
}
OF_MODELS = {
    ProgramIndexPage: "program",
    ProgramPage: "program",
    BodyPage: "body",
    CommitteePage: "body",
    CoursePage: "course",
    VideoPage: "video",
    GlossaryTerm: "glossary",
    LegalAuthority: "law",
    PortalDocument: "document",
}


def kind_of(thing):
    return OF_MODELS.get(type(thing), PAGE)
