"""The reference of an application, such as SE27-0428, with a check digit."""

import re

PATTERN = re.compile(r"([A-Z]{2})(\d{2})-(\d{3,})(\d)")
TABLE = (
    (0, 3, 1, 7, 5, 9, 8, 6, 4, 2),
    (7, 0, 9, 2, 1, 5, 4, 8, 6, 3),
    (4, 2, 0, 6, 8, 7, 1, 3, 5, 9),
    (1, 7, 5, 0, 9, 8, 3, 4, 2, 6),
    (6, 1, 2, 3, 0, 4, 5, 9, 7, 8),
    (3, 6, 7, 4, 2, 0, 9, 5, 8, 1),
    (5, 8, 6, 9, 7, 2, 0, 1, 3, 4),
    (8, 9, 4, 5, 3, 6, 2, 0, 1, 7),
    (9, 4, 3, 8, 6, 1, 7, 2, 0, 5),
    (2, 5, 8, 1, 4, 3, 6, 7, 9, 0),
)


def reference(code: str, year: int, number: int) -> str:
    """`code` of the programme, year in two digits, `number` within that programme and year.

    The last digit is Damm's check digit: it detects every single wrong digit and every swap of neighbours (H. Michael
    Damm, 2004). Above 999 the number simply gets longer.
    """
    digits = f"{number:03}"
    return f"{code}{year % 100:02}-{digits}{_check_digit(f'{year % 100:02}{digits}')}"


def is_reference(typed: str) -> bool:
    """True when the check digit is right."""
    found = PATTERN.fullmatch(typed.strip().upper())
    return bool(found) and _check_digit(found[2] + found[3]) == int(found[4])  # type: ignore[index]


def _check_digit(digits: str) -> int:
    state = 0
    for digit in digits:
        state = TABLE[state][int(digit)]
    return state
