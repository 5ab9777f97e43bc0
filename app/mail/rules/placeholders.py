"""Placeholders in the team's wording, and filling them in."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from flask_babel import lazy_gettext as _l
from markupsafe import Markup, escape

from app.core.i18n.bilingual import Bilingual
from app.core.i18n.formats import day, moment
from app.core.i18n.language import locale
from app.core.text.markdown import quoted
from app.mail.rules.parts import Part, parts
from app.mail.rules.values import guarded

BRACED = re.compile(r"\{([^{}\n]*)\}")
SOFT_SPACES = re.compile(r"[ \t\r\n]+")
LONGEST_SUBJECT, LONGEST_BODY, LONGEST_GREETING = 200, 8000, 120


@dataclass(frozen=True)
class Placeholder:
    """`{name}`: its meaning, and the path of its value in what `queue` gets.

    `path`: attributes, such as `application.call.title`; after a comma the fallback. `form`: how the value is written;
    a passage has several paragraphs. `sample`: the value in a preview without a letter.
    """

    name: str
    meaning: Any
    path: str
    form: str = "words"
    sample: Any = ""
    may_be_empty: bool = False

    @property
    def is_passage(self) -> bool:
        """True when it has several paragraphs, so that it must stand alone."""
        return self.form in ("passage", "quoted", "answers", "feedback")

    def value(self, values: Mapping[str, Any]) -> str:
        """The value as text in the current language."""
        found = (_guarded(path.strip(), values) for path in self.path.split(","))
        return FORMS[self.form](next((one for one in found if one), None) or "")

    def shown(self) -> str:
        """The sample as text."""
        return FORMS[self.form](self.sample)


@dataclass(frozen=True)
class Kind:
    """One kind of letter that the team may reword: name, placeholders, and required ones.

    `decisive`: when one of these has no value, the shipped wording is used, which handles both cases.
    `has_secret_link`: it signs in the person who opens it, so only the greeting may be reworded.
    """

    name: Any
    placeholders: tuple[Placeholder, ...]
    needed: tuple[str, ...] = ("url",)
    decisive: tuple[str, ...] = ()
    has_secret_link: bool = False
    known: dict[str, Placeholder] = field(init=False, default_factory=dict, compare=False)

    def __post_init__(self) -> None:
        """Index the placeholders by name."""
        self.known.update({one.name: one for one in self.placeholders})

    @property
    def addresses(self) -> list[str]:
        """The placeholders that make their paragraph a button."""
        return [f"{{{one.name}}}" for one in self.placeholders if one.form == "address"]

    def values(self, given: Mapping[str, Any]) -> dict[str, str]:
        """Every placeholder with its value in the current language; a sample where `given` has none."""
        return {one.name: one.value(given) if _root(one) in given else one.shown() for one in self.placeholders}

    def suits(self, given: Mapping[str, Any]) -> bool:
        """True when the team's wording may be filled with these values."""
        return all(self.known[name].value(given) for name in self.decisive)


def names_in(text: str) -> list[str]:
    """The placeholders of a text, each once, in order."""
    return list(dict.fromkeys(BRACED.findall(text)))


def filled_line(text: str, values: Mapping[str, str], *, marked: bool = False) -> str:
    """One line with its values; `marked`: as HTML that highlights the values."""
    pieces = BRACED.split(text)  # every second item is a name
    if not marked:
        return "".join(values.get(piece, "") if turn % 2 else piece for turn, piece in enumerate(pieces))
    return Markup().join(
        _marked(values.get(piece, "")) if turn % 2 else escape(piece) for turn, piece in enumerate(pieces)
    )


def filled(kind: Kind, text: str, values: Mapping[str, str], *, marked: bool = False) -> list[Part]:
    """The paragraphs with their values; leaves out what consists of empty placeholders only.

    Paragraphs are parsed before values are inserted, so no value can make a button, list or plate.
    """
    found: list[Part] = []
    for part in parts(text, addresses=kind.addresses):
        lone = BRACED.fullmatch(part.lines[0]) if len(part.lines) == 1 else None
        if lone and lone[1] in kind.known and kind.known[lone[1]].is_passage:
            found += _passage(values[lone[1]], marked)
            continue
        units = [(line,) for line in part.lines] if part.kind == "list" else [part.lines]
        kept = [line for unit in units if not _is_hollow(unit, values) for line in unit]
        if kept:
            found.append(Part(part.kind, tuple(filled_line(line, values, marked=marked) for line in kept)))
    return found


def _passage(value: str, marked: bool) -> Iterable[Part]:
    for part in parts(value):
        yield Part(part.kind, tuple(_marked(line) for line in part.lines)) if marked else part


def _is_hollow(lines: Iterable[str], values: Mapping[str, str]) -> bool:
    names = names_in("\n".join(lines))
    return bool(names) and not any(values.get(name) for name in names)


def _marked(value: str) -> Markup:
    return Markup("<mark>{}</mark>").format(value) if value else Markup()


def _root(placeholder: Placeholder) -> str:
    return placeholder.path.partition(".")[0]


def _resolved(path: str, values: Mapping[str, Any]) -> Any:
    first, *rest = path.split(".")
    found: Any = values.get(first)
    for name in rest:
        found = getattr(found, name, None)
    return found


def _guarded(path: str, values: Mapping[str, Any]) -> Any:
    return guarded(path.rpartition(".")[2], _resolved(path, values))


def _words(value: Any) -> str:
    text = value[locale()] if isinstance(value, Bilingual) else str(value)
    return SOFT_SPACES.sub(" ", text).strip()


def _answers(value: Any) -> str:
    return "\n\n".join(f"{label}\n{words}" for label, words in value)


def _feedback(value: Any) -> str:
    return "\n\n".join(f"{_words(one.title)}\n{one.text}" for one in value)


def _if_any(write: Callable[[Any], str]) -> Callable[[Any], str]:
    return lambda value: write(value) if value else ""


FORMS: dict[str, Callable[[Any], str]] = {
    "words": _words,
    "address": _words,
    "passage": str,
    "quoted": lambda value: quoted(str(value)),
    "answers": _answers,
    "feedback": _feedback,
    "moment": _if_any(moment),
    "day": _if_any(day),
}

NAME = Placeholder("name", _l("the name of the reader of the letter"), "name", sample="Zoë Janssens")
ADDRESS = Placeholder(
    "url", _l("the address behind the button"), "url", "address", sample="https://www.coopcity.example/voorbeeld"
)
