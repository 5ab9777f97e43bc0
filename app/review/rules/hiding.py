"""Taking out of a text whatever tells who wrote it."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from app.core.text import folded
from app.questionnaires.rules import Definition, Question
from app.questionnaires.rules.raw import items, texts

HIDDEN = "\ue000"  # stands where something was taken out; no keyboard types it, and pages show a block for it
CONTACT = frozenset({"email", "phone", "link", "enterprise_number"})
NAMES = frozenset({"name", "first_name", "last_name"})
PARTICLES = frozenset(
    "van von de den der des du la le les el al ben di da dos del della ter ten te op het the of and et en".split()  # noqa: SIM905
)
SHORT = 2
LETTER = r"[^\W_]"
MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
SITE = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
PHONE = re.compile(r"(?<!\w)(?:\+|0)\d(?:[\s./()-]*\d){7,}")


class Veil:
    """Hides these names, whole and in parts, however they are spelled; and mail addresses, sites and telephone numbers.

    Better a word too many than a name too few: somebody called Rose takes the flowers along.
    """

    def __init__(self, names: Iterable[str]) -> None:
        whole = {" ".join(name.split()) for name in names} - {""}
        parts = {part for name in whole for part in re.split(r"[^\w]+|_", name) if folded(part) not in PARTICLES}
        spelled = {folded(name) for name in whole if len(name) > SHORT}
        spelled |= {folded(name).replace(" ", "") for name in whole if len(name) > SHORT}
        spelled |= {folded(part) for part in parts if len(part) > SHORT}
        # A name of two letters is a word too: it counts only as it was written.
        self._short = _any_of((part for part in parts if len(part) == SHORT), "")
        self._long = _any_of(spelled, "s?")

    def over(self, text: str) -> str:
        """The text with a mark for each thing that was taken out."""
        for pattern in (MAIL, SITE, PHONE):
            text = pattern.sub(HIDDEN, text)
        if self._short:
            text = self._short.sub(HIDDEN, text)
        return self._without_names(text) if self._long else text

    def _without_names(self, text: str) -> str:
        """Looks at the letters without accents and capitals, and takes out what stands at those places."""
        letters = [(piece, place) for place, letter in enumerate(text) for piece in folded(letter)]
        plain = "".join(piece for piece, _place in letters)
        found, done = [], 0
        for match in self._long.finditer(plain) if self._long else ():
            first, last = letters[match.start()][1], letters[match.end() - 1][1]
            found += [text[done:first], HIDDEN]
            done = last + 1
            while done < len(text) and not folded(text[done]):  # an accent that stands by itself belongs to its letter
                done += 1
        return "".join(found) + text[done:]


def identifying(definition: Definition, answers: Mapping[str, Any]) -> list[str]:
    """The names and addresses that stand in the answers themselves."""
    return [name for question in definition.questions for name in _in_answer(question, answers.get(question.key))]


def _in_answer(question: Question, raw: Any) -> Iterator[str]:
    if question.kind == "group":
        for item in items(raw):
            for field in question.fields:
                if field.personal or field.key in NAMES or field.kind in CONTACT:
                    yield from texts(item.get(field.key))
    elif question.kind in CONTACT or (question.personal and question.kind == "short_text"):
        yield from texts(raw)


def _any_of(names: Iterable[str], ending: str) -> re.Pattern[str] | None:
    longest_first = sorted(set(names) - {""}, key=lambda name: (-len(name), name))
    if not longest_first:
        return None
    written = "|".join(r"\s+".join(map(re.escape, name.split())) for name in longest_first)
    return re.compile(f"(?<!{LETTER})(?:{written}){ending}(?!{LETTER})")
