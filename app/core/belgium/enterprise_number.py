"""Belgian enterprise numbers: parse any spelling, check, format."""

import enum

from stdnum.be import vat

DIGITS = 10
LONGEST = 40  # with BE, brackets, dots and spaces


class Slip(enum.Enum):
    """What is wrong with an enterprise number."""

    NOT_TEN_DIGITS = enum.auto()
    ESTABLISHMENT = enum.auto()
    CHECK_DIGITS = enum.auto()


def digits_of(typed: str) -> str:
    """The digits, without BE, dots and spaces; an old VAT number of nine digits gets its leading zero."""
    return vat.compact(typed) if len(typed) <= LONGEST else ""


def slip_in(typed: str) -> Slip | None:
    """The first problem, or None when the number is valid. Since 19 September 2023 it may begin with 1."""
    digits = digits_of(typed)
    if len(digits) != DIGITS or not digits.isascii() or not digits.isdigit():
        return Slip.NOT_TEN_DIGITS
    if digits[0] not in "01":
        return Slip.ESTABLISHMENT
    return None if 97 - int(digits[:8]) % 97 == int(digits[8:]) else Slip.CHECK_DIGITS


def written(digits: str) -> str:
    """The usual spelling, such as 0123.456.749."""
    return f"{digits[:4]}.{digits[4:7]}.{digits[7:]}"
