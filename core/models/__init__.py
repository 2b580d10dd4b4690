from .clock import ClockJob
from .language import LanguageSwitch
from .media import PortalDocument, PortalImage, PortalRendition
from .notices import SiteAlert
from .page import BasePage, PublishRefused
from .portal import PortalSettings
from .relations import (
    PageAudience,
    PageAuthority,
    PageOrganization,
    PagePopulation,
    PageTopic,
)
from .vocabulary import (
    Audience,
    GlossaryTerm,
    LegalAuthority,
    Organization,
    Population,
    SharedWords,
    Topic,
)

__all__ = [
    "Audience",
    "BasePage",
    "ClockJob",
    "GlossaryTerm",
    "LanguageSwitch",
    "LegalAuthority",
    "Organization",
    "PageAudience",
    "PageAuthority",
    "PageOrganization",
    "PagePopulation",
    "PageTopic",
    "Population",
    "PortalDocument",
    "PortalImage",
    "PortalRendition",
    "PortalSettings",
    "PublishRefused",
    "SharedWords",
    "SiteAlert",
    "Topic",
]
