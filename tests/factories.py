"""One factory for each page type and word: the laws run over whatever is here."""

import datetime

import factory
import wagtail_factories
from wagtail.models import Locale

from committee.models import CommitteePage
from contact.models import ContactPage
from core import models as words
from home.models import GlossaryPage, HomePage, StandardPage
from programs.models import BodyPage, BodySeat, ProgramIndexPage, ProgramPage
from tests.body import BODY
from tests.vocabulary import (
    AudienceFactory,
    LegalAuthorityFactory,
    OrganizationFactory,
    PopulationFactory,
    TopicFactory,
    the_locale,
)
from trainings.models import (
    CourseFormat,
    CoursePage,
    Presentation,
    TrainingIndexPage,
    VideoPage,
    VideoVersion,
)


def language(code, home):
    """Switch a language on, with a translation of the home page live in it."""
    locale, _ = Locale.objects.get_or_create(language_code=code)
    words.LanguageSwitch.objects.update_or_create(
        locale=locale, defaults={"public": True}
    )
    page = home.copy_for_translation(locale)
    page.slug = f"home-{code}"
    page.save_revision().publish()
    return locale


class BasePageFactory(wagtail_factories.PageFactory):
    """A live page whose every common field is filled."""

    title = factory.Sequence(lambda n: f"A page about rights {n}")
    slug = factory.Sequence(lambda n: f"page-{n}")
    heading = factory.LazyAttribute(lambda page: f"{page.title}, in full words")
    summary = factory.LazyAttribute(
        lambda page: f"{page.title} says what we do for you."
    )
    search_description = factory.LazyAttribute(
        lambda page: f"{page.title}: what the Section does, and what you can do next."
    )
    information_as_of = datetime.date(2024, 5, 17)
    sensitive = True
    locale = factory.LazyFunction(the_locale)
    live = True

    class Meta:
        abstract = True

    @classmethod
    def _create(cls, model_class, *args, live, **kwargs):
        """A page starts as a draft; this one goes live past all checks."""
        page = super()._create(model_class, *args, **kwargs)
        page.live = live
        model_class.objects.filter(pk=page.pk).update(live=live)
        return page


class HomePageFactory(BasePageFactory):
    title = "Immigration Section of CRCL"
    slug = "home"
    sensitive = False
    doors = [
        (
            "door",
            {
                "sentence": "I was treated unfairly",
                "text": "File a complaint.",
                "url": "https://www.dhs.gov/",
            },
        )
    ]
    functions = [("function", {"heading": "Train the Department", "text": "We train."})]
    committee_heading = "A table where communities speak"
    committee_text = "Four times a year the Officer meets with the Committee."
    videos_heading = "Know your rights with E-Verify"
    videos_text = "Two videos."

    class Meta:
        model = HomePage


class ProgramIndexPageFactory(BasePageFactory):
    show_in_menus = True
    body = BODY

    class Meta:
        model = ProgramIndexPage


def relations(page):
    """One row of every kind on a page."""
    locale = page.locale
    rows = [
        words.PageOrganization(
            page=page, organization=OrganizationFactory(), role="helps", locale=locale
        ),
        words.PageAuthority(
            page=page, authority=LegalAuthorityFactory(), locale=locale
        ),
        words.PagePopulation(page=page, population=PopulationFactory(), locale=locale),
        words.PageTopic(page=page, topic=TopicFactory(), locale=locale),
        words.PageAudience(page=page, audience=AudienceFactory(), locale=locale),
    ]
    for row in rows:
        row.page_id = page.pk
        row.save()


class RelatedPageFactory(BasePageFactory):
    """A page with one row of every kind."""

    class Meta:
        abstract = True

    @factory.post_generation
    def rows(self, create, extracted, **kwargs):
        if create and extracted is not False:
            relations(self)


class ProgramPageFactory(RelatedPageFactory):
    our_role = "Help write the rules"
    body = BODY

    class Meta:
        model = ProgramPage
        skip_postgeneration_save = True


