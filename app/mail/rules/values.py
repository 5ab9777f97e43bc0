"""Make values safe for letters: names are one line, and no mail program turns them into a link."""

import re
import unicodedata
from typing import Any

from app.core.i18n.bilingual import LOCALES, Bilingual

# Values that are addresses of our own pages, or paragraphs of the team. Paragraphs of visitors are quoted.
KEPT_AS_WRITTEN = frozenset(
    {
        "url",
        "calendar",
        "link",
        "place",
        "email",
        "language",
        "message",
        "words",
        "text",
        "reason",
        "answers",
        "why",
        "manage",
    }
)
BREAK = "\u200b"  # invisible; stops mail programs that look for addresses in plain text
AFTER_SLASHES = re.compile(r"(?<=[:/\\])(?=[/\\])")
IN_MAIL_ADDRESS = re.compile(r"(?<=@)(?=\S)")
BEFORE_SCHEME_END = re.compile(r"\b(mailto|tel|sms|javascript|data|file)(?=:\S)", re.IGNORECASE)
IN_HOST = re.compile(r"(?<=[^\W_])(?=[.。｡．][^\W\d_]{2})")
HARD_SPACES = "\u00a0\u202f"  # French needs them
TURNING = frozenset({"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"})


def one_line(text: str) -> str:
    """The text without line breaks of any kind, control characters and bidirectional marks."""
    kept = "".join(_plain_sign(sign) for sign in text)
    return re.sub(r" {2,}", " ", kept).strip(" ")


def harmless(text: str) -> str:
    """One line without clickable addresses; every word stays readable."""
    broken = IN_MAIL_ADDRESS.sub(BREAK, AFTER_SLASHES.sub(BREAK, one_line(text)))
    return IN_HOST.sub(BREAK, BEFORE_SCHEME_END.sub(rf"\1{BREAK}", broken))


def guarded(name: str, value: Any) -> Any:
    """The value of this name (`title` of `application.title`) as a letter may show it."""
    if name in KEPT_AS_WRITTEN:
        return value
    if isinstance(value, Bilingual):
        return Bilingual.of({code: harmless(value[code]) for code in LOCALES})
    return harmless(value) if type(value) is str else value


def _plain_sign(sign: str) -> str:
    if sign.isspace():
        return sign if sign in HARD_SPACES else " "
    unseen = unicodedata.category(sign) in ("Cc", "Cs") or unicodedata.bidirectional(sign) in TURNING
    return "" if unseen else sign
