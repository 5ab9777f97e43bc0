"""What a text gives away: the language that it is written in, and names that must not stand in it."""

import re
from collections.abc import Iterable

from app.core.text import folded

WORD = re.compile(r"[^\W\d_]+")
FEWEST_SIGNS = 4  # a shorter text is not judged
TIMES_MORE = 3
SHORTEST_NAME = 4

# Frequent small words that the other language does not have; `de`, `en`, `met`, `je` and `on` say nothing.
_SMALL_WORDS = {
    "nl": "het een van voor niet zijn wordt worden dat jullie ook naar deze die bij uit maar heeft hebben om aan als"
    " door zich nog dan er geen kan moet zeer goed sterk ploeg duidelijk",
    "fr": "le la les des du une est pas pour dans vous votre vos nous notre que qui au aux avec sur cette ce sont été"
    " plus mais ou se sa son ses par très bien équipe projet",
}
SIGNS = {language: frozenset(words.split()) for language, words in _SMALL_WORDS.items()}


def seems(text: str) -> str:
    """The language that the small words of a text point to; "" when it is too short or mixed to tell.

    Good enough for a warning and no more: a text counts as written in one language when it holds at least four of its
    signs, and three times as many as of any other.
    """
    words = [word.casefold() for word in WORD.findall(text)]
    counts = {language: sum(word in signs for word in words) for language, signs in SIGNS.items()}
    best = max(counts, key=lambda language: counts[language])
    others = max(count for language, count in counts.items() if language != best)
    return best if counts[best] >= max(FEWEST_SIGNS, TIMES_MORE * others) else ""


def is_in_another_language(text: str, language: str) -> bool:
    """Is it surely not in this language?"""
    return seems(text) not in ("", language)


def named(text: str, people: Iterable[str], *, own: str = "") -> list[str]:
    """Which of these people are named in a text, accents aside.

    A whole name counts in any spelling. A family name alone counts when it has more than three letters and a capital:
    “de bakker” is nobody. `own`: the words of the applicant, whose own name is no secret to them.
    """
    said, whole = _words(text), _spelled(_words(text))
    capitals = {folded(word) for word in said if word[0].isupper()}
    mine = {folded(word) for word in _words(own)}
    found = []
    for name in people:
        words = _words(name)
        family, together = words[1:], _spelled(words)
        alone = {folded(word) for word in family if len(word) >= SHORTEST_NAME} - mine
        if alone & capitals or (family and together in whole and together not in _spelled(_words(own))):
            found.append(name)
    return found


def _words(text: str) -> list[str]:
    return WORD.findall(text)


def _spelled(words: Iterable[str]) -> str:
    """Words in their order with one space around each, so that a name is found whole or not at all."""
    return f" {' '.join(folded(word) for word in words)} "
