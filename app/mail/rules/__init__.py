"""The states of a letter, how its text becomes a mail, and what the team may write in it."""

from app.mail.rules.kinds import KINDS, carries_key, kind_name
from app.mail.rules.links import foreign_addresses, has_key, keys_in, with_marks, without_keys
from app.mail.rules.parts import Part, as_plain_text, as_source, parts, wrapped
from app.mail.rules.placeholders import (
    LONGEST_BODY,
    LONGEST_GREETING,
    LONGEST_SUBJECT,
    NAME,
    SOFT_SPACES,
    Kind,
    Placeholder,
    filled,
    filled_line,
)
from app.mail.rules.states import (
    DEEDS,
    EDITABLE,
    LEASE,
    MOST_TRIES,
    SERVER_AWAY,
    STATE_NAMES,
    LetterState,
    deeds_of,
    pause_after,
)
from app.mail.rules.troubles import in_words
from app.mail.rules.values import guarded, harmless, one_line
from app.mail.rules.wording import Fault, edit_faults, is_safe, wording_faults

__all__ = [
    "DEEDS",
    "EDITABLE",
    "KINDS",
    "LEASE",
    "LONGEST_BODY",
    "LONGEST_GREETING",
    "LONGEST_SUBJECT",
    "MOST_TRIES",
    "NAME",
    "SERVER_AWAY",
    "SOFT_SPACES",
    "STATE_NAMES",
    "Fault",
    "Kind",
    "LetterState",
    "Part",
    "Placeholder",
    "as_plain_text",
    "as_source",
    "carries_key",
    "deeds_of",
    "edit_faults",
    "filled",
    "filled_line",
    "foreign_addresses",
    "guarded",
    "harmless",
    "has_key",
    "in_words",
    "is_safe",
    "keys_in",
    "kind_name",
    "one_line",
    "parts",
    "pause_after",
    "with_marks",
    "without_keys",
    "wording_faults",
    "wrapped",
]
