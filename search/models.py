"""What the search knows: for each thing that can be found, its words in one language."""

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Length, Substr
from wagtail.documents import get_document_model_string
from wagtail.models import CollectionViewRestriction, Page
from wagtail.search import index

from core.addresses import translation_key
from core.languages import own_name
from core.models import GlossaryTerm, LegalAuthority
from core.readable import readable
from search.kinds import KINDS, PAGE

PATH = "collection__path"
GLOSSARY = translation_key("pages/glossary")


class MissedWords(models.Model):
    """What visitors looked for in vain: a tag, and the words once three days have brought them."""

    tag = models.CharField(max_length=64, unique=True)  # keyed; see search.missed
    words = models.CharField(max_length=60, blank=True)
    language = models.CharField(max_length=20)
    days = models.PositiveIntegerField(default=1)
    first_day = models.DateField(null=True, db_index=True)
    last_day = models.DateField(db_index=True)

    class Meta:
        verbose_name_plural = "missed words"

    def __str__(self):
        return self.words or "Words not known"

    @property
    def language_in_words(self):
        return dict(settings.LANGUAGES).get(self.language, self.language)


class KnownWord(models.Model):
    """
    A word that what visitors may open says, so that a slip of one letter can be put right.

    Whether anything still says it is asked before it is offered (`search.searching`).
    """

    language = models.CharField(max_length=20)
    folded = models.CharField(max_length=60)
    written = models.CharField(max_length=60)
    said_by = models.PositiveIntegerField(  # entries, when they were counted last
        default=1, db_default=1
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["language", "folded"], name="one_of_each_known_word"
            )
        ]

    def __str__(self):
        return self.written


class EntryQuerySet(models.QuerySet):
    def public(self):
        """
        Of things that a visitor may open now, whatever the index was told last.

        A document is open to whoever may read a page that leads to it, and a term where the
        glossary is.
        """
        pages = Page.objects.all()
        leading = Entry.leads_to.through.objects.filter(
            Exists(readable(pages.filter(pk=OuterRef("entry__page")))),
            portaldocument=OuterRef("document"),
        )
        above = Substr(OuterRef("document__collection__path"), 1, Length(PATH))
        private = CollectionViewRestriction.objects.filter(**{PATH: above})
        glossary = pages.filter(translation_key=GLOSSARY)
        here = glossary.filter(locale=OuterRef("term__locale"))
        english = glossary.filter(locale__language_code=settings.LANGUAGE_CODE)
        return self.filter(
            Q(page=None) | Exists(readable(pages.filter(pk=OuterRef("page")))),
            Q(document=None) | (Exists(leading) & ~Exists(private)),
            Q(term=None)
            | Exists(readable(here))
            # Where a language has no glossary of its own, visitors are led to the English.
            | (~Exists(here.live()) & Exists(readable(english))),
        )


class Entry(index.Indexed, models.Model):
    """
    A page, document, glossary term or law, and what it says.

    The columns with terms are made by `search.tokens`, which queries go through too: the
    databases compare plain words and nothing else, and so find the same.
    """

    page = models.OneToOneField(
        Page, null=True, related_name="+", on_delete=models.CASCADE
    )
    document = models.OneToOneField(
        get_document_model_string(),
        null=True,
        related_name="+",
        on_delete=models.CASCADE,
    )
    term = models.OneToOneField(
        GlossaryTerm, null=True, related_name="+", on_delete=models.CASCADE
    )
    authority = models.OneToOneField(
        LegalAuthority, null=True, related_name="+", on_delete=models.CASCADE
    )
    same_as = models.UUIDField(db_index=True)  # one for all translations of a thing
    kind = models.CharField(max_length=20)
    language = models.CharField(max_length=20)
    title = models.TextField()
    summary = models.TextField(blank=True)
    text = models.TextField(blank=True)
    title_terms = models.TextField()
    summary_terms = models.TextField(blank=True)
    body_terms = models.TextField(blank=True)
    # Beside its kind: a line each, see `notes`.
    note = models.TextField(blank=True, default="", db_default="")
    leads_to = models.ManyToManyField(get_document_model_string(), related_name="+")
    # The revision of a page that was read; 0 if it has none.
    version = models.PositiveBigIntegerField(default=0, db_default=0)
    taken_at = models.DateTimeField()  # when it was written last
    stale = models.BooleanField(default=False)  # a word that it names has changed

    objects = EntryQuerySet.as_manager()

    search_fields = [
        index.SearchField("title_terms"),
        index.SearchField("summary_terms"),
        index.SearchField("body_terms"),
        index.FilterField("language"),
    ]
    search_auto_update = False  # by a worker, for which nobody should have to wait

    class Meta:
        verbose_name_plural = "entries"
        constraints = [
            models.CheckConstraint(
                name="entry_is_of_one_thing",
                condition=Q(
                    page__isnull=False, document=None, term=None, authority=None
                )
                | Q(page=None, document__isnull=False, term=None, authority=None)
                | Q(page=None, document=None, term__isnull=False, authority=None)
                | Q(page=None, document=None, term=None, authority__isnull=False),
            )
        ]

    def __str__(self):
        return self.title

    @classmethod
    def from_db(cls, db, field_names, values):
        """What was taken down under a kind that is no more is a page, until it is read anew."""
        entry = super().from_db(db, field_names, values)
        if "kind" in field_names and entry.kind not in KINDS:
            entry.kind = PAGE
        return entry

    def terms(self):
        return self.title_terms, self.summary_terms, self.body_terms

    def notes(self):
        """What stands beside its kind: languages of a video, agencies that a page names."""
        lines = self.note.splitlines()
        if self.kind == "video":
            return [(own_name(code), code) for code in lines]
        return [(line, self.language) for line in lines]


class Round(models.Model):
    """How far the clock has come in comparing the index with what things say; one row."""

    column = models.CharField(max_length=20)
    key = models.BigIntegerField()

    def __str__(self):
        return f"{self.column} {self.key}"
