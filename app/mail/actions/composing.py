"""The words of a letter: the team's own where it wrote some, else those of the template; and how a template reads."""

from dataclasses import dataclass
from functools import cache
from types import SimpleNamespace
from typing import Any, NamedTuple

import css_inline
from flask import current_app, render_template
from jinja2 import Environment

from app.core.i18n import speaking
from app.mail import queries
from app.mail.rules import KINDS, SOFT_SPACES, Kind, Part, as_plain_text, as_source, filled, filled_line, parts


@dataclass(frozen=True)
class Words:
    """What a letter says, before anybody gets it."""

    subject: str
    parts: list[Part]

    @property
    def text(self) -> str:
        """The plain part of the mail."""
        return as_plain_text(self.parts)

    @property
    def source(self) -> str:
        """The words with their marks, as a colleague edits them."""
        return as_source(self.parts)

    def html(self, language: str) -> str:
        """The HTML part of the mail, with its styles where every mail reader finds them."""
        with speaking(language):
            page = render_template("mail/letter.html", subject=self.subject, parts=self.parts)
        return css_inline.inline(page, keep_style_tags=True)

    @classmethod
    def read(cls, subject: str, body: str) -> "Words":
        """From what was typed."""
        return cls(_one_line(subject), parts(body))


def compose(kind: str, *, language: str, **values: Any) -> Words:
    """What the letter of this kind says with these values; writes nothing. For letters and for looking beforehand."""
    known, own = KINDS.get(kind), queries.wording(kind)
    with speaking(language):
        if known is None or own is None or not known.suits(values):
            return Words.read(*_halves(render_template(f"mail/{kind}.txt", **values, language=language)))
        found = known.values(values)
        subject = filled_line(own.subject[language], found)
        return Words(_one_line(subject), filled(known, own.body[language], found))


@cache
def shipped(kind: str, language: str) -> tuple[str, str]:
    """Subject and text of a kind as they come with the program: the placeholders stand where values would."""
    stand_ins = _stand_ins(KINDS[kind])
    template = _template_reader(current_app.jinja_env).get_template(f"mail/{kind}.txt")
    with speaking(language):
        subject, body = _halves(template.render(**stand_ins, language=language))
    return _one_line(subject), as_source(parts(body, addresses=KINDS[kind].addresses)).strip()


def _halves(text: str) -> tuple[str, str]:
    subject, _line, body = text.strip().partition("\n")
    return subject, body


def _one_line(text: str) -> str:
    """A subject is one line: a line break would begin a new header."""
    return SOFT_SPACES.sub(" ", text).strip()


class Pair(NamedTuple):
    """A title with its text: a question with its answer, a criterion with what is said of it."""

    title: str
    text: str


class StandIn(str):
    """`{title}` in the place of a value: a text in every language, and a list of one title with its text."""

    __slots__ = ()

    def __getitem__(self, _language: Any) -> "StandIn":
        return self

    def __iter__(self) -> Any:
        yield Pair(self, "")


def _stand_ins(kind: Kind) -> dict[str, Any]:
    """The values of a letter with a stand-in at the end of every path."""
    root = SimpleNamespace()
    for placeholder in kind.placeholders:
        for path in placeholder.path.split(","):
            *way, last = path.strip().split(".")
            place = root
            for name in way:
                if not hasattr(place, name):
                    setattr(place, name, SimpleNamespace())
                place = getattr(place, name)
            setattr(place, last, StandIn(f"{{{placeholder.name}}}"))
    return vars(root)


def _template_reader(env: Environment) -> Environment:
    """Templates read as ever, but that a filter leaves stand-ins alone."""
    reader = env.overlay()
    reader.filters = {name: _sparing(write) for name, write in env.filters.items()}
    return reader


def _sparing(write: Any) -> Any:
    if getattr(write, "jinja_pass_arg", None):
        return write
    return lambda value, *args, **more: value if isinstance(value, StandIn) else write(value, *args, **more)
