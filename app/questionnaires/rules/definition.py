"""The definition of a form: sections with questions in both languages, declarations and optional questions."""

import hashlib
import json
from collections.abc import Collection, Iterator
from functools import cached_property
from typing import Annotated, Any, Literal, Self

from pydantic import (
    AliasChoices,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    ValidationInfo,
    model_validator,
)

from app.core.i18n.bilingual import LOCALES, Bilingual
from app.questionnaires.rules.issues import issues_of

KindName = Literal[
    "short_text",
    "long_text",
    "email",
    "phone",
    "link",
    "number",
    "money",
    "date",
    "one_choice",
    "several_choices",
    "municipalities",
    "sector",
    "sectors",
    "legal_form",
    "enterprise_number",
    "group",
    "files",
]
FILE_KINDS = ("pdf", "jpg", "png", "odt", "docx")
Operator = Literal["is", "is_not", "contains", "answered"]


class Faulty(ValueError):
    """The form cannot be published; `sentences` say why."""

    def __init__(self, sentences: list[str]) -> None:
        super().__init__("\n".join(sentences))
        self.sentences = sentences


def _both_sides(sides: object) -> object:
    """Read a missing language as an empty text, so that the issue can name its place."""
    if isinstance(sides, dict) and set(sides) <= set(LOCALES):
        return Bilingual(**{locale: str(sides.get(locale) or "").strip() for locale in LOCALES})
    return sides


def _many(name: str) -> Any:
    """Accept the singular key for a list, which reads better for tables in TOML."""
    return Field(default=(), validation_alias=AliasChoices(f"{name}s", name))


Words = Annotated[Bilingual, BeforeValidator(_both_sides)]
Key = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
Code = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]{0,39}$")]


