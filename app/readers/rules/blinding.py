"""Until when a reader does not know whose file it is."""

from flask_babel import lazy_gettext as _l

from app.applications.rules import State
from app.readers.rules.plan import Blind

TOLD = frozenset({State.ACCEPTED, State.RESERVE, State.DECLINED, State.CONFIRMED, State.DECLINED_BY_TEAM})
BEFORE_THE_JURY = TOLD | {State.JURY}
WORDS = {
    Blind.SCORED: _l("Names, addresses and file names stay hidden until you have finished your review."),
    Blind.JURY: _l("Names, addresses and file names stay hidden until the file comes before the jury."),
    Blind.TOLD: _l("Names, addresses and file names stay hidden until the decision is told."),
}


def sees_identities(blind: str, *, done: bool, state: str) -> bool:
    """May somebody who reads a file now, and has finished their review or not, know who applies?"""
    match Blind(blind):
        case Blind.NEVER:
            return True
        case Blind.SCORED:
            return done
        case Blind.JURY:
            return state in BEFORE_THE_JURY
    return state in TOLD


def blind_words(blind: str) -> str:
    """What a reader is told about it."""
    return str(WORDS.get(Blind(blind), ""))
