"""How a call is read, and how its files are spread over its readers."""

from app.readers.rules.balancing import Able, Given, ToRead
from app.readers.rules.blinding import blind_words, sees_identities
from app.readers.rules.hiding import HIDDEN, Veil, identifying, names_in
from app.readers.rules.plan import (
    BAND,
    BLIND_NAMES,
    MOST_FILES,
    OUT_OF_IT,
    READINGS,
    REMINDED_BEFORE,
    TO_READ,
    WIDE_SPREAD,
    Blind,
    cap_of,
    is_late,
)
from app.readers.rules.proposal import Proposal, proposal
from app.readers.rules.reasons import REMOVALS, SHORTAGES, why_words

__all__ = [
    "BAND",
    "BLIND_NAMES",
    "HIDDEN",
    "MOST_FILES",
    "OUT_OF_IT",
    "READINGS",
    "REMINDED_BEFORE",
    "REMOVALS",
    "SHORTAGES",
    "TO_READ",
    "WIDE_SPREAD",
    "Able",
    "Blind",
    "Given",
    "Proposal",
    "ToRead",
    "Veil",
    "blind_words",
    "cap_of",
    "identifying",
    "is_late",
    "names_in",
    "proposal",
    "sees_identities",
    "why_words",
]
