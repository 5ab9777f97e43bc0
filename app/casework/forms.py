"""Forms about applications: filters, notes, steps, tags."""

from collections.abc import Mapping
from datetime import date, datetime

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict
from wtforms import (
    BooleanField,
    DateField,
    HiddenField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import AnyOf, Optional

from app.applications.forms import LONGEST_MESSAGE
from app.applications.rules.states import STATE_NAMES, State, possible_moves
from app.casework.queries.list import Filter
from app.casework.rules import REASON_NAMES, Reason
from app.core.belgium.lists import MUNICIPALITIES
from app.core.http.forms import Form, at_most, needed
from app.core.i18n.bilingual import LOCALES
from app.core.i18n.language import language_name, locale
from app.core.text.cleaning import sent_number
from app.questionnaires.rules.definition import Definition

LONGEST_SEARCH, LONGEST_NAME = 200, 60


class NoteForm(Form):
    note = TextAreaField(_l("Internal note"), [needed(_l("Write a note first")), at_most(LONGEST_MESSAGE)])


class CancellingForm(Form):
    """A step that cancels the interviews still to come, once the colleague says so."""

    cancels = BooleanField(_l("Cancel the interview; those concerned get a mail"))

    def foresee(self, ahead: Mapping[int, datetime | None]) -> None:
        """The interviews ahead, by application: the page names them."""
        self.ahead = ahead

    @property
    def is_cancelling(self) -> bool:
        """True when a planned interview would be cancelled."""
        return any(self.ahead.values())

    def validate_cancels(self, field: BooleanField) -> None:
        """A planned interview is not cancelled by mistake."""
        if self.is_cancelling and not field.data:
            raise ValidationError(_("Tick that the interview is cancelled, or take this step after it"))


class MoveForm(CancellingForm):
    """One manual step, with the message to the applicant."""

    to = SelectField(_l("Move to"), validate_choice=False)
    message = TextAreaField(_l("Message to the applicant"), [at_most(LONGEST_MESSAGE)])
    until = DateField(_l("Answer wanted by"), [Optional()])
    questions = SelectMultipleField(_l("Questions that may be changed"), validate_choice=False)
    reasons = SelectMultipleField(
        _l("Reasons, when it is not admissible"),
        choices=[SelectChoice(code.value, name) for code, name in REASON_NAMES.items()],
        validate_choice=False,
    )
    from_state = HiddenField()

    def offer(self, current: State, definition: Definition, *, sent_back: bool) -> None:
        """Offer the allowed steps and the questions of the form; an application can be sent back once."""
        left_out = {State.INCOMPLETE} if sent_back else set()
        steps = [state for state in possible_moves(current) if state not in left_out]
        # nothing is chosen at first: the button alone must not send a letter, nor take a file a step back
        self.to.choices = [SelectChoice("", _("Choose a step"))]
        self.to.choices += [SelectChoice(state.value, STATE_NAMES[state]) for state in steps]
        self.questions.choices = [
            SelectChoice(one.key, f"{definition.number(one.key)}. {one.label[locale()]}")
            for one in definition.questions
        ]

    def validate_to(self, field: SelectField) -> None:
        AnyOf([choice.value for choice in self.to.choices if choice.value], message=str(_l("Choose a step")))(
            self, field
        )

    def validate_message(self, field: TextAreaField) -> None:
        """A message is required where the applicant has to know what is missing or why."""
        if self.to.data in (State.INCOMPLETE, State.INELIGIBLE) and not (field.data or "").strip():
            raise ValidationError(str(_l("Write what is missing or why, in the language of the file")))

    def validate_questions(self, _field: SelectMultipleField) -> None:
        """Sending back needs at least one question, so that the applicant knows what may be changed."""
        if self.to.data == State.INCOMPLETE and not self.named:
            raise ValidationError(str(_l("Tick the questions that the applicant may change")))

    def validate_reasons(self, _field: SelectMultipleField) -> None:
        """Reasons are counted in the statistics: at least one is needed."""
        if self.to.data == State.INELIGIBLE and not self.given_reasons:
            raise ValidationError(str(_l("Tick at least one reason")))

    @property
    def given_reasons(self) -> list[Reason]:
        given = set(self.reasons.data or []) if self.to.data == State.INELIGIBLE else set()
        return [reason for reason in Reason if reason.value in given]

    @property
    def named(self) -> list[str]:
        """The questions for which the application is sent back."""
        offered = {choice.value for choice in self.questions.choices}
        given = self.questions.data or []
        return [key for key in given if key in offered] if self.to.data == State.INCOMPLETE else []

    @property
    def deadline(self) -> date | None:
        """The day by which an answer is expected."""
        return self.until.data if self.to.data == State.INCOMPLETE else None


class TagForm(Form):
    name = StringField(_l("Tag"), [needed(_l("Write the tag")), at_most(LONGEST_NAME)])


class UntagForm(Form):
    tag = SelectField(_l("Tag to take off"), validate_choice=False)

    def offer(self, tags: list[tuple[int, str]]) -> None:
        """Offer the tags of the selected applications."""
        self.tag.choices = [SelectChoice(str(tag_id), name) for tag_id, name in tags]

    def validate_tag(self, field: SelectField) -> None:
        AnyOf([choice.value for choice in self.tag.choices], message=str(_l("Choose a tag")))(self, field)


class ViewForm(Form):
    """Save the present filter under a name."""

    name = StringField(_l("Name of this view"), [needed(_l("Give the view a name")), at_most(LONGEST_NAME)])
    is_shared = BooleanField(_l("Colleagues see it too"))
    query = HiddenField(validators=[at_most(1000)])


class StepTogetherForm(CancellingForm):
    """The same step for several applications."""

    to = SelectField(_l("Move to"), validate_choice=False)

    def offer(self, states: list[State]) -> None:
        """Offer the steps that all of them allow."""
        self.to.choices = [SelectChoice(state.value, STATE_NAMES[state]) for state in states]

    def validate_to(self, field: SelectField) -> None:
        AnyOf([choice.value for choice in self.to.choices], message=str(_l("Choose a step")))(self, field)


class WriteTogetherForm(Form):
    """A message to several applicants, in each language of their applications."""

    text_nl = TextAreaField(_l("In Dutch"), [at_most(LONGEST_MESSAGE)])
    text_fr = TextAreaField(_l("In French"), [at_most(LONGEST_MESSAGE)])

    def words(self) -> dict[str, str]:
        """The text in each language."""
        return {code: self[f"text_{code}"].data or "" for code in LOCALES}

    def lacks(self, languages: set[str]) -> bool:
        """True, with an error on the field, when a needed language is empty."""
        empty = [code for code in LOCALES if code in languages and not self.words()[code]]
        for code in empty:
            message = _l("Write the message in %(language)s too", language=language_name(code))
            self[f"text_{code}"].errors = [*self[f"text_{code}"].errors, str(message)]
        return bool(empty)


def list_filter(args: "MultiDict[str, str]", viewer: int) -> Filter:
    """Read the list filter from an address; invalid values are ignored."""
    state, language = args.get("state", ""), args.get("language", "")
    municipality = args.get("municipality", "")
    return Filter(
        viewer=viewer,
        text=args.get("q", "").replace("\x00", "")[:LONGEST_SEARCH].strip(),
        state=state if state in {known.value for known in State if known is not State.DRAFT} else "",
        language=language if language in LOCALES else "",
        call=args.get("call", "")[:LONGEST_SEARCH].replace("\x00", ""),
        municipality=municipality if municipality in MUNICIPALITIES else "",
        tag=sent_number(args.get("tag", "")),
        reviewer=sent_number(args.get("reader", "")),
        oldest=args.get("order") == "oldest",
        rehearsal=args.get("rehearsal") == "1",
        after=_after(args.get("after", "")),
    )


def _after(written: str) -> tuple[datetime, int] | None:
    """The start of the page, from its address; an unreadable value means the first page."""
    moment, _sep, row_id = written.rpartition("_")
    try:
        found = datetime.fromisoformat(moment)
        return (found, int(row_id)) if found.tzinfo and row_id.isascii() and len(row_id) < 19 else None
    except ValueError:
        return None
