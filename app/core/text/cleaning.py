"""What people type, made safe to store, to sort and to search."""

import re
import unicodedata

# Controls, halves of characters and the code points that are no characters: HTML refuses them all.
LAST_OF_EACH_PLANE = "".join(chr(plane << 16 | last) for plane in range(17) for last in (0xFFFE, 0xFFFF))
UNWANTED = re.compile(rf"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef{LAST_OF_EACH_PLANE}]")


def clean(typed: str) -> str:
    """Keep every word: one kind of line end, composed accents, no control characters (no database stores NUL)."""
    lines = typed.replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", UNWANTED.sub("", lines)).strip()


def folded(text: str) -> str:
    """Without accents and capitals, for sorting and search."""
    apart = unicodedata.normalize("NFD", text.casefold().replace("œ", "oe").replace("’", "'"))
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


def sent_number(given: str) -> int:
    """A number that a form of ours sent along; 0 for anything else, and for what no database could hold."""
    return int(given) if given.isascii() and given.isdigit() and len(given) < 10 else 0
