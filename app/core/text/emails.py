"""Normalise e-mail addresses and explain invalid ones."""

import email_validator
from flask_babel import gettext as _

LONGEST_EMAIL = 254


def read_email(typed: str) -> str | None:
    """The normalised address, or None when invalid; too long a text is not parsed."""
    address = typed.strip()
    if len(address) > LONGEST_EMAIL:
        return None
    try:
        found = email_validator.validate_email(address, check_deliverability=False, test_environment=True)
    except email_validator.EmailNotValidError:
        return None
    return found.normalized if len(found.normalized) <= LONGEST_EMAIL else None


def email_problem(typed: str) -> str | None:
    """What to do about an invalid address; None for a valid one."""
    address = typed.strip()
    if len(address) > LONGEST_EMAIL:
        return _("Give a shorter e-mail address: it may have %(limit)s characters at most", limit=LONGEST_EMAIL)
    if read_email(address) is not None:
        return None
    before, _at, after = address.partition("@")
    if not _at:
        return _("Give an e-mail address with an @, for example name@example.be")
    if "@" in after:
        return _("Give one e-mail address, with one @, for example name@example.be")
    if any(sign.isspace() for sign in address):
        return _("Leave out the spaces in the e-mail address, for example name@example.be")
    if not before:
        return _("Before the @ something is missing, for example name@example.be")
    if "." not in after.strip("."):
        return _("After the @ something like .be is missing, for example name@example.be")
    return _("Check the e-mail address: one of its signs does not fit, for example name@example.be")
