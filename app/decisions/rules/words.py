"""Check texts for applicants: their language, and names that must not occur."""

import re
from collections.abc import Iterable

from app.applications.rules.states import State
from app.core.text.cleaning import folded

WORD = re.compile(r"[^\W\d_]+")
SENTENCE = re.compile(r"[.!?\n]+")
FEWEST_SIGNS = 4  # shorter texts are not checked
TIMES_MORE = 3
SHORTEST_NAME = 4

# Frequent short words that the other language does not have; `de`, `en`, `met`, `je` and `on` occur in both.
_SMALL_WORDS = {
    "nl": "het een van voor niet zijn wordt worden dat jullie ook naar deze die bij uit maar heeft hebben om aan als"
    " door zich nog dan er geen kan moet zeer goed sterk ploeg duidelijk",
    "fr": "le la les des du une est pas pour dans vous votre vos nous notre que qui au aux avec sur cette ce sont été"
    " plus mais ou se sa son ses par très bien équipe projet",
}
SIGNS = {language: frozenset(words.split()) for language, words in _SMALL_WORDS.items()}


def seems(text: str) -> str:
    """The language of a text by its short words, or an empty string when unsure.

    Only used for warnings: a text needs at least four markers of one language, and three times as many as of the other.
    """
    counts = _markers(text)
    best = max(counts, key=lambda language: counts[language])
    others = max(count for language, count in counts.items() if language != best)
    return best if counts[best] >= max(FEWEST_SIGNS, TIMES_MORE * others) else ""


def leans_elsewhere(text: str, language: str) -> bool:
    """True when a text, however short, has more markers of another language: it does not go into a letter unseen."""
    counts = _markers(text)
    return max(count for other, count in counts.items() if other != language) > counts[language]


def _markers(text: str) -> dict[str, int]:
    words = [word.casefold() for word in WORD.findall(text)]
    return {language: sum(word in signs for word in words) for language, signs in SIGNS.items()}


def is_in_another_language(text: str, language: str) -> bool:
    """True when the text is surely not in this language."""
    return seems(text) not in ("", language)


# Words that only selected, or only declined, applicants read. "De geselecteerde ploegen" is about others.
_SELECTED = (
    r"proficiat|gefeliciteerd|félicitations",
    r"\b(?:je|jij|jullie)\b(?: \S+){0,4} (?:geselecteerd|weerhouden)\b",
    r"\b(?:project|ploeg|kandidatuur|dossier) (?:is|wordt|werd)(?: \S+){0,2} (?:geselecteerd|weerhouden)\b",
    r"\b(?:we|wij) (?:verwelkomen|selecteren) (?:je|jou|jullie)\b",
    r"\bvous (?:êtes|avez été|serez)(?: \S+){0,2} (?:sélectionn|retenu)",
    r"\b(?:projet|équipe|candidature|dossier) (?:est|a été|sera)(?: \S+){0,2} (?:sélectionn|retenu)",
    r"\bnous (?:vous accueillons|vous sélectionnons)\b",
)
_NOT_SELECTED = (
    r"\b(?:niet|geen) (?:geselecteerd|weerhouden)\b",
    r"\bniet te selecteren\b",
    r"\b(?:pas|non)(?: été)? (?:sélectionn|retenu)",
    r"\bne (?:pas|sommes pas en mesure de) (?:vous )?(?:sélectionner|retenir)\b",
)
_NO = re.compile(r"\b(?:niet|geen|nog niet|pas|non|aucun|aucune)\b")


def contradicts(text: str, outcome: str) -> str:
    """The words that belong to another outcome, or an empty string."""
    sentences = [" ".join(one.casefold().split()) for one in SENTENCE.split(text)]
    if outcome == State.ACCEPTED:
        return _first(_NOT_SELECTED, sentences)
    return _first(_SELECTED, [one for one in sentences if not _NO.search(one)])


def _first(patterns: Iterable[str], sentences: Iterable[str]) -> str:
    found = (re.search(pattern, sentence) for sentence in sentences for pattern in patterns)
    return next((one[0] for one in found if one), "")


def named(text: str, people: Iterable[str], *, own: str = "") -> list[str]:
    """Which of these people are named in a text, ignoring accents.

    A whole name counts in any spelling; a family name alone only with more than three letters and a capital, because
    "de bakker" names nobody. `own`: the applicant's own words, which are not secret to them.
    """
    words_in, whole = _words(text), _spelled(_words(text))
    capitals = {folded(word) for word in words_in if word[0].isupper()}
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
    """The words in order, separated and surrounded by one space, so that only whole names match."""
    return f" {' '.join(folded(word) for word in words)} "
