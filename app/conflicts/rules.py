"""Where a conflict of interest stands, and what it can come from."""

import enum


class Standing(enum.StrEnum):
    """Proposed by the program, confirmed by a person, or looked at and dismissed."""

    PROPOSED = "proposed"
    CONFIRMED = "confirmed"
    DISMISSED = "dismissed"


class Sign(enum.StrEnum):
    """What made us think of a conflict."""

    DECLARED = "declared"
    TEAM = "team"
    MAIL_DOMAIN = "mail_domain"
    ENTERPRISE_NUMBER = "enterprise_number"
    NAME = "name"


# As long as nobody has looked at a proposal, the file stays hidden: a doubt must not become a leak.
HIDING = frozenset({Standing.PROPOSED, Standing.CONFIRMED})
