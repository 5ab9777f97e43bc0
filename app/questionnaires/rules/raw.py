"""Answers as they were typed: strings, lists and small tables, right or wrong.

A form version never changes, but hostile posts and old drafts may hold any shape: each helper takes everything.
"""

from collections.abc import Iterator, Mapping
from typing import Any

DATE_PARTS = ("day", "month", "year")


def texts(raw: object) -> list[str]:
    """Every text in an answer, in order, without the empty ones."""
    return [text for text in _walk(raw) if text.strip()]


def text(raw: object) -> str:
    """An answer of one text; anything else on one line, so that nothing is lost from sight."""
    if isinstance(raw, str):
        return raw
    if isinstance(raw, Mapping) and "typed" in raw:
        return text(raw["typed"])
    return ", ".join(texts(raw))


def is_unknown(raw: object) -> bool:
    """Did the person tick that this is not known yet?"""
    return isinstance(raw, Mapping) and raw.get("unknown") is True


def is_blank(raw: object) -> bool:
    """Was nothing answered? Saying that something is not known yet is an answer."""
    return not is_unknown(raw) and not texts(raw)


def items(raw: object) -> list[dict[str, Any]]:
    """The items of a group; what is no item becomes an empty one, so that the numbers still fit."""
    if not isinstance(raw, list):
        return []
    return [dict(item) if isinstance(item, Mapping) else {} for item in raw]


def date_parts(raw: object) -> dict[str, str]:
    """Day, month and year as typed."""
    if isinstance(raw, Mapping):
        return {part: text(raw.get(part, "")).strip() for part in DATE_PARTS}
    return {part: text(raw).strip() if part == "day" else "" for part in DATE_PARTS}


def _walk(raw: object) -> Iterator[str]:
    match raw:
        case str():
            yield raw
        case bool() | None:
            return
        case int() | float():
            yield str(raw)
        case Mapping():
            for value in raw.values():
                yield from _walk(value)
        case list() | tuple():
            for value in raw:
                yield from _walk(value)
