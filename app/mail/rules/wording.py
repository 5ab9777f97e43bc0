"""What is wrong with the team's words for a letter: each fault names its place and says what to do."""

from collections.abc import Iterator
from dataclasses import dataclass

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from app.core.bilingual import LOCALES, Bilingual
from app.mail.rules.parts import parts
from app.mail.rules.placeholders import BRACED, Kind, names_in


@dataclass(frozen=True)
class Fault:
    """Something to correct in `subject` or `body` of one language."""

    text: str
    language: str
    sentence: LazyString


def wording_faults(kind: Kind, subject: Bilingual, body: Bilingual) -> list[Fault]:
    """Everything that must be mended before these words may go to people; nothing: they may."""
    found = []
    for language in LOCALES:
        if not subject[language].strip():
            found.append(Fault("subject", language, _l("Write the subject in this language too")))
        if not body[language].strip():
            found.append(Fault("body", language, _l("Write the letter in this language too")))
        found += [Fault("subject", language, one) for one in _in_subject(kind, subject[language])]
        found += [Fault("body", language, one) for one in _in_body(kind, body[language])]
    return found


def _in_subject(kind: Kind, subject: str) -> Iterator[LazyString]:
    yield from _unknown(kind, subject)
    for name in names_in(subject):
        if name in kind.known and (kind.known[name].may_be_empty or kind.known[name].is_passage):
            yield _l("%(name)s cannot stand in the subject: it may be empty or have several lines", name=_braced(name))


def _in_body(kind: Kind, body: str) -> Iterator[LazyString]:
    yield from _unknown(kind, body)
    used = names_in(body)
    missing = [_braced(name) for name in kind.needed if name not in used]
    if missing and body.strip():
        yield _l("This letter needs %(names)s", names=", ".join(missing))
    for part in parts(body, addresses=kind.addresses):
        units = [(line,) for line in part.lines] if part.kind == "list" else [part.lines]
        for unit in units:
            yield from _in_paragraph(kind, "\n".join(unit))


def _in_paragraph(kind: Kind, text: str) -> Iterator[LazyString]:
    """A sentence whose placeholder stays empty would be a broken one: it goes as a whole, or not at all."""
    known = [kind.known[name] for name in names_in(text) if name in kind.known]
    for one in known:
        if one.is_passage and not BRACED.fullmatch(text.strip()):
            yield _l("%(name)s has lines of its own: give it a paragraph for itself", name=_braced(one.name))
        elif one.may_be_empty and any(not other.may_be_empty for other in known):
            yield _l(
                "%(name)s may be empty, and its paragraph then falls away: keep the other placeholders out of it",
                name=_braced(one.name),
            )


def _unknown(kind: Kind, text: str) -> Iterator[LazyString]:
    unknown = [_braced(name) for name in names_in(text) if name not in kind.known]
    if unknown:
        yield _l("These placeholders do not exist here: %(names)s", names=", ".join(unknown))


def _braced(name: str) -> str:
    return f"{{{name}}}"
