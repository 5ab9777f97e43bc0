"""Make typed text safe to store, sort and search."""

import re
import unicodedata

from app.core.sizes import LONGEST_TEXT

# Controls, surrogate halves and noncharacters: HTML forbids them.
LAST_OF_EACH_PLANE = "".join(chr(plane << 16 | last) for plane in range(17) for last in (0xFFFE, 0xFFFF))
UNWANTED = re.compile(rf"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef{LAST_OF_EACH_PLANE}]")


def clean(typed: str) -> str:
    """One kind of line end, composed accents, no control characters (databases refuse NUL); all words stay.

    A text far longer than we store comes back as it is: its length refuses it, and reading it would hold up others.
    """
    if len(typed) > 2 * LONGEST_TEXT:
        return typed
    lines = typed.replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", UNWANTED.sub("", lines)).strip()


def folded(text: str) -> str:
    """Without accents and case, for sorting and searching."""
    apart = unicodedata.normalize("NFD", text.casefold().replace("œ", "oe").replace("’", "'"))
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


def sent_number(given: str) -> int:
    """A number from one of our forms; 0 for anything else, and for one larger than the databases store."""
    return int(given) if given.isascii() and given.isdigit() and len(given) < 10 else 0
