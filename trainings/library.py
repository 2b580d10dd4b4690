"""The training library as a visitor narrows it: facets with counts, by address alone."""

from collections import Counter
from urllib.parse import urlencode

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from core.facets import Choice, Facet
from core.models import PageAudience, PageTopic
from core.readable import readable


class Library:
    """
    Courses and videos below a page, narrowed by the facets in the address.

    Values of one facet widen the list, several facets narrow it; a value that nothing
    has, or that is not a word of ours, is passed over. The count beside a value is what
    ticking it alone, beside the other facets, would show.
    """

    NAMES = ["for", "kind", "topic", "language"]

    def __init__(self, index, course_model, video_model, asked):
        words = [
            Prefetch(
                "audiences", PageAudience.objects.select_related("audience__locale")
            ),
            Prefetch("topics", PageTopic.objects.select_related("topic__locale")),
        ]
        courses = readable(course_model.objects.child_of(index)).prefetch_related(
            *words, "formats"
        )
        videos = readable(video_model.objects.child_of(index)).prefetch_related(
            *words, "versions"
        )
        pages = sorted([*videos, *courses], key=lambda page: page.path)
        self._values = {page: self._values_of(page) for page in pages}
        self._labels = {}
        for values in self._values.values():
            for name in self.NAMES:
                self._labels.setdefault(name, {}).update(values[name])
        self._asked = {
            name: [value for value in asked.getlist(name) if value in labels]
            for name, labels in self._labels.items()
        }
        self.items = [page for page in pages if self._matches(page)]
        self.total = len(self.items)
        self.facets = [
            self._facet("for", _("For")),
            self._facet("kind", _("Kind")),
            self._facet("topic", _("Topic")),
            self._facet("language", _("Language")),
        ]
        self.active = [
            choice
            for facet in self.facets
            for choice in facet.choices
            if choice.checked
        ]

    @staticmethod
    def _values_of(page):
        versions = getattr(page, "versions", None)
        is_video = versions is not None
        return {
            "for": _labels(row.audience for row in page.audiences.all()),
            "kind": (
                {"video": (_("Video"), "")}
                if is_video
                else {"course": (_("Course"), "")}
            ),
            "topic": _labels(row.topic for row in page.topics.all()),
            "language": {
                row.language: (row.language_name, row.language)
                for row in (versions.all() if is_video else [])
                if row.language
            },
        }

    def _matches(self, page, but=None):
        """Whether a page has what is asked, one facet left aside."""
        values = self._values[page]
        return all(
            not wanted or name == but or any(value in values[name] for value in wanted)
            for name, wanted in self._asked.items()
        )

    def _facet(self, name, label):
        counts = Counter(
            value
            for page, values in self._values.items()
            if self._matches(page, but=name)
            for value in values[name]
        )
        wanted = self._asked.get(name, [])
        return Facet(
            name,
            label,
            [
                Choice(
                    value,
                    text,
                    counts[value],
                    value in wanted,
                    self._address(name, value),
                    language,
                )
                for value, (text, language) in sorted(
                    self._labels.get(name, {}).items(), key=lambda pair: pair[1]
                )
            ],
        )

    def _address(self, name, value):
        """The address of the library with one value ticked or cleared."""
        asked = {key: list(values) for key, values in self._asked.items()}
        values = asked.setdefault(name, [])
        values.remove(value) if value in values else values.append(value)
        query = urlencode(asked, doseq=True)
        return f"?{query}" if query else "?"


def _labels(words):
    """What a facet calls words, by their name in addresses: the name, and its language."""
    return {word.slug: (word.name, word.language) for word in words}
