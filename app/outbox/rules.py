"""What of a letter the team may see: everything but the keys that are its reader's."""

import re

from app.mail.rules import Part, without_keys

APPLICATION = re.compile(r"application:(\d{1,9})")


def application_in(about: str) -> int:
    """The application that a letter is about; 0 for another thing."""
    found = APPLICATION.fullmatch(about)
    return int(found[1]) if found else 0


def masked(found: list[Part]) -> list[Part]:
    """The paragraphs of a letter without such keys."""
    return [Part(part.kind, tuple(without_keys(line) for line in part.lines)) for part in found]
