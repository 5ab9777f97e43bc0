"""The enterprise number: read in any spelling, checked by its last two digits, written with dots."""

import enum

from stdnum.be import vat

DIGITS = 10
LONGEST = 40  # with BE, brackets, dots and spaces


class Slip(enum.Enum):
    """What is wrong with something that should be an enterprise number."""

    NOT_TEN_DIGITS = enum.auto()
    ESTABLISHMENT = enum.auto()
    CHECK_DIGITS = enum.auto()


def digits_of(typed: str) -> str:
    """Without BE, dots, spaces; the nine digits of an old VAT number get their zero."""
    return vat.compact(typed) if len(typed) <= LONGEST else ""


def slip_in(typed: str) -> Slip | None:
    """The first thing that is wrong; None when this can be a number. Since 19 September 2023 it may begin with a 1."""
    digits = digits_of(typed)
    if len(digits) != DIGITS or not digits.isascii() or not digits.isdigit():
        return Slip.NOT_TEN_DIGITS
    if digits[0] not in "01":
        return Slip.ESTABLISHMENT
    return None if 97 - int(digits[:8]) % 97 == int(digits[8:]) else Slip.CHECK_DIGITS


def written(digits: str) -> str:
    """0123.456.749"""
    return f"{digits[:4]}.{digits[4:7]}.{digits[7:]}"
