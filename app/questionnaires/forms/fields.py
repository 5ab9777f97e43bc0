"""View models of a section's fields: texts in the page's language, all flags decided."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from app.questionnaires.forms.reading import most_items, shown_items
from app.questionnaires.rules import raw, writing
from app.questionnaires.rules.answers import Problem, raw_of
from app.questionnaires.rules.conditions import is_met, shown_in
from app.questionnaires.rules.definition import Condition, Definition, Question, Section
from app.questionnaires.rules.kinds.attachments import File
from app.questionnaires.rules.kinds.lists import options
from app.questionnaires.rules.kinds.registry import kind_of

INPUTS = {"email": "email", "phone": "tel", "link": "url"}
KEYBOARDS = {"number": "decimal", "money": "decimal", "enterprise_number": "numeric"}
COMPLETIONS = {"email": "email", "phone": "tel", "link": "url"}
NARROW = frozenset({"number", "money", "phone", "enterprise_number"})
MENUS = frozenset({"sector", "legal_form"})
FEW = 6  # from this many on, in two columns


@dataclass(frozen=True)
class Option:
    """One choice; `opens`: choosing it reveals the questions below."""

    id: str
    code: str
    label: str
    hint: str
    chosen: bool
    opens: bool


@dataclass(frozen=True)
class DatePart:
    """One of the three inputs of a date."""

    part: str
    id: str
    typed: str
    wrong: bool


@dataclass(frozen=True)
class Item:
    """One item of a group; `about` tells its remove button from the others."""

    index: int
    legend: str
    about: str
    fields: list["Field"]

    @property
    def rows(self) -> list[list["Field"]]:
        """The fields, two short ones side by side."""
        rows: list[list[Field]] = []
        for one in self.fields:
            beside = rows[-1] if rows else []
            if len(beside) == 1 and {one.shape, beside[0].shape} == {"line"}:
                beside.append(one)
            else:
                rows.append([one])
        return rows


@dataclass(frozen=True)
class Field:
    """One question on a page. `id` is also its POST field name."""

    id: str
    question: Question
    shape: str
    label: str
    hint: str
    messages: list[str]
    example: str = ""
    typed: str = ""
    unknown: bool = False
    options: list[Option] = field(default_factory=list)
    parts: list[DatePart] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)
    may_add: bool = False
    files: list[File] = field(default_factory=list)
    below: list["Field"] = field(default_factory=list)

    @property
    def is_wrong(self) -> bool:
        """True when there is an error."""
        return bool(self.messages)

    @property
    def described_by(self) -> str:
        """Hint, example, error, counter: in reading order."""
        there = {"h": bool(self.hint), "x": bool(self.example), "e": self.is_wrong, "c": self.has_counter}
        return " ".join(f"{self.id}-{mark}" for mark, wanted in there.items() if wanted)

    @property
    def has_counter(self) -> bool:
        """True for long texts, which show how much room is left."""
        return self.shape == "text" and self.question.limit is not None

    @property
    def length(self) -> int:
        """The number of characters now."""
        return len(self.typed)

    @property
    def too_many(self) -> int:
        """The number of characters over the limit."""
        return max(0, self.length - (self.question.limit or self.length))

    @property
    def is_menu(self) -> bool:
        """True for a select instead of radio buttons."""
        return self.question.kind in MENUS

    @property
    def in_two_columns(self) -> bool:
        """True for many choices."""
        return len(self.options) > FEW

    @property
    def is_narrow(self) -> bool:
        """True for answers of a few digits."""
        return self.question.kind in NARROW

    @property
    def input_type(self) -> str:
        """The input type, which decides on a phone's keyboard."""
        return INPUTS.get(self.question.kind, "text")

    @property
    def inputmode(self) -> str:
        """The input mode for figures."""
        return KEYBOARDS.get(self.question.kind, "")

    @property
    def autocomplete(self) -> str:
        """The autocomplete token, only for data about the person who writes."""
        return self.question.autocomplete or COMPLETIONS.get(self.question.kind, "off")

    @property
    def sign_follows(self) -> bool:
        """True when the language writes the euro sign after the amount."""
        return writing.money(Decimal(1), writing.current()).endswith("€")

    @property
    def accept(self) -> str:
        """The extensions for the file dialogue."""
        return ",".join(f".{kind}" for kind in self.question.accepted_kinds)

    @property
    def decides(self) -> bool:
        """True when the page itself can tell which answer reveals the questions below."""
        return any(option.opens for option in self.options)


