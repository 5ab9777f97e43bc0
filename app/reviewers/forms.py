"""Forms about reviewers, and their declaration of conflicts."""

from collections.abc import Iterable, Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict
from wtforms import (
    BooleanField,
    DateField,
    EmailField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    ValidationError,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import AnyOf, Optional

from app.core.belgium.lists import SECTORS, in_order
from app.core.http.edit_forms import EditForm
from app.core.http.forms import Form, at_most, email_address, needed, no_address, normal_email
from app.core.i18n.bilingual import LANGUAGE_CHOICES, LOCALES
from app.core.i18n.language import locale
from app.core.text.cleaning import clean, sent_number
from app.reviewers.actions.people import Plan, ReviewerProfile
from app.reviewers.models import Reviewer
from app.reviewers.rules.plan import BLIND_NAMES

LONGEST_WORDS = 300
MOST_READINGS, MOST_OF_ALL, WIDEST, BROADEST = 9, 500, 10, 50


def whole(least: int, most: int) -> Any:
    """An integer within bounds."""

    def check(_form: Form, field: IntegerField) -> None:
        if field.data is None or not least <= field.data <= most:
            field.errors = []
            raise ValidationError(_("Give a number from %(least)s to %(most)s", least=least, most=most))

    return check


class PlanForm(EditForm):
    """The review plan of a call."""

    readings = IntegerField(_l("Readers for each file"), [whole(1, MOST_READINGS)])
    most_files = IntegerField(_l("Files for one reader, at most"), [whole(1, MOST_OF_ALL)])
    due_on = DateField(_l("Last day to read"), [Optional()])
    blind = RadioField(
        _l("Names of applicants"),
        choices=[SelectChoice(code.value, words) for code, words in BLIND_NAMES.items()],
        validate_choice=False,
    )
    wide_spread = IntegerField(_l("Points apart that ask for a talk"), [whole(1, WIDEST)])
    band = IntegerField(_l("Points around the threshold to discuss"), [whole(0, BROADEST)])

    def validate_blind(self, field: RadioField) -> None:
        """A known stage; empty means that reviewers see the applicants."""
        field.data = field.data or ""
        AnyOf([code.value for code in BLIND_NAMES], message=_("Choose when readers see who applies"))(self, field)

    @property
    def plan(self) -> Plan:
        return Plan(
            self.readings.data or 1,
            self.most_files.data or 1,
            self.due_on.data,
            self.blind.data or "",
            self.wide_spread.data or 1,
            self.band.data or 0,
        )


class ReviewerForm(EditForm):
    """A reviewer's profile."""

    organisation = StringField(_l("Organisation"), [at_most(200)])
    languages = SelectMultipleField(
        _l("Reads files in"),
        choices=[SelectChoice(code, LANGUAGE_CHOICES[code]) for code in LOCALES],
        validate_choice=False,
    )
    expertise = SelectMultipleField(_l("Knows these sectors"), validate_choice=False)
    most_files = IntegerField(_l("Files at most, for this reader"), [Optional()])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        here = locale()
        self.expertise.choices = [SelectChoice(one.code, one.name[here]) for one in in_order(SECTORS.values(), here)]

    @classmethod
    def data_of(cls, reviewer: Reviewer) -> dict[str, Any]:
        """The data as the form shows it."""
        return {
            "organisation": reviewer.organisation,
            "languages": reviewer.languages.split(),
            "expertise": reviewer.expertise.split(),
            "most_files": reviewer.most_files,
        }

    def validate_languages(self, field: SelectMultipleField) -> None:
        """At least one language."""
        if not set(field.data or []) & set(LOCALES):
            raise ValidationError(_("Tick at least one language"))

    def validate_most_files(self, field: IntegerField) -> None:
        """Empty, or a reasonable number."""
        if field.data is not None or field.process_errors:
            whole(0, MOST_OF_ALL)(self, field)

    @property
    def profile(self) -> ReviewerProfile:
        """The profile; unknown codes are left out."""
        languages = [code for code in LOCALES if code in (self.languages.data or [])]
        expertise = [code for code in SECTORS if code in (self.expertise.data or [])]
        return ReviewerProfile(
            self.organisation.data or "", " ".join(languages), " ".join(expertise), self.most_files.data
        )


class InviteForm(ReviewerForm):
    """Invite a reviewer."""

    name = StringField(_l("Name"), [needed(_l("Fill in the name")), at_most(120), no_address])
    email = EmailField(_l("E-mail address"), [needed(_l("Fill in the e-mail address")), email_address])
    language = RadioField(
        _l("Language of letters"),
        choices=[SelectChoice(code, LANGUAGE_CHOICES[code]) for code in LOCALES],
        validate_choice=False,
    )

    def validate_language(self, field: RadioField) -> None:
        AnyOf(LOCALES, message=_("Choose a language"))(self, field)

    @property
    def address(self) -> str:
        """The normalised address."""
        return normal_email(self.email.data or "") or ""

    def say_known(self) -> None:
        """A person reviews once per call."""
        self.email.errors = [*self.email.errors, _("This person reads for this call already")]


class EarlierForm(Form):
    """The earlier call to take reviewers over from."""

    call = SelectField(_l("Readers of which call?"), validate_choice=False)

    def offer(self, calls: Iterable[Any]) -> None:
        """Offer the calls with reviewers."""
        here = locale()
        self.call.choices = [SelectChoice(one.key, one.title[here]) for one in calls]

    def validate_call(self, field: SelectField) -> None:
        if field.data not in {choice.value for choice in field.choices}:
            raise ValidationError(_("Choose a call of the list"))


class AssignmentForm(Form):
    """Confirm the plan that was shown."""

    digest = HiddenField()


class DeclareForm(Form):
    """The declaration that a reviewer signs; ticks per application are read separately.

    `seen`: the applications on the page, so that one submitted meanwhile is not signed for unread.
    """

    seen = HiddenField()
    gone_through = BooleanField(_l("I have gone through this list"))

    def validate_gone_through(self, field: BooleanField) -> None:
        """Required."""
        if not field.data:
            raise ValidationError(_("Say that you have gone through the list"))

    def has_seen(self, files: Iterable[int]) -> bool:
        """True when every application was on the page."""
        return set(files) <= {sent_number(number) for number in (self.seen.data or "").split()}


def ticked(given: "MultiDict[str, str]", files: set[int]) -> dict[int, str]:
    """The ticked applications, each with its explanation."""
    return {file: clean(given.get(f"words-{file}", "")) for file in sorted(numbers(given, "conflict") & files)}


def too_long(said: Mapping[int, str]) -> set[int]:
    """The applications whose explanation is too long."""
    return {file for file, words in said.items() if len(words) > LONGEST_WORDS}


def numbers(given: "MultiDict[str, str]", name: str) -> set[int]:
    """The numbers sent under this name."""
    return {sent_number(number) for number in given.getlist(name)} - {0}
