"""What applicants and staff send about an application, apart from the answers themselves."""

from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import FileStorage, MultiDict
from wtforms import (
    BooleanField,
    DateField,
    EmailField,
    HiddenField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import AnyOf, Optional

from app.applications.queries import Filter
from app.applications.rules import STATE_NAMES, State, possible_moves
from app.core import text
from app.core.bilingual import LANGUAGE_NAMES, LOCALES
from app.core.files import LARGEST
from app.core.forms import Form, at_most, email_address, needed
from app.questionnaires.rules import Question, Section

LONGEST_MESSAGE = 4000
LONGEST_SEARCH = 200
LONGEST_NAME = 150


class StartForm(Form):
    """Name, address, language: enough to begin writing."""

    name = StringField(_l("Your name"), [needed(_l("Fill in your name")), at_most(120)])
    email = EmailField(_l("Your e-mail address"), [needed(_l("Fill in your e-mail address")), email_address])
    language = RadioField(
        _l("In which language do you want to follow your file?"),
        [needed(_l("Choose a language"))],
        choices=[SelectChoice(code, LANGUAGE_NAMES[code]) for code in LOCALES],
        validate_choice=False,
    )
    website = StringField(_l("Leave this field empty"))

    def validate_language(self, field: RadioField) -> None:
        """Only a language of the site."""
        AnyOf(LOCALES, message=str(_l("Choose a language")))(self, field)

    @property
    def is_machine(self) -> bool:
        """People do not see the last field; programs that fill in everything do."""
        return bool(self.website.data)


class DeclarationsForm(Form):
    """The boxes under the check page; `for_definition` adds one per declaration of the form version."""

    @classmethod
    def for_declarations(cls, declarations: Iterable[Any]) -> "type[DeclarationsForm]":
        """A form class with one box per declaration; the duties must be ticked."""
        boxes = {
            declaration.key: BooleanField(
                declaration.key,
                [needed(str(_l("Tick this box to hand in your application")))] if declaration.required else [],
            )
            for declaration in declarations
        }
        return type("DeclarationsFormOfVersion", (cls,), boxes)


class EmptyForm(Form):
    """A button: nothing but the proof that our own page sent it."""


class NoteForm(Form):
    """An internal note."""

    text = TextAreaField(_l("Internal note"), [needed(_l("Write a note first")), at_most(LONGEST_MESSAGE)])


class MoveForm(Form):
    """One step by hand, with what the applicant should read."""

    to = SelectField(_l("Move to"), validate_choice=False)
    message = TextAreaField(_l("Message to the applicant"), [at_most(LONGEST_MESSAGE)])
    until = DateField(_l("Answer wanted by"), [Optional()])
    from_state = HiddenField()

    def offer(self, current: State) -> None:
        """Offer only the steps that the table allows."""
        self.to.choices = [SelectChoice(state.value, STATE_NAMES[state]) for state in possible_moves(current)]

    def validate_to(self, field: SelectField) -> None:
        """Only an offered step."""
        AnyOf([choice.value for choice in self.to.choices], message=str(_l("Choose a step")))(self, field)

    def validate_message(self, field: TextAreaField) -> None:
        """Where the applicant is told what is missing or why not, words are needed."""
        if self.to.data in (State.INCOMPLETE, State.INELIGIBLE) and not (field.data or "").strip():
            raise ValidationError(str(_l("Write what is missing or why, in the language of the file")))

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


@dataclass(frozen=True)
class ChosenFile:
    """A file as it was sent: its name is only a claim."""

    question: Question
    name: str
    content: bytes


def chosen_files(section: Section, sent: "MultiDict[str, FileStorage]") -> list[ChosenFile]:
    """The files of a section's file questions, in the order they were chosen."""
    return [
        ChosenFile(question, file_name(one.filename or ""), _read(one))
        for question in section.questions
        if question.kind == "files"
        for one in sent.getlist(question.key)
        if one.filename
    ]


def _read(sent: FileStorage) -> bytes:
    """One octet more than allowed tells that a file is too large; the rest is not worth memory."""
    with closing(sent):
        return sent.read(LARGEST + 1)


def file_name(claimed: str) -> str:
    """The last part of a name, cleaned and shortened; the ending stays."""
    name = text.clean(claimed.replace("\\", "/").rpartition("/")[2]).replace("\n", " ").strip(". ") or "bestand"
    stem, dot, ending = name.rpartition(".")
    return f"{stem[: LONGEST_NAME - len(ending) - 1]}{dot}{ending}" if dot and len(ending) < 10 else name[:LONGEST_NAME]
