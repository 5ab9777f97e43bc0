"""Refusals that actions raise and the error pages answer."""


class Refusal(Exception):
    """Base class; `code` is the HTTP status."""

    code = 400


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
