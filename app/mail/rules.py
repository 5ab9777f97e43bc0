"""The states of a letter, the pauses between tries, and how one text becomes both parts of a mail."""

import enum
from dataclasses import dataclass
from datetime import timedelta

from flask_babel import lazy_gettext as _l

MOST_TRIES = 10
LEASE = timedelta(minutes=5)
FIRST_PAUSE = timedelta(minutes=1)
LONGEST_PAUSE = timedelta(hours=6)


class LetterState(enum.StrEnum):
    """Where a letter is."""

    HELD = "held"
    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    CANCELLED = "cancelled"


STATE_NAMES = {
    LetterState.HELD: _l("Held"),
    LetterState.QUEUED: _l("Queued"),
    LetterState.SENDING: _l("Being sent"),
    LetterState.SENT: _l("Sent"),
    LetterState.FAILED: _l("Failed"),
    LetterState.CANCELLED: _l("Cancelled"),
}


def pause_after(tries: int) -> timedelta | None:
    """How long to wait after so many failed tries (1 minute, doubling, at most 6 hours); None: give up, show it."""
    if tries >= MOST_TRIES:
        return None
    return min(FIRST_PAUSE * 2 ** (tries - 1), LONGEST_PAUSE)


@dataclass(frozen=True)
class Part:
    """One paragraph of a letter: `text`, `plate` (a reference to keep), `button` (label and address) or `list`."""

    kind: str
    lines: tuple[str, ...]


def parts(text: str) -> list[Part]:
    """Read a letter's paragraphs. Written once, shown twice: text and HTML cannot come to say different things.

    A paragraph whose second line is an address is a button; lines that begin with `- ` are a list;
    a line that begins with `= ` is a plate.
    """
    found = []
    for paragraph in text.strip().split("\n\n"):
        lines = tuple(line.strip() for line in paragraph.strip().split("\n"))
        if len(lines) == 2 and lines[1].startswith(("https://", "http://")):
            found.append(Part("button", lines))
        elif all(line.startswith("- ") for line in lines):
            found.append(Part("list", tuple(line[2:] for line in lines)))
        elif lines[0].startswith("= "):
            found.append(Part("plate", tuple(line.removeprefix("= ") for line in lines)))
        elif any(lines):
            found.append(Part("text", lines))
    return found


def as_plain_text(found: list[Part]) -> str:
    """The letter for a reader without HTML."""
    written = []
    for part in found:
        mark = "- " if part.kind == "list" else ""
        written.append("\n".join(mark + line for line in part.lines))
    return "\n\n".join(written) + "\n"
