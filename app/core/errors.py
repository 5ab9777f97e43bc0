"""Refusals that actions raise and the error pages answer."""

from typing import Any


class Refusal(Exception):
    """Base class; `code` is the HTTP status.

    `words`: the reason for the person, lazily translated, because an error page gives it in both languages.
    """

    code = 400

    def __init__(self, why: str = "", *, words: Any = "") -> None:
        super().__init__(why)
        self.words = words


class Malformed(Refusal):
    """An API parameter is invalid; the message, in English, says what is wrong."""


class NotFound(Refusal):
    """It does not exist, or this person may not know that it does."""

    code = 404


class Forbidden(Refusal):
    """The person may know about it but may not do this."""

    code = 403


class TooMany(Refusal):
    """The rate limit is exceeded."""

    code = 429


class Conflict(Refusal):
    """The action does not fit the current state: closed, already done, or changed meanwhile."""

    code = 409
