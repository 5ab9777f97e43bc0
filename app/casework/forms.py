"""What the team sends about a file: a filter, a note, a step."""

from datetime import date, datetime

from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict
from wtforms import DateField, HiddenField, SelectField, SelectMultipleField, TextAreaField, ValidationError
from wtforms.fields.choices import SelectChoice
from wtforms.validators import AnyOf, Optional

from app.applications.forms import LONGEST_MESSAGE
from app.applications.rules import STATE_NAMES, State, possible_moves
from app.casework.queries import Filter
from app.core.bilingual import LOCALES
from app.core.forms import Form, at_most, needed
from app.core.i18n import locale
from app.questionnaires.rules import Definition

LONGEST_SEARCH = 200


class NoteForm(Form):
    """An internal note."""

    text = TextAreaField(_l("Internal note"), [needed(_l("Write a note first")), at_most(LONGEST_MESSAGE)])


class MoveForm(Form):
    """One step by hand, with what the applicant should read."""

    to = SelectField(_l("Move to"), validate_choice=False)
    message = TextAreaField(_l("Message to the applicant"), [at_most(LONGEST_MESSAGE)])
    until = DateField(_l("Answer wanted by"), [Optional()])
    questions = SelectMultipleField(_l("Which questions may be changed?"), validate_choice=False)
    from_state = HiddenField()

    def offer(self, current: State, definition: Definition) -> None:
        """Offer only the steps that the table allows, and only questions of the form."""
        self.to.choices = [SelectChoice(state.value, STATE_NAMES[state]) for state in possible_moves(current)]
        self.questions.choices = [
            SelectChoice(one.key, f"{definition.number(one.key)}. {one.label[locale()]}")
            for one in definition.questions
        ]

    def validate_to(self, field: SelectField) -> None:
        """Only an offered step."""
        AnyOf([choice.value for choice in self.to.choices], message=str(_l("Choose a step")))(self, field)

    def validate_message(self, field: TextAreaField) -> None:
        """Where the applicant is told what is missing or why not, words are needed."""
        if self.to.data in (State.INCOMPLETE, State.INELIGIBLE) and not (field.data or "").strip():
            raise ValidationError(str(_l("Write what is missing or why, in the language of the file")))

    def validate_questions(self, _field: SelectMultipleField) -> None:
        """A file is sent back for something: nobody has to guess what may be changed."""
        if self.to.data == State.INCOMPLETE and not self.named:
            raise ValidationError(str(_l("Tick the questions that the applicant may change")))

    @property
    def named(self) -> list[str]:
        """The questions for which the file is sent back."""
        offered = {choice.value for choice in self.questions.choices}
        given = self.questions.data or []
        return [key for key in given if key in offered] if self.to.data == State.INCOMPLETE else []

    @property
    def deadline(self) -> date | None:
        """The day by which an answer is wanted."""
        return self.until.data if self.to.data == State.INCOMPLETE else None


def list_filter(args: "MultiDict[str, str]") -> Filter:
    """The staff list's filter out of an address; what makes no sense is left out."""
    state, language = args.get("state", ""), args.get("language", "")
    return Filter(
        text=args.get("q", "").replace("\x00", "")[:LONGEST_SEARCH].strip(),
        state=state if state in {known.value for known in State if known is not State.DRAFT} else "",
        language=language if language in LOCALES else "",
        call=args.get("call", "")[:LONGEST_SEARCH].replace("\x00", ""),
        rehearsal=args.get("rehearsal") == "1",
        after=_after(args.get("after", "")),
    )


def _after(written: str) -> tuple[datetime, int] | None:
    """Where a page begins, out of its address; anything unreadable means the first page."""
    moment, _sep, row_id = written.rpartition("_")
    try:
        found = datetime.fromisoformat(moment)
        return (found, int(row_id)) if found.tzinfo and row_id.isascii() and len(row_id) < 19 else None
    except ValueError:
        return None
