"""Raw answers as typed: strings, lists and small dicts, valid or not.

Hostile POSTs and old drafts may hold any shape, so each helper accepts everything.
"""

from collections.abc import Iterator, Mapping
from typing import Any

DATE_PARTS = ("day", "month", "year")


def texts(raw: object) -> list[str]:
    """Every text in an answer, in order, without empty ones."""
    return [text for text in _walk(raw) if text.strip()]


def text(raw: object) -> str:
    """An answer of one text; anything else on one line, so that nothing is hidden."""
    if isinstance(raw, str):
        return raw
    if isinstance(raw, Mapping) and "typed" in raw:
        return text(raw["typed"])
    return ", ".join(texts(raw))


def is_unknown(raw: object) -> bool:
    """True when "not known yet" is ticked."""
    return isinstance(raw, Mapping) and raw.get("unknown") is True


def is_blank(raw: object) -> bool:
    """True without an answer. "Not known yet" is an answer."""
    return not is_unknown(raw) and not texts(raw)


def items(raw: object) -> list[dict[str, Any]]:
    """The items of a group; anything else becomes an empty item, so that the numbers stay."""
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
