"""The interest form: what a person is asked, and how what they sent is read."""

from uuid import UUID, uuid4

from django import forms
from django.conf import settings
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from contact.fields import AtMost, KnownChoices, Shown, TidyCharField, counted, line
from contact.models import MOST_CHARACTERS, WANTS, Interest
from contact.services import ANSWERS
from core.forms import PortalRenderer
from core.languages import own_name
from core.models import Topic
from core.readable import readable
from records.models import InformationCollection, PrivacyNotice
from records.normalise import check_email

ANOTHER = "other"  # a language that is not on the list


class InterestForm(forms.Form):
    """
    An expression of interest.

    It keeps nothing between one page and the next: the answers travel in the page, and
    are read again each time.
    """

    default_renderer = PortalRenderer

    # What is said when no one field alone is wrong.
    NO_WAY = _("Give us one way to reach you: e-mail, phone or postal address")
    NOT_THAT_WAY = {
        "email": _("Enter your e-mail address, or choose another way to reach you"),
        "phone": _("Enter your phone number, or choose another way to reach you"),
        "post": _("Enter your postal address, or choose another way to reach you"),
    }
    NO_LANGUAGE = _("Enter the language you prefer")

    nonce = forms.CharField(required=False, widget=forms.HiddenInput)
    about = forms.CharField(required=False, widget=forms.HiddenInput)
    # The versions that the person was shown, who may take a day until they send.
    notice = Shown(PrivacyNotice)
    collection = Shown(InformationCollection)
    wants = forms.MultipleChoiceField(
        label=_("What would you like to do?"),
        help_text=_("Choose one or both."),
        choices=WANTS.items(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose what you would like to do")},
    )
    name = line(_("Your name"), "name", error=_("Enter your name"))
    organization = line(_("Organization"), "organization")
    role = line(_("Your role there"), "organization-title")
    email = line(
        _("E-mail address"),
        "email",
        most=254,
        needed=True,
        help_text=_("Or a phone number or postal address below. One is enough."),
        attrs={"inputmode": "email", "spellcheck": "false"},
    )
    phone = line(
        _("Phone number"),
        "tel",
        needed=True,
        help_text=_("With an extension or relay service, if there is one."),
        widget=forms.TextInput,
        attrs={"inputmode": "tel"},
    )
    message_is_safe = forms.TypedChoiceField(
        label=_("If we call, is it safe to leave a message?"),
        choices=[("yes", _("Yes")), ("no", _("No"))],
        coerce=lambda answer: answer == "yes",
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
    )
    post = line(
        _("Postal address"),
        "street-address",
        most=500,
        needed=True,
        widget=forms.Textarea,
        attrs={"rows": 4},
    )
    reachable_by = forms.ChoiceField(
        label=_("How should we reach you?"),
        choices=Interest.Way,
        required=False,
        widget=forms.RadioSelect,
        help_text=_("Leave it open if you gave one way only."),
    )
    preferred_language = forms.ChoiceField(label=_("Language you prefer"))
    other_language = line(_("If another language, which one?"), "off")
    for_someone_else = forms.BooleanField(
        label=_("I am writing for someone else"), required=False
    )
    topics = KnownChoices(
        label=_("Topics that interest you"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    statement = TidyCharField(
        label=_("What would you like to tell us?"),
        required=False,
        help_text=_(
            "At most 2,000 characters. Do not write about a case of yours here: that "
            "belongs in a complaint."
        ),
        widget=counted(MOST_CHARACTERS, rows=8),
        validators=[AtMost(MOST_CHARACTERS)],
    )
    # People do not see it; whoever fills it in is held apart, never turned away.
    homepage = TidyCharField(
        label=_("Leave this empty"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["topics"].choices = lambda: self.topics_shown
        self.fields["preferred_language"].choices = _languages()
        self.fields["preferred_language"].initial = get_language()

    @classmethod
    def blank(cls, *, about=""):
        return cls(initial={"nonce": uuid4(), "about": about, **_in_force()})

    @classmethod
    def refilled(cls, sent):
        """The form with what was sent in it, and nothing said of it yet."""
        initial = {
            name: field.widget.value_from_datadict(sent, {}, name)
            for name, field in cls.base_fields.items()
            if name in sent
        }
        if not _is_uuid(initial.get("nonce")):
            initial["nonce"] = uuid4()
        return cls(initial=_in_force() | initial)

    @property
    def problems(self):
        """What is wrong, in the order of the page: the sentence, and the input it leads to."""
        return [
            {"input": field.first_input_id, "text": error}
            for field in self
            for error in field.errors
        ]

    @cached_property
    def _topics(self):
        return _topics()  # asked for only where they are drawn or some are chosen

    @property
    def topics_by_key(self):
        return self._topics[0]

    @property
    def topics_shown(self):
        return self._topics[1]

    @property
    def shown(self):
        """The fields that people see, in the order of the page."""
        hidden = {"homepage"} if self.topics_shown else {"homepage", "topics"}
        return [each for each in self.visible_fields() if each.name not in hidden]

    @property
    def answers(self):
        """What is kept, by the names of the record's columns."""
        answers = {
            name: value for name, value in self.cleaned_data.items() if name in ANSWERS
        }
        for name in WANTS:
            answers[f"wants_{name}"] = name in self.cleaned_data["wants"]
        return answers

    @property
    def chosen_topics(self):
        """The English topic and its name of today, for each that was chosen."""
        keys = self.cleaned_data.get("topics", [])
        return [(self.topics_by_key[key], self.topics_by_key[key].name) for key in keys]

    @property
    def read_back(self):
        """What was answered, as the person sees it before it is sent."""
        for field in self.shown:
            value = self.cleaned_data[field.name]
            choices = dict(getattr(field.field, "choices", ()))
            if isinstance(value, list):
                lines = [choices[each] for each in value]
            elif field.is_tick:
                lines = [_("Yes")] if value else []
            elif choices:
                lines = [choices.get(field.value() or value, "")]
            else:
                lines = str(value).splitlines()
            if any(lines):
                yield field, lines

    def clean_nonce(self):
        sent = self.cleaned_data["nonce"]
        return UUID(sent) if _is_uuid(sent) else uuid4()

    def clean_email(self):
        address = self.cleaned_data["email"]
        return check_email(address) if address else ""

    def clean_about(self):
        return find_about(self.cleaned_data["about"])

    def clean(self):
        answers = super().clean()
        ways = [
            way for way in Interest.Way.values if answers.get(way) or way in self.errors
        ]
        chosen = answers.get("reachable_by")
        if not ways:
            self.add_error("email", self.NO_WAY)
        elif chosen and chosen not in ways:
            self.add_error(chosen, self.NOT_THAT_WAY[chosen])
        elif not chosen:
            answers["reachable_by"] = ways[0]
        if answers.get("preferred_language") == ANOTHER and not answers.get(
            "other_language"
        ):
            self.add_error("other_language", self.NO_LANGUAGE)
        return answers


def find_about(key):
    """The page an interest is about, which a visitor can read; none, if it is none of ours."""
    if not _is_uuid(key):
        return None
    pages = readable(Page.objects.filter(translation_key=key))
    return pages.filter(locale__language_code=settings.LANGUAGE_CODE).first()


def _in_force():
    """The keys of what people are told today."""
    versions = {
        "notice": PrivacyNotice.objects.current(get_language()),
        "collection": InformationCollection.objects.current(get_language()),
    }
    return {name: shown.pk for name, shown in versions.items() if shown}


def _topics():
    """The English topics by key, and the choices of the page: key, and name in its language."""
    codes = [settings.LANGUAGE_CODE, get_language()]
    topics = Topic.objects.filter(locale__language_code__in=codes, in_english=False)
    english, names = {}, {}
    for topic in topics.select_related("locale"):
        key, code = str(topic.translation_key), topic.locale.language_code
        if code == settings.LANGUAGE_CODE:
            english[key] = topic
        if code == get_language() or key not in names:
            names[key] = topic.name
    shown = [(key, names[key]) for key in english]
    return english, sorted(shown, key=lambda choice: choice[1])


def _languages():
    known = [(code, own_name(code)) for code, _name in settings.LANGUAGES]
    return [*known, (ANOTHER, _("Another language"))]


def _is_uuid(text):
    try:
        UUID(str(text))
    except ValueError:
        return False
    return True
