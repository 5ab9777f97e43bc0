"""The ways in which the domain says no."""


class Refusal(Exception):
    """Common ancestor; `code` is the HTTP answer that the error page gives."""

    code = 400


class Malformed(Refusal):
    """A program sent something that makes no sense; the message, in English, says what."""


class NotFound(Refusal):
    """There is no such thing, or it is not this person's to see: both look the same."""

    code = 404


class Forbidden(Refusal):
    """This person may know of the thing but may not do this."""

    code = 403


class TooMany(Refusal):
    """Asked for too often in a short time."""

    code = 429


class Conflict(Refusal):
    """The deed no longer fits the state of the thing: closed, done before, or changed meanwhile."""

    code = 409
