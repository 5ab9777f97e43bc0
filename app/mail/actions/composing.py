"""Compose a letter: the team's wording of its kind if there is one, else its template."""

from dataclasses import dataclass
from functools import cache
from types import SimpleNamespace
from typing import Any, NamedTuple

import css_inline
from flask import current_app, render_template
from flask_babel import gettext as _
from jinja2 import Environment

from app.core.i18n.addresses import site_host
from app.core.i18n.bilingual import LOCALES, Bilingual
from app.core.i18n.language import other_locale, speaking
from app.core.logs import log
from app.mail import queries
from app.mail.models import Wording
from app.mail.rules.kinds import KINDS
from app.mail.rules.parts import Part, as_plain_text, as_source, parts
from app.mail.rules.placeholders import Kind, filled, filled_line
from app.mail.rules.values import guarded, one_line
from app.mail.rules.wording import is_safe


@dataclass(frozen=True)
class Words:
    """The content of a letter, before it has a recipient."""

    subject: str
    parts: list[Part]

    def text(self, language: str) -> str:
        """The plain text part; its last line is in the other language."""
        return as_plain_text([*self.parts, Part("text", (other_language_line(language),))])

    @property
    def source(self) -> str:
        """The marked-up source, for editing."""
        return as_source(self.parts)

    def html(self, language: str) -> str:
        """The HTML part, with inlined styles."""
        line = other_language_line(language)
        with speaking(language):
            page = render_template("mail/letter.html", subject=self.subject, parts=self.parts, other_line=line)
        return css_inline.inline(page, keep_style_tags=True)

    @classmethod
    def read(cls, subject: str, body: str) -> "Words":
        """Parse what was typed."""
        return cls(_one_line(subject), parts(body))


def other_language_line(language: str) -> str:
    """The offer, in the other language, to send further mail in that language. The recipient answers the mail."""
    with speaking(language):
        other = other_locale()
    with speaking(other):
        return str(_("Would you rather get our e-mails in this language? Answer this e-mail."))


def compose(kind: str, *, language: str, **values: Any) -> Words:
    """The content of a letter of this kind with these values. Writes nothing; also used for previews."""
    known, own = KINDS.get(kind), usable_wording(kind, language)
    with speaking(language):
        if known is None or own is None or known.has_secret_link or not known.suits(values):
            subject, body = _halves(_written(kind, **values, language=language))
            if known is not None and own is not None and known.has_secret_link:
                body = with_greeting(body, filled_line(own.body[language], known.values(values)))
            return Words.read(subject, body)
        found = known.values(values)
        subject = filled_line(own.subject[language], found)
        return Words(_one_line(subject), filled(known, own.body[language], found))


def _written(kind: str, **values: Any) -> str:
    """Render the template; every value is made harmless on the way in."""
    guarded_values = {name: guarded(name, value) for name, value in values.items()}
    current_app.update_template_context(guarded_values)
    return _guarding(current_app.jinja_env).get_template(f"mail/{kind}.txt").render(guarded_values)


@cache
def _guarding(env: Environment) -> Environment:
    """A template environment that also makes attributes of values harmless, such as `application.title`."""
    reader = env.overlay()
    read = reader.getattr

    def read_guarded(obj: Any, attribute: str) -> Any:
        return guarded(attribute, read(obj, attribute))

    reader.getattr = read_guarded  # type: ignore[method-assign]
    return reader


def usable_wording(kind: str, language: str) -> Wording | None:
    """The team's wording of a kind, if there is one and it may be sent.

    A stored wording that breaks a newer rule is ignored: the shipped one is used.
    """
    own = queries.wording(kind)
    if own is None or kind not in KINDS:
        return None
    if not is_safe(KINDS[kind], own.subject[language], own.body[language], own_host=site_host()):
        log.warning("wording not used", kind=kind, language=language)
        return None
    return own


def worded(kind: str, own: Wording | None) -> tuple[Bilingual, Bilingual]:
    """Subject and text of a kind in both languages: this wording, or the shipped one."""
    texts = {code: shipped(kind, code) for code in LOCALES}
    subject = Bilingual.of({code: text[0] for code, text in texts.items()})
    body = Bilingual.of({code: text[1] for code, text in texts.items()})
    if own is None:
        return subject, body
    if KINDS[kind].has_secret_link:
        return subject, Bilingual.of({code: with_greeting(body[code], own.body[code]) for code in LOCALES})
    return own.subject, own.body


def greeting_of(body: str) -> str:
    """The first paragraph of a letter."""
    return body.strip().partition("\n\n")[0]


def with_greeting(body: str, greeting: str) -> str:
    """The letter with another greeting."""
    _shipped, _line, rest = body.strip().partition("\n\n")
    return f"{_one_line(greeting)}\n\n{rest.strip()}"


@cache
def shipped(kind: str, language: str) -> tuple[str, str]:
    """The shipped subject and text of a kind, with placeholders in place of values."""
    stand_ins = _stand_ins(KINDS[kind])
    template = _template_reader(current_app.jinja_env).get_template(f"mail/{kind}.txt")
    with speaking(language):
        subject, body = _halves(template.render(**stand_ins, language=language))
    return _one_line(subject), as_source(parts(body, addresses=KINDS[kind].addresses)).strip()


def _halves(text: str) -> tuple[str, str]:
    subject, _line, body = text.strip().partition("\n")
    return subject, body


def _one_line(text: str) -> str:
    """A subject is one line: a line break would start a new header."""
    return one_line(text)


class Pair(NamedTuple):
    """A title with its text: question and answer, criterion and feedback."""

    title: str
    text: str


class StandIn(str):
    """`{title}` in place of a value: behaves as a bilingual text and as a list of one Pair."""

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
    """A template environment whose filters leave stand-ins unchanged."""
    reader = env.overlay()
    reader.filters = {name: _sparing(write) for name, write in env.filters.items()}
    return reader


def _sparing(write: Any) -> Any:
    if getattr(write, "jinja_pass_arg", None):
        return write
    return lambda value, *args, **more: value if isinstance(value, StandIn) else write(value, *args, **more)