class Part(BaseModel):
    """Base of all parts: immutable, refuses unknown keys."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class Choice(Part):
    """One choice; the code is stored, the label is shown."""

    code: Code
    label: Words
    help: Words | None = None


class Condition(Part):
    """The question is asked only when another one has this answer."""

    question: Key
    operator: Operator = "is"
    value: str = ""


class Question(Part):
    """One question. The kind decides which limits apply.

    `simple`: says the same as label and help, in plain language; `example`: an answer, or a case with its answer. Both
    only help to answer: they change neither what is asked nor what is stored.
    """

    key: Key
    kind: KindName
    label: Words
    help: Words | None = None
    simple: Words | None = None
    example: Words | None = None
    required: bool = True
    show_if: Condition | None = None
    # Limits of the answer.
    limit: int | None = Field(default=None, ge=1)
    rows: int | None = Field(default=None, ge=1)
    choices: tuple[Choice, ...] = _many("choice")
    least: int | None = Field(default=None, ge=0)
    most: int | None = Field(default=None, ge=1)
    minimum: float | None = Field(default=None, allow_inf_nan=False)
    maximum: float | None = Field(default=None, allow_inf_nan=False)
    decimals: int | None = Field(default=None, ge=0, le=4)
    unknown_allowed: bool = False
    all_allowed: bool = False
    outside_allowed: bool = False
    file_kinds: tuple[str, ...] = Field(default=(), validation_alias=AliasChoices("file_kinds", "kinds"))
    megabytes: int | None = Field(default=None, ge=1)
    item_label: Words | None = None
    add_label: Words | None = None
    fields: tuple["Question", ...] = _many("field")
    autocomplete: str = ""
    # Who may read it, and its purpose.
    criterion: str | None = None
    indicator: str | None = None
    personal: bool = False
    hidden_from_jury: bool = False
    # When it is asked, and until when it may change.
    asked_later: bool = False
    frozen_after_hand_in: bool = False

    @property
    def accepted_kinds(self) -> tuple[str, ...]:
        """The accepted file types; none ticked means all."""
        return self.file_kinds or FILE_KINDS


class Section(Part):
    """Questions on one page."""

    key: Key
    title: Words
    lead: Words | None = None
    questions: tuple[Question, ...] = _many("question")

    def question(self, key: str) -> Question:
        """The question with this key. Raises KeyError."""
        return next((question for question in self.questions if question.key == key), None) or _missing(key)


class Declaration(Part):
    """A statement to tick before submitting; `version` identifies its text."""

    key: Key
    text: Words
    version: str
    required: bool = False
    consent: bool = False
    months: int | None = Field(default=None, ge=1)


class Definition(Part):
    """One version of a form."""

    key: Key
    title: Words
    lead: Words | None = None
    sections: tuple[Section, ...] = _many("section")
    declarations: tuple[Declaration, ...] = _many("declaration")
    declarations_title: Words | None = None
    declarations_lead: Words | None = None
    monitoring: tuple[Question, ...] = ()
    monitoring_title: Words | None = None
    monitoring_lead: Words | None = None

    @model_validator(mode="after")
    def _without_issues(self, info: ValidationInfo) -> Self:
        sentences = [] if (info.context or {}).get("sketch") else [issue.sentence for issue in issues_of(self)]
        if sentences:
            raise Faulty(sentences)
        return self

    @classmethod
    def sketch(cls, data: object) -> Self:
        """A draft that may have issues: `issues_of` lists them. Raises Faulty for invalid data."""
        try:
            return cls.model_validate(data, context={"sketch": True})
        except ValidationError as error:
            raise Faulty(_sentences(error)) from error

    @classmethod
    def read(cls, data: object) -> Self:
        """Parse a form; raises Faulty with every issue."""
        try:
            return cls.model_validate(data)
        except ValidationError as error:
            raise Faulty(_sentences(error)) from error

    @property
    def questions(self) -> Iterator[Question]:
        """Every question in page order, without the optional ones."""
        return (question for section in self.sections for question in section.questions)

    @cached_property
    def _by_key(self) -> dict[str, tuple[Section, Question, int]]:
        pairs = [(section, question) for section in self.sections for question in section.questions]
        return {question.key: (section, question, n) for n, (section, question) in enumerate(pairs, 1)}

    def section(self, key: str) -> Section:
        """The section with this key. Raises KeyError."""
        return next((section for section in self.sections if section.key == key), None) or _missing(key)

    def question(self, key: str) -> Question:
        """The question with this key. Raises KeyError."""
        return self._by_key[key][1]

    def has(self, key: str) -> bool:
        """True when the form has this question."""
        return key in self._by_key

    def section_of(self, key: str) -> Section:
        """The section of this question."""
        return self._by_key[key][0]

    def number(self, key: str) -> int:
        """The running number of a question."""
        return self._by_key[key][2]

    @cached_property
    def has_plain_texts(self) -> bool:
        """True when at least one question has a text in plain language or an example."""
        asked = [one for question in (*self.questions, *self.monitoring) for one in (question, *question.fields)]
        return any(one.simple or one.example for one in asked)

    def without(self, keys: Collection[str]) -> Self:
        """The form without these questions; a section without questions is removed too."""
        kept = [
            one.model_copy(update={"questions": tuple(asked for asked in one.questions if asked.key not in keys)})
            for one in self.sections
        ]
        return self.model_construct(**(dict(self) | {"sections": tuple(one for one in kept if one.questions)}))

    @property
    def monitoring_section(self) -> Section:
        """The optional questions as a section; their answers are never stored with the application."""
        title = self.monitoring_title or self.title
        return Section(key="monitoring", title=title, lead=self.monitoring_lead, questions=self.monitoring)


def digest(data: object) -> str:
    """SHA-256 of the definition, independent of JSON formatting."""
    canonical = json.dumps(data, sort_keys=True, ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def _missing(key: str) -> Any:
    raise KeyError(key)


def _sentences(error: ValidationError) -> list[str]:
    """The errors of pydantic, or the form's own sentences."""
    sentences: list[str] = []
    for found in error.errors(include_url=False, include_input=False):
        cause = found.get("ctx", {}).get("error")
        if isinstance(cause, Faulty):
            sentences += cause.sentences
        else:
            place = ".".join(str(step) for step in found["loc"])
            sentences.append(f"{place}: {found['msg']}")
    return sentences
