"""What somebody types in a search field, as parts that an index can answer: folded words, their stems, other words.

Words consist of a to z and 0 to 9 only: nothing that somebody types is an operator of a database.
"""

import re
import threading
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from snowballstemmer import stemmer

from app.core.text.cleaning import folded

# snowballstemmer's `dutch` is another algorithm, which makes `beleid` (policy) of `begeleiding` (support).
ALGORITHMS = {"nl": "dutch_porter", "fr": "french"}
WORD = re.compile(r"[a-z0-9]+")
LONGEST_WORD, MOST_WORDS = 40, 8
SHORTEST_BEGINNING = 3  # a shorter word must be there as a whole
# Words of a sentence that say nothing about what is looked for; they count only where nothing else was typed.
DUTCH = """
aan als bij dat de deze die dit doe een en er haar heb hebben heeft het hij hoe hoeveel hun ik in is je jij jouw jullie
kan kun kunnen maar me mee meer men met mijn moet mij naar nog nu of om onder ons onze ook op over te tot u uit van veel
voor waar waarom wanneer was wat we welk welke wie wij wil word worden wordt zich zijn zo zonder
"""
FRENCH = """
a ai ainsi as au aux avec c ca ce ces cette combien comme comment d dans de des donc du elle elles en est et eux faire
faut il ils j je l la le les leur leurs lui ma mais me mes moi mon n ne nos notre nous on ont ou par pas peu peut peux
plus pour puis quand que quel quelle quelles quels qui quoi s sa sans se ses si son sont suis sur ta te tes toi ton tu
un une veut veux vos votre vous y
"""
SMALL_WORDS = {"nl": frozenset(DUTCH.split()), "fr": frozenset(FRENCH.split())}

_stemmers = threading.local()


@dataclass(frozen=True)
class Part:
    """One word: an entry answers with one of its stems, or with a word that begins so ("" for none)."""

    stems: frozenset[str]
    beginning: str

    def answers(self, word: str, language: str) -> bool:
        """Is this folded word what was asked for?"""
        begins = bool(self.beginning) and word.startswith(self.beginning)
        return begins or word in self.stems or stem(word, language) in self.stems


# An entry answers a group with every part of one of its alternatives; a query is a list of groups.
Alternative = tuple[Part, ...]
Group = tuple[Alternative, ...]


def asked(typed: str, languages: Iterable[str], synonyms: Mapping[str, list[str]] | None = None) -> list[Group]:
    """The groups of a text. `synonyms`: other words for a folded word or phrase; the longest phrase counts."""
    spoken, known = list(languages), synonyms or {}
    phrases = _phrases(words_of(typed), known)
    small = SMALL_WORDS[spoken[0]] if len(spoken) == 1 else frozenset()
    meaningful = [phrase for phrase in phrases if phrase not in small or phrase in known] or phrases
    return [
        tuple(tuple(_part(word, spoken) for word in words_of(one)) for one in [phrase, *known.get(phrase, [])])
        for phrase in meaningful
    ]


def _phrases(words: list[str], known: Mapping[str, list[str]]) -> list[str]:
    """The words, with those together that are known as a phrase."""
    longest = max((len(phrase.split()) for phrase in known), default=1)
    phrases, at = list[str](), 0
    while at < len(words):
        length = next((n for n in range(longest, 1, -1) if " ".join(words[at : at + n]) in known), 1)
        phrases.append(" ".join(words[at : at + length]))
        at += length
    return phrases


def words_of(text: str) -> list[str]:
    """Folded words, each once, in order."""
    return list(dict.fromkeys(word for word in WORD.findall(folded(text)) if len(word) <= LONGEST_WORD))[:MOST_WORDS]


def indexed(text: str, language: str) -> Iterator[str]:
    """Each word as it is, so that its beginning finds it, and its stem, so that its other forms do."""
    for word in WORD.findall(folded(text)):
        if len(word) <= LONGEST_WORD:
            yield word
            if stem(word, language) != word:
                yield stem(word, language)


@lru_cache(maxsize=50_000)
def stem(word: str, language: str) -> str:
    """The part of a folded word that its forms have in common."""
    if not hasattr(_stemmers, language):  # one for each thread: they keep what they work on in themselves
        setattr(_stemmers, language, stemmer(ALGORITHMS[language]))
    return WORD.sub(lambda found: found[0], folded(getattr(_stemmers, language).stemWord(word))) or word


def _part(word: str, languages: list[str]) -> Part:
    stems = frozenset({word, *(stem(word, language) for language in languages)})
    return Part(stems, word if len(word) >= SHORTEST_BEGINNING else "")
