"""The status of a conflict of interest and its possible origins."""

import enum

from flask_babel import lazy_gettext as _l

from app.applications.rules.states import State


class ConflictStatus(enum.StrEnum):
    """Proposed by the program, confirmed by a person, or dismissed."""

    PROPOSED = "proposed"
    CONFIRMED = "confirmed"
    DISMISSED = "dismissed"


class ConflictSignal(enum.StrEnum):
    """The origin of a conflict."""

    DECLARED = "declared"
    TEAM = "team"
    INVITED = "invited"
    MAIL_DOMAIN = "mail_domain"
    ENTERPRISE_NUMBER = "enterprise_number"
    NAME = "name"


# A proposal hides the application until somebody decides: a doubt must not become a leak.
HIDING = frozenset({ConflictStatus.PROPOSED, ConflictStatus.CONFIRMED})

# From admissible until the decision is published: the states that reviewers and jury may see.
IN_SELECTION = frozenset({State.ELIGIBLE, State.IN_REVIEW, State.INTERVIEW, State.JURY})

STATUS_NAMES = {
    ConflictStatus.PROPOSED: _l("Proposed, hidden until somebody looks at it"),
    ConflictStatus.CONFIRMED: _l("Conflict, the file is hidden"),
    ConflictStatus.DISMISSED: _l("No conflict"),
}

# Labels for the team, which knows the people.
SIGNAL_NAMES = {
    ConflictSignal.DECLARED: _l("Said by a person"),
    ConflictSignal.TEAM: _l("Works on the file"),
    ConflictSignal.INVITED: _l("Invited to work on the file"),
    ConflictSignal.MAIL_DOMAIN: _l("Same mail domain as the team"),
    ConflictSignal.ENTERPRISE_NUMBER: _l("Same enterprise number"),
    ConflictSignal.NAME: _l("Name or organisation stands in the file"),
}

# Labels for the reviewer, who must learn nothing about the people.
REASONS = {
    ConflictSignal.DECLARED: _l("You said so earlier."),
    ConflictSignal.TEAM: _l("You work on this file yourself."),
    ConflictSignal.INVITED: _l("You were invited to work on this file."),
    ConflictSignal.MAIL_DOMAIN: _l("Your mail address and that of the team have the same domain."),
    ConflictSignal.ENTERPRISE_NUMBER: _l("The enterprise number is that of your organisation."),
    ConflictSignal.NAME: _l("Your name or that of your organisation stands in the file."),
}


def is_settled(status: str, by_id: int | None, person_id: int, signal: str) -> bool:
    """True when the person cannot change it any more: they work on the application, or the team confirmed it."""
    return signal == ConflictSignal.TEAM or (status == ConflictStatus.CONFIRMED and by_id != person_id)