def fields(
    definition: Definition,
    section: Section,
    answers: Mapping[str, Any],
    problems: Iterable[Problem] = (),
    files: Sequence[File] = (),
    *,
    plain: bool = False,
) -> list[Field]:
    """The fields of a section's page; a conditional question follows the one it depends on.

    `plain`: with the texts in plain language, where the form has them.
    """
    shown, page = shown_in(definition, section, answers), _Page(answers, list(problems), files, plain)
    here = {question.key for question in shown}

    def below(question: Question) -> list[Question]:
        return [one for one in shown if one.show_if and one.show_if.question == question.key]

    def made(question: Question) -> Field:
        return page.field(question, [made(one) for one in below(question)])

    return [made(one) for one in shown if one.show_if is None or one.show_if.question not in here]


@dataclass(frozen=True)
class _Page:
    answers: Mapping[str, Any]
    problems: list[Problem]
    files: Sequence[File]
    plain: bool

    def field(self, question: Question, below: list[Field]) -> Field:
        """One question of the section."""
        messages = [one.message for one in self.problems if one.question == question.key]
        typed = raw_of(question, self.answers, self.files)
        if question.kind == "group":
            return self._group(question, typed, below)
        return self._help(_single(question, question.key, typed, messages, below))

    def _help(self, made: Field) -> Field:
        """The field with its plain text instead of the help, and its example."""
        question, locale = made.question, writing.current()
        if not self.plain:
            return made
        hint = question.simple[locale] if question.simple else made.hint
        return replace(made, hint=hint, example=question.example[locale] if question.example else "")

    def _group(self, question: Question, typed: Any, below: list[Field]) -> Field:
        members = raw.items(typed)
        members += [{} for _number in range(shown_items(question, typed) - len(members))]
        return self._help(
            _blank(
                question,
                question.key,
                items=[self._item(question, index, member) for index, member in enumerate(members)],
                may_add=len(members) < most_items(question),
                below=below,
            )
        )

    def _item(self, question: Question, index: int, member: Mapping[str, Any]) -> Item:
        label = (question.item_label or question.label)[writing.current()]
        legend = f"{label} {index + 1}"
        made = []
        for one in question.fields:
            name = f"{question.key}-{index}-{one.key}"
            found = [p.message for p in self.problems if p.control == name or p.control.startswith(f"{name}-")]
            made.append(self._help(_single(one, name, member.get(one.key), found, [])))
        about = next((text for text in raw.texts(member)), legend)
        return Item(index, legend, about, made)


def _single(question: Question, name: str, typed: Any, messages: list[str], below: list[Field]) -> Field:
    shape = kind_of(question).shape
    if shape == "files":
        return _blank(question, name, messages=messages, files=typed, below=below)
    if shape == "date":
        return _blank(question, name, messages=messages, parts=_parts(question, name, typed, messages), below=below)
    if shape in ("choice", "list"):
        return _blank(question, name, messages=messages, options=_options(question, name, typed, below), below=below)
    return _blank(question, name, messages=messages, typed=raw.text(typed), unknown=raw.is_unknown(typed), below=below)


def _blank(question: Question, name: str, **given: Any) -> Field:
    locale = writing.current()
    return Field(
        id=name,
        question=question,
        shape=kind_of(question).shape,
        label=question.label[locale],
        hint=question.help[locale] if question.help else "",
        **({"messages": []} | given),
    )


def _parts(question: Question, name: str, typed: Any, messages: list[str]) -> list[DatePart]:
    wrong = kind_of(question).control(typed, name) if messages else ""
    return [
        DatePart(part, f"{name}-{part}", words, wrong == f"{name}-{part}")
        for part, words in raw.date_parts(typed).items()
    ]


def _options(question: Question, name: str, typed: Any, below: list[Field]) -> list[Option]:
    """The choices, then sent values that are not choices, so that no answer disappears."""
    locale, chosen, waited_for = writing.current(), raw.texts(typed), _one_condition(below)
    offered = options(question, locale)
    codes = {choice.code for choice in offered}
    rows = [(one.code, one.label[locale], one.help[locale] if one.help else "") for one in offered]
    rows += [(code, code, "") for code in chosen if code not in codes]
    return [
        Option(
            id=f"{name}-{number}",
            code=code,
            label=label,
            hint=hint,
            chosen=code in chosen,
            opens=waited_for is not None and is_met(waited_for, code),
        )
        for number, (code, label, hint) in enumerate(rows)
    ]


def _one_condition(below: list[Field]) -> Condition | None:
    """The condition of the questions below when all share one: only then can a style sheet decide."""
    conditions = {one.question.show_if for one in below}
    return conditions.pop() if len(conditions) == 1 else None
