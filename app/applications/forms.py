"""Forms of applicants about an application, except the answers themselves."""

import time
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass
from textwrap import shorten
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import FileStorage, MultiDict
from wtforms import (
    BooleanField,
    EmailField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import AnyOf

from app.applications.queries import files as files_queries
from app.applications.rules.team import INVITED, Role
from app.core.files.check import Accepted, Rejected, accept_and_store
from app.core.http.forms import Form, PublicForm, at_most, email_address, needed, no_address, normal_email
from app.core.i18n.bilingual import LANGUAGE_CHOICES, LOCALES
from app.core.i18n.language import locale
from app.core.sizes import MAX_FILE, MEGABYTE
from app.core.text import cleaning
from app.programmes.rules.carrying import answers_to
from app.questionnaires.forms.reading import read
from app.questionnaires.rules.answers import answer_text
from app.questionnaires.rules.definition import Question, Section

REMOVED = "removed_files"  # in the session: keys of attachments whose removal can be undone
LONGEST_MESSAGE = 4000
LONGEST_SEARCH = 200
LONGEST_NAME = 150
MOST_FILES = 10  # files opened per request
CHECKING_SECONDS = 12.0  # no further file of the request is opened after this
MINE, THEIRS = "mine", "theirs"
TAKEN = "form-"  # starts the name of an answer of the check that the start form takes along


class StartForm(PublicForm):
    """Name, address and language: enough to start writing."""

    name = StringField(_l("Your name"), [needed(_l("Fill in your name")), at_most(120), no_address])
    email = EmailField(_l("Your e-mail address"), [needed(_l("Fill in your e-mail address")), email_address])
    language = RadioField(
        _l("In which language do you want to follow your file?"),
        [needed(_l("Choose a language"))],
        choices=[SelectChoice(code, LANGUAGE_CHOICES[code]) for code in LOCALES],
        validate_choice=False,
    )

    def validate_language(self, field: RadioField) -> None:
        AnyOf(LOCALES, message=str(_l("Choose a language")))(self, field)

    @classmethod
    def with_answers(cls, asked: Iterable[Question], people: dict[str, Any]) -> "type[StartForm]":
        """A form class with a choice for each of these questions of the form, to take along what was said before.

        `people`: the words for the numbers of rows of a group.
        """
        code = locale()
        menus = {}
        for question in asked:
            offered = {one.code: one.label[code] for one in answers_to(question, code)} or people
            choices = [SelectChoice("", _("I fill this in later")), *(SelectChoice(*one) for one in offered.items())]
            menus[f"{TAKEN}{question.key}"] = SelectField(question.label[code], choices=choices, validate_choice=False)
        return type("StartFormWithAnswers", (cls,), menus)

    @property
    def taken(self) -> list[SelectField]:
        """The menus of `with_answers`."""
        return [one for one in self if one.name.startswith(TAKEN)]

    @property
    def address(self) -> str:
        """The normalised address."""
        return normal_email(self.email.data or "") or ""


class DeclarationsForm(Form):
    """The declarations on the check page; `for_declarations` adds a box for each one of the form version."""

    @classmethod
    def for_declarations(cls, declarations: Iterable[Any]) -> "type[DeclarationsForm]":
        """A form class with one box per declaration; required ones must be ticked."""
        boxes = {
            declaration.key: BooleanField(
                shorten(declaration.text[locale()], 60, placeholder="…"),
                [needed(_("Tick “%(text)s” to hand in", text=shorten(declaration.text[locale()], 60, placeholder="…")))]
                if declaration.required
                else [],
            )
            for declaration in declarations
        }
        return type("DeclarationsFormOfVersion", (cls,), boxes)


class MessageForm(Form):
    """A message to the other side."""

    reply = TextAreaField(_l("Your message"), [needed(_l("Write a message first")), at_most(LONGEST_MESSAGE)])

    @property
    def words(self) -> str:
        return self.reply.data or ""


class WithdrawForm(Form):
    """An optional reason for withdrawing."""

    reason = TextAreaField(_l("Why do you withdraw?"), [at_most(LONGEST_MESSAGE)])


class InviteForm(Form):
    """Invite somebody to work on the application."""

    name = StringField(_l("Name"), [needed(_l("Fill in the name")), at_most(120), no_address])
    email = EmailField(_l("E-mail address"), [needed(_l("Fill in the e-mail address")), email_address])
    role = RadioField(
        _l("What may this person do?"),
        choices=[
            SelectChoice(Role.WRITER, _l("Write along, and hand in")),
            SelectChoice(Role.READER, _l("Read along")),
        ],
        validate_choice=False,
    )

    def validate_role(self, field: RadioField) -> None:
        AnyOf(INVITED, message=str(_l("Choose what this person may do")))(self, field)


PLAIN_BUTTONS = {"plain": True, "usual": False}  # values of `do`: with the texts in plain language, or without


class EmptyForm(Form):
    """A button; only checks the CSRF token."""


@dataclass(frozen=True)
class Choice:
    """What the applicant chose on a page that showed two answers.

    `asked`: the questions on that page; `side` and `question`: the button that was pressed.
    """

    asked: frozenset[str]
    side: str
    question: str

    @property
    def theirs(self) -> frozenset[str]:
        """Questions where the other person's answer is used."""
        return self.asked & {self.question} if self.side == THEIRS else frozenset()

    @property
    def mine(self) -> frozenset[str]:
        """Questions where the applicant's own answer is used; a button that saves the section uses all of their own."""
        if self.side == MINE:
            return self.asked & {self.question}
        return self.asked if self.side in ("save", "later", "") else frozenset()

    @property
    def open(self) -> frozenset[str]:
        """Questions without a choice yet."""
        return self.asked - self.theirs - self.mine


def choice_of(sent: "MultiDict[str, str]") -> Choice:
    """The choice in this POST; without questions when the page showed one text."""
    side, _colon, question = sent.get("do", "").partition(":")
    return Choice(frozenset(sent.getlist("choose-for")), side, question)


@dataclass(frozen=True)
class SentFile:
    """A sent file with the result of its check; its name is not trusted."""

    question: str
    name: str
    found: Accepted | Rejected


def check_files(section: Section, sent: "MultiDict[str, FileStorage]") -> list[SentFile]:
    """Check and store the files of a section, in the order they were chosen.

    Takes seconds: call it outside transactions. Number of files and total time are limited.
    """
    begun, opened, files = time.monotonic(), 0, []
    for question in section.questions:
        if question.kind != "files":
            continue
        chosen = [one for one in sent.getlist(question.key) if one.filename]
        for number, one in enumerate(chosen):
            if question.most and number >= question.most:
                found: Accepted | Rejected = Rejected("too_many")
            elif opened >= MOST_FILES or time.monotonic() - begun > CHECKING_SECONDS:
                found = Rejected("later")
            else:
                opened += 1
                most = (question.megabytes or MAX_FILE // MEGABYTE) * MEGABYTE
                found = accept_and_store(_read(one), frozenset(question.accepted_kinds), most=most)
            files.append(SentFile(question.key, file_name(one.filename or ""), found))
    return files


def _read(sent: FileStorage) -> bytes:
    """Read one byte more than allowed, which is enough to know that a file is too large."""
    with closing(sent):
        return sent.read(MAX_FILE + 1)


def file_name(claimed: str) -> str:
    """The last part of the name, cleaned and shortened, with its extension."""
    name = cleaning.clean(claimed.replace("\\", "/").rpartition("/")[2]).replace("\n", " ").strip(". ") or "bestand"
    stem, dot, ending = name.rpartition(".")
    return f"{stem[: LONGEST_NAME - len(ending) - 1]}{dot}{ending}" if dot and len(ending) < 10 else name[:LONGEST_NAME]


def typed_answers(key: str, part: str, sent: "MultiDict[str, str]") -> list[tuple[str, str]] | None:
    """(question, readable answer) of a refused section; None when there is no such section."""
    found = files_queries.form_of(key)
    section = next((one for one in found[1].sections if one.key == part), None) if found else None
    if section is None:
        return None
    answers = read(section, sent)
    return [
        (question.label[locale()], answer_text(question, answers[question.key], locale()))
        for question in section.questions
        if question.key in answers
    ]
