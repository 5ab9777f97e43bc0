"""Redact logs: e-mail addresses, keys in addresses, and values quoted in error messages."""

import re
import traceback
from collections.abc import Mapping, MutableMapping
from types import TracebackType
from typing import Any

HIDDEN = "…"
MAIL_ADDRESS = re.compile(r"[^\s<>\"'(),;:=@]+@[^\s<>\"'(),;:=@]+")
# A random key as `secrets` writes it: long, both cases, with a digit or a sign.
RANDOM_KEY = re.compile(r"\b(?=[\w-]*[a-z])(?=[\w-]*[A-Z])(?=[\w-]*[0-9_-])[A-Za-z0-9_-]{16,}(?![\w-])")
QUOTED = re.compile(r"'[^'\n]*'|\"[^\"\n]*\"|«[^»\n]*»|(?<=\)=)\([^\n]*\)")
KEYS_IN_ADDRESSES = frozenset({"token", "key", "file_key", "event_key", "code"})
OURS = frozenset({"request", "timestamp", "level", "event"})  # made by the application itself
# Errors whose messages describe the program, not what people sent.
ABOUT_THE_PROGRAM = (ImportError, AttributeError, NameError, TypeError, ArithmeticError, MemoryError, RecursionError)

ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None]


def redacted(text: str) -> str:
    """The text without e-mail addresses and random keys."""
    return RANDOM_KEY.sub(HIDDEN, MAIL_ADDRESS.sub(HIDDEN, text))


def redact_event(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """A structlog processor: redacts every text of a line except the application's own."""
    for name, value in event.items():
        if isinstance(value, str) and name not in OURS:
            event[name] = redacted(value) if name == "exception" else redacted(_without_quotes(name, value))
    return event


def path_without_keys(path: str, values: Mapping[str, Any]) -> str:
    """The path of a request without its keys; `values`: the route's variables."""
    for name, value in values.items():
        if name in KEYS_IN_ADDRESSES:
            path = path.replace(f"/{value}", f"/{HIDDEN}")
    return redacted(path)


def trace(exc_info: ExcInfo) -> str:
    """Type and location of an error and its causes; the message only for errors that quote no input."""
    found: list[str] = []
    one: BaseException | None = exc_info[1]
    while one is not None and len(found) < 5:
        frames = "".join(traceback.format_tb(one.__traceback__))
        found.insert(0, f"{frames}{type(one).__name__}{_message(one)}")
        one = one.__cause__ or (None if one.__suppress_context__ else one.__context__)
    return "\n".join(found)


def _message(error: BaseException) -> str:
    if isinstance(error, OSError) and error.strerror:
        return f": {error.strerror}"
    if isinstance(error, ABOUT_THE_PROGRAM):
        return f": {error}"
    return ""


def _without_quotes(name: str, value: str) -> str:
    return QUOTED.sub(HIDDEN, value) if name in ("error", "failure", "answer") else value
