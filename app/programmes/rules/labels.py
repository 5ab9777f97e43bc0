"""What people call the texts of a programme: on its form, and in the list of what is still missing."""

from flask_babel import lazy_gettext as _l

PROGRAMME_TEXTS = {
    "title": _l("Name"),
    "slug": _l("Address on the site"),
    "tagline": _l("In one line"),
    "question": _l("What a visitor thinks"),
    "lead": _l("Introduction"),
    "body": _l("Text (Markdown)"),
    "stage": _l("Stage"),
    "duration": _l("Duration"),
    "commitment": _l("Your time"),
    "places": _l("Places"),
    "price": _l("Price"),
    "languages": _l("Working language"),
    "selection": _l("Selection"),
    "to_send": _l("What to send"),
    "example_note": _l("Note that these are examples"),
}