class BodyPageFactory(RelatedPageFactory):
    kind = "council"
    former_names = "The old Council"
    capacity_line = "The CRCL Officer is a co-chair, one of two."
    body = BODY

    class Meta:
        model = BodyPage
        skip_postgeneration_save = True

    @factory.post_generation
    def seats(self, create, extracted, **kwargs):
        if not create:
            return
        for holder, ours, status in [
            ("CRCL Officer", True, "present"),
            ("Chief", False, "past"),
        ]:
            BodySeat.objects.create(
                page=self,
                holder=holder,
                capacity="Co-chair",
                ours=ours,
                status=status,
                locale=self.locale,
            )


class TrainingIndexPageFactory(BasePageFactory):
    body = BODY

    class Meta:
        model = TrainingIndexPage
        skip_postgeneration_save = True

    @factory.post_generation
    def presentations(self, create, extracted, **kwargs):
        if create:
            Presentation.objects.create(
                page=self,
                organization=OrganizationFactory(),
                event="Annual Conference",
                locale=self.locale,
            )


class CoursePageFactory(RelatedPageFactory):
    body = BODY

    class Meta:
        model = CoursePage
        skip_postgeneration_save = True

    @factory.post_generation
    def formats(self, create, extracted, **kwargs):
        if create:
            CourseFormat.objects.create(page=self, format="online", locale=self.locale)


class VideoPageFactory(RelatedPageFactory):
    body = BODY

    class Meta:
        model = VideoPage
        skip_postgeneration_save = True

    @factory.post_generation
    def versions(self, create, extracted, **kwargs):
        if not create:
            return
        for code, cut in [("en", "full"), ("es", "full"), ("en", "short")]:
            VideoVersion.objects.create(
                page=self, language=code, cut=cut, locale=self.locale
            )


class CommitteePageFactory(BasePageFactory):
    organizations_at_least = 20
    meetings_a_year = 4
    invitation = "We welcome expressions of interest."
    body = BODY

    class Meta:
        model = CommitteePage


class ContactPageFactory(BasePageFactory):
    body = BODY

    class Meta:
        model = ContactPage


class StandardPageFactory(RelatedPageFactory):
    body = BODY

    class Meta:
        model = StandardPage
        skip_postgeneration_save = True


class GlossaryPageFactory(BasePageFactory):
    class Meta:
        model = GlossaryPage


# How to make one page of each type below a home page, with what it needs around it.
PAGE_MAKERS = {
    HomePage: lambda home: home,
    ProgramIndexPage: lambda home: ProgramIndexPageFactory(parent=home),
    ProgramPage: lambda home: ProgramPageFactory(
        parent=ProgramIndexPageFactory(parent=home)
    ),
    BodyPage: lambda home: BodyPageFactory(
        parent=ProgramPageFactory(parent=ProgramIndexPageFactory(parent=home))
    ),
    TrainingIndexPage: lambda home: TrainingIndexPageFactory(parent=home),
    CoursePage: lambda home: CoursePageFactory(
        parent=TrainingIndexPageFactory(parent=home)
    ),
    VideoPage: lambda home: VideoPageFactory(
        parent=TrainingIndexPageFactory(parent=home)
    ),
    CommitteePage: lambda home: CommitteePageFactory(parent=home),
    ContactPage: lambda home: ContactPageFactory(parent=home),
    StandardPage: lambda home: StandardPageFactory(parent=home),
    GlossaryPage: lambda home: GlossaryPageFactory(parent=home),
}

# What is made below a page when it is asked what many children cost.
CHILD_MAKERS = {
    HomePage: StandardPageFactory,
    ProgramIndexPage: ProgramPageFactory,
    ProgramPage: ProgramPageFactory,
    TrainingIndexPage: VideoPageFactory,
    StandardPage: StandardPageFactory,
}
