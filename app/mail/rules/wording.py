"""Check the team's wording of letters: each issue names its field and says what to do."""

from collections.abc import Iterator
from dataclasses import dataclass

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from app.core.i18n.bilingual import LOCALES, Bilingual
from app.core.issues import Issue
from app.mail.rules.links import foreign_addresses, has_address
from app.mail.rules.parts import parts
from app.mail.rules.placeholders import BRACED, LONGEST_GREETING, Kind, names_in


@dataclass(frozen=True)
class WordingIssue(Issue):
    """Something to correct in `subject` or `body` of one language."""

    text: str
    language: str


def wording_issues(kind: Kind, subject: Bilingual, body: Bilingual, *, own_host: str) -> list[WordingIssue]:
    """Every issue that must be fixed before this wording may be used.

    For a letter with a sign-in link, `body` is only the greeting and `subject` is empty.
    """
    found = []
    for language in LOCALES:
        if not kind.has_secret_link and not subject[language].strip():
            found.append(WordingIssue("subject", language, sentence=_l("Write the subject in this language too")))
        if not body[language].strip():
            empty = (
                _l("Write the greeting in this language too")
                if kind.has_secret_link
                else _l("Write the letter in this language too")
            )
            found.append(WordingIssue("body", language, sentence=empty))
        if kind.has_secret_link:
            found += [WordingIssue("body", language, sentence=one) for one in _in_greeting(kind, body[language])]
            continue
        found += [WordingIssue("subject", language, sentence=one) for one in _in_subject(kind, subject[language])]
        found += [WordingIssue("body", language, sentence=one) for one in _in_body(kind, body[language], own_host)]
    return found


def is_safe(kind: Kind, subject: str, body: str, *, own_host: str) -> bool:
    """True when a stored wording satisfies the present rules; checked for each letter."""
    if kind.has_secret_link:
        return not subject and not list(_in_greeting(kind, body))
    return not list(_unsafe_subject(kind, subject)) and not list(_unsafe_body(kind, body, own_host))


def edit_issues(subject: str, body: str, *, before: str, own_host: str) -> dict[str, LazyString]:
    """Issues of an edited letter, by field: it must not contain an address that was not there before.

    `before`: subject and text before the edit; a value may contain an address, such as that of a video call.
    """
    there = set(foreign_addresses(before, own_host))
    found = {}
    for name, text in (("subject", subject), ("body", body)):
        new = [one for one in foreign_addresses(text, own_host) if one not in there]
        if new:
            found[name] = _foreign(new)
        elif name == "subject" and has_address(text) and text not in before:
            found[name] = _l("Leave the address out of the subject")
    return found


def _in_greeting(kind: Kind, greeting: str) -> Iterator[LazyString]:
    """One line that names the recipient: the text around a sign-in link cannot be reworded."""
    yield from _unknown(kind, greeting)
    if "\n" in greeting.strip() or len(greeting) > LONGEST_GREETING:
        yield _l("A greeting is one line of at most %(limit)s characters", limit=LONGEST_GREETING)
    if set(names_in(greeting)) - {"name"} or has_address(greeting):
        yield _l("A greeting holds no address, and no placeholder but {name}")


def _in_subject(kind: Kind, subject: str) -> Iterator[LazyString]:
    yield from _unknown(kind, subject)
    yield from _unsafe_subject(kind, subject)
    for name in names_in(subject):
        if name in kind.known and (kind.known[name].may_be_empty or kind.known[name].is_passage):
            yield _l("%(name)s cannot stand in the subject: it may be empty or have several lines", name=_braced(name))


def _in_body(kind: Kind, body: str, own_host: str) -> Iterator[LazyString]:
    yield from _unknown(kind, body)
    yield from _unsafe_body(kind, body, own_host)
    used = names_in(body)
    missing = [_braced(name) for name in kind.needed if name not in used]
    if missing and body.strip():
        yield _l("This letter needs %(names)s", names=", ".join(missing))
    for part in parts(body, addresses=kind.addresses):
        units = [(line,) for line in part.lines] if part.kind == "list" else [part.lines]
        for unit in units:
            yield from _in_paragraph(kind, "\n".join(unit))


def _unsafe_subject(kind: Kind, subject: str) -> Iterator[LazyString]:
    """Subjects show in lists and on locked screens: no address at all."""
    if any(name in subject for name in kind.addresses) or has_address(subject):
        yield _l("Leave the address out of the subject")


def _unsafe_body(kind: Kind, body: str, own_host: str) -> Iterator[LazyString]:
    lines = [line.strip() for line in body.split("\n")]
    for name in kind.addresses:
        if any(name in line and line != name for line in lines):
            yield _l("Give %(name)s a line of its own, below the words of its button", name=name)
    foreign = foreign_addresses(body, own_host)
    if foreign:
        yield _foreign(foreign)


def _foreign(addresses: list[str]) -> LazyString:
    return _l("Letters lead to this site only. Leave out: %(addresses)s", addresses=", ".join(addresses[:5]))


def _in_paragraph(kind: Kind, text: str) -> Iterator[LazyString]:
    """A sentence with an empty placeholder would be broken: its paragraph is left out as a whole."""
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
