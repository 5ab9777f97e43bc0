"""What of a letter the team may see: everything but the keys that are its reader's."""

import re

from app.core.bilingual import LOCALES
from app.core.i18n import mailed_address
from app.mail.rules import Part

APPLICATION = re.compile(r"application:(\d{1,9})")
KEY = re.compile(r"[^\s\"<]+")
HIDDEN = "…"


def application_in(about: str) -> int:
    """The application that a letter is about; 0 for another thing."""
    found = APPLICATION.fullmatch(about)
    return int(found[1]) if found else 0


def without_keys(text: str) -> str:
    """The text without what opens a door: a one-time link lets in whoever has it, and is the reader's alone."""
    for language in LOCALES:
        door = mailed_address("accounts_public.open_link", lang=language, token=HIDDEN)
        door = door.removesuffix(door.rsplit("/", 1)[1])
        head, *tails = text.split(door)
        text = head + "".join(door + KEY.sub(HIDDEN, tail, count=1) for tail in tails)
    return text


def masked(found: list[Part]) -> list[Part]:
    """The paragraphs of a letter without such keys."""
    return [Part(part.kind, tuple(without_keys(line) for line in part.lines)) for part in found]
