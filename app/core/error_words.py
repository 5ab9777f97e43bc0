"""Error messages that say which question they are about."""

import re
import unicodedata

from flask_babel import gettext as _

WORD = re.compile(r"\w+")
STEM = 5  # letters by which two forms of a word are known as one
# Words of labels that name nothing by themselves.
EMPTY_WORDS = frozenset({
    "de", "het", "een", "je", "jouw", "jullie", "van", "aan", "in", "op", "om", "te", "of", "en", "met", "voor", "naar",
    "le", "la", "les", "l", "un", "une", "des", "du", "d", "au", "aux", "a", "et", "ou", "ce", "cette", "votre", "vos",
    "pour", "dans", "sur", "avec",
})  # fmt: skip


def about(label: str, message: str) -> str:
    """The message with the name of its question in front, unless it names the question already."""
    name = label.strip().rstrip(" :?\u00a0\u202f")
    if not name or _names(name, message):
        return message
    return _("“%(question)s”: %(message)s", question=label.strip(), message=message)


def _names(label: str, message: str) -> bool:
    """Does the message say this label: as it stands, or every word of it that means something, in any form?"""
    if label.casefold() in message.casefold():
        return True
    wanted, said = set(_words(label)) - EMPTY_WORDS, _words(message)
    return bool(wanted) and all(word in said or _has_form_of(word, said) for word in wanted)


def _has_form_of(word: str, said: list[str]) -> bool:
    return len(word) >= STEM and any(word[:STEM] in one for one in said)


def _words(text: str) -> list[str]:
    """The words of a text, without case and accents."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return WORD.findall("".join(sign for sign in plain if not unicodedata.combining(sign)))
