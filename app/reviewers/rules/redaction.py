"""Redact from texts what identifies their author."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from flask_babel import lazy_gettext as _l

from app.applications.rules.states import State
from app.conflicts.rules.signals import NOBODYS
from app.core.text.cleaning import folded
from app.questionnaires.rules.definition import Definition, Question
from app.questionnaires.rules.identifying import CONTACT, is_identifying
from app.questionnaires.rules.raw import items, texts
from app.reviewers.rules.plan import Blind

PUBLISHED = frozenset({State.ACCEPTED, State.RESERVE, State.DECLINED, State.CONFIRMED, State.DECLINED_BY_TEAM})
BEFORE_THE_JURY = PUBLISHED | {State.JURY}
WORDS = {
    Blind.SCORED: _l("Names, addresses and file names stay hidden until you have finished your review."),
    Blind.JURY: _l("Names, addresses and file names stay hidden until the file comes before the jury."),
    Blind.UNTIL_PUBLISHED: _l("Names, addresses and file names stay hidden until the decision is told."),
}


def sees_identities(blind: str, *, done: bool, state: str) -> bool:
    """True when a reviewer, with a finished review or not, may see the applicant now."""
    match Blind(blind):
        case Blind.NEVER:
            return True
        case Blind.SCORED:
            return done
        case Blind.JURY:
            return state in BEFORE_THE_JURY
    return state in PUBLISHED


def blind_words(blind: str) -> str:
    """What a reviewer is told about blind review."""
    return str(WORDS.get(Blind(blind), ""))


HIDDEN = "\ue000"  # replaces a redacted part; cannot be typed, and pages show it as a block
PARTICLES = frozenset(
    "van von vom zu zum zur den der des de du la le les el al ben ibn abu bin di da do dos del della dalla degli "  # noqa: SIM905
    "af av ter ten te tot in het op op't the of and et en y e d l s t m o".split()
)
SHORT = 2
MOST_PIECES = 8  # of one name; longer texts are taken as several names
OFFICES = frozenset({"info", "contact", "hello", "team", "mail", "office", "admin"})  # public mail domains
LETTER = r"[^\W_]"
NAMING = CONTACT | {"short_text"}
GAP = r"[\W_]{0,3}"  # between parts of a name: a space, a hyphen, an apostrophe, or nothing
APOSTROPHES = str.maketrans(dict.fromkeys("ʼʹ‘’`´＇", "'"))
PLAIN = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "æ": "ae", "ı": "i", "þ": "th", "œ": "oe"})
MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
SITE = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
PHONE = re.compile(r"(?<!\w)(?:\+|0)\d(?:[\s./()-]*\d){7,}")


class Redactor:
    """Redacts names, whole and in parts, in any spelling; and e-mail addresses, websites and phone numbers.

    A part includes the particles and initials before it: of “Jean-Pierre Van den Berghe” also “Van den Berghe” and
    “J.-P. Van den Berghe” are redacted whole. It prefers redacting too much: somebody called Rose also redacts the
    flower.
    """

    def __init__(self, names: Iterable[str]) -> None:
        pieces, whole = _sorted(names)
        # Names of two letters, and surnames such as Ben, are words too: they match only as they were written.
        short = {piece for name in pieces for piece in name if len(piece) == SHORT and _plain(piece) not in PARTICLES}
        short |= {name[-1] for name in pieces if _plain(name[-1]) in PARTICLES and name[-1][0].isupper()}
        self._short = _any_of(sorted(map(re.escape, short)), "")
        spelled = {run for name in pieces for run in _runs(name)} | {("", _whole(name)) for name in whole}
        longest_first = sorted(spelled, key=lambda run: (-len(run[1]), run))
        self._long = _any_of([front + run for front, run in longest_first], "s?")

    def redact(self, text: str) -> str:
        """The text with a mark for each redacted part."""
        for pattern in (MAIL, SITE, PHONE):
            text = pattern.sub(HIDDEN, text)
        if self._long:
            text = self._without_names(text, self._long)
        return self._short.sub(HIDDEN, text) if self._short else text

    def _without_names(self, text: str, names: re.Pattern[str]) -> str:
        """Match without accents and case, and redact the text at those positions."""
        letters = [(piece, place) for place, letter in enumerate(text) for piece in _plain(letter)]
        plain = "".join(piece for piece, _place in letters)
        found, done = [], 0
        for match in names.finditer(plain):
            first, last = letters[match.start()][1], letters[match.end() - 1][1]
            found += [text[done:first], HIDDEN]
            done = last + 1
            while done < len(text) and not _plain(text[done]):  # a combining accent belongs to its letter
                done += 1
        return "".join(found) + text[done:]


def _plain(text: str) -> str:
    """Without case and accents, with one kind of apostrophe."""
    return folded(text).translate(PLAIN).translate(APOSTROPHES)


def _sorted(given: Iterable[str]) -> tuple[set[tuple[str, ...]], set[tuple[str, ...]]]:
    """(names of people, strings redacted only as a whole): the parts of an address or a number are ordinary words."""
    names, whole = set(), set()
    for one in given:
        local, at, host = one.strip().rpartition("@")
        if at or SITE.match(one) or not re.search(r"[^\W\d_]", one):
            names.add(tuple(piece for piece in _pieces(local) if piece.casefold() not in OFFICES))
            host = re.sub(r"^(?:https?://)?(?:www\.)?|[/?#].*$", "", host.casefold())
            if host not in NOBODYS:
                whole.add(tuple(_pieces(host.rpartition(".")[0] if re.search("[a-z]", host) else host)))
        else:
            names.add(tuple(_pieces(one)))
    return names - {()}, {one for one in whole if len("".join(one)) > SHORT}


def _whole(name: Sequence[str]) -> str:
    return GAP.join(re.escape(_plain(piece)) for piece in name)


def _pieces(name: str) -> list[str]:
    return [piece for piece in re.split(r"[\W_]+", name.translate(APOSTROPHES)) if piece]


def _runs(name: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Consecutive parts of a name that end in a distinctive word, with their initials: patterns."""
    plain = [_plain(piece) for piece in name][:MOST_PIECES]
    if len(plain) > 1 and len("".join(plain)) > SHORT:
        yield "", _whole(name[:MOST_PIECES])
    own = [place for place, piece in enumerate(plain) if len(piece) > SHORT and piece not in PARTICLES]
    initials = "".join(sorted({re.escape(plain[place][0]) for place in own}))
    front = rf"(?:[{initials}]\.[\s-]*){{0,3}}" if initials and len(plain) > 1 else ""
    for last in own:
        for first in range(last + 1):
            yield front, GAP.join(map(re.escape, plain[first : last + 1]))


def identifying(definition: Definition, answers: Mapping[str, Any]) -> list[str]:
    """The names and addresses in the answers."""
    return names_in((question, answers.get(question.key)) for question in definition.questions)


def names_in(answers: Iterable[tuple[Question, Any]]) -> list[str]:
    """The names and addresses in these answers."""
    return [name for question, raw in answers for name in _in_answer(question, raw)]


def _in_answer(question: Question, raw: Any) -> Iterator[str]:
    if question.kind == "group":
        for item in items(raw):
            for field in question.fields:
                if is_identifying(field):
                    yield from texts(item.get(field.key))
    elif is_identifying(question) and question.kind in NAMING:
        yield from texts(raw)


def _any_of(patterns: Sequence[str], ending: str) -> re.Pattern[str] | None:
    """One pattern that tries all, in this order."""
    return re.compile(f"(?<!{LETTER})(?:{'|'.join(patterns)}){ending}(?!{LETTER})") if patterns else None
