"""What the search knows: for each thing that can be found, its words in one language."""

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from wagtail.documents import get_document_model_string
from wagtail.models import CollectionViewRestriction, Page
from wagtail.search import index

from core.models import GlossaryTerm, LegalAuthority
from core.readable import readable


class MissedWords(models.Model):
    """What visitors looked for in vain: a tag, and the words once three days have brought them."""

    tag = models.CharField(max_length=64, unique=True)  # keyed; see search.missed
    words = models.CharField(max_length=60, blank=True)
    language = models.CharField(max_length=20)
    days = models.PositiveIntegerField(default=1)
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
    A word that things say or have said, so that a slip of one letter can be put right.

    Whether anything that visitors may open still says it is asked when it is of use.
    """

    language = models.CharField(max_length=20)
    folded = models.CharField(max_length=60)
    written = models.CharField(max_length=60)

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
        """Of things that a visitor may open now, whatever the index was told last."""
        open_pages = readable(Page.objects.filter(pk=OuterRef("page")))
        private = CollectionViewRestriction.objects.filter(
            collection=OuterRef("document__collection")
        )
        return self.filter(
            Q(page=None) | Exists(open_pages), Q(document=None) | ~Exists(private)
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
    taken_at = models.DateTimeField()
    stale = models.BooleanField(default=False)  # a word that it names has changed

    objects = EntryQuerySet.as_manager()

    search_fields = [
        index.SearchField("title_terms"),
        index.SearchField("summary_terms"),
        index.SearchField("body_terms"),
        index.FilterField("language"),
    ]

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

    def terms(self):
        return self.title_terms, self.summary_terms, self.body_terms

    def things(self):
        """Which thing it is of: the name of the column, and the key there."""
        keys = {
            name: getattr(self, f"{name}_id")
            for name in ["page", "document", "term", "authority"]
        }
        return [(name, key) for name, key in keys.items() if key is not None]
