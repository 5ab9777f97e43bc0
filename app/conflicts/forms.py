"""Forms of the team about conflicts of interest."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, SelectField, StringField, TextAreaField, ValidationError
from wtforms.fields.choices import SelectChoice

from app.accounts.models import Person
from app.conflicts.rules.status import ConflictStatus
from app.core.http.forms import Form, at_most, needed
from app.core.text.cleaning import sent_number

LONGEST_WORDS = 300
LONGEST_REFERENCE = 40


class AddForm(Form):
    """Add a conflict between a person and an application."""

    reference = StringField(_l("Reference of the file"), [needed(_l("Give the reference of the file"))])
    person = SelectField(_l("Who is too close to it?"), validate_choice=False)
    words = TextAreaField(_l("In a few words"), [at_most(LONGEST_WORDS)])

    def offer(self, people: list[Person]) -> None:
        """Offer the team and all reviewers."""
        self.person.choices = [
            SelectChoice("", _("Choose a person")),
            *(SelectChoice(str(one.id), f"{one.name} ({one.email})") for one in people),
        ]

    def validate_person(self, field: SelectField) -> None:
        if not field.data or field.data not in {choice.value for choice in field.choices}:
            raise ValidationError(_("Choose a person"))

    @property
    def person_id(self) -> int:
        return sent_number(self.person.data or "")

    @property
    def wanted(self) -> str:
        """The reference as the application shows it."""
        return (self.reference.data or "").upper()[:LONGEST_REFERENCE]

    def say_unknown(self) -> None:
        """Same error for an unknown application and for a hidden one."""
        self.reference.errors = [*self.reference.errors, _("This call has no file with this reference")]


class ResolveForm(Form):
    """Confirm or dismiss a conflict."""

    do = HiddenField()

    @property
    def status(self) -> ConflictStatus | None:
        return {"confirm": ConflictStatus.CONFIRMED, "dismiss": ConflictStatus.DISMISSED}.get(self.do.data or "")


class OwnForm(Form):
    """A colleague declares a conflict of their own."""

    words = TextAreaField(_l("In a few words"), [at_most(LONGEST_WORDS)])
