"""In which language an event is held."""

from flask_babel import lazy_gettext as _l

from app.core.bilingual import LOCALES

BOTH = "both"
SPOKEN = {
    "nl": _l("in Dutch"),
    "fr": _l("in French"),
    BOTH: _l("in Dutch and French"),
}


def tongues(language: str) -> tuple[str, ...]:
    """The languages that can be spoken there."""
    return LOCALES if language == BOTH else (language,)
