"""The words for the language of an event."""

from flask_babel import lazy_gettext as _l

SPOKEN = {
    "nl": _l("in Dutch"),
    "fr": _l("in French"),
    "both": _l("in Dutch and French"),
}
