"""Late codes: easy to read over the phone, without letters that look alike."""

import re
import secrets
from datetime import datetime
from typing import Protocol

LETTERS = "ACDEFGHJKLMNPQRTUVWXY346789"
LENGTH, GROUP = 12, 4
SHOWN = 4  # the last letters, by which the team tells codes apart


class Code(Protocol):
    """A stored late code."""

    @property
    def email(self) -> str: ...

    @property
    def until(self) -> datetime: ...

    @property
    def ended_at(self) -> datetime | None: ...


def new_code() -> str:
    """K7F3-9QXM-ACDE: 57 bits, valid for one address only."""
    letters = "".join(secrets.choice(LETTERS) for _number in range(LENGTH))
    return "-".join(letters[place : place + GROUP] for place in range(0, LENGTH, GROUP))


def as_written(typed: str) -> str:
    """The normalised code, or an empty string when it is invalid."""
    letters = re.sub(r"[\s.-]", "", typed).upper()
    if len(letters) != LENGTH or set(letters) - set(LETTERS):
        return ""
    return "-".join(letters[place : place + GROUP] for place in range(0, LENGTH, GROUP))


def late_code_opens(code: Code, email: str, at: datetime) -> bool:
    """True when this code lets this address in now."""
    return code.ended_at is None and at < code.until and code.email == email
