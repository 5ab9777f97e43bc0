"""Purposes that the application itself acts on."""

from flask_babel import lazy_gettext as _l

NEWSLETTER = "newsletter"
KEEP = "keep_for_next"

# About the person, whichever form asked; every other purpose is about one application.
ABOUT_THE_PERSON = frozenset({NEWSLETTER})

PURPOSE_NAMES = {
    NEWSLETTER: _l("Newsletter"),
    KEEP: _l("Keeping an application for a next call"),
}
