"""Tables that compare programmes."""

from flask_babel import lazy_gettext as _l

COMPARISON = [
    (_l("Duration"), "duration"),
    (_l("Your time"), "commitment"),
    (_l("Places"), "places"),
    (_l("Language"), "languages"),
    (_l("Selection"), "selection"),
    (_l("Price"), "price"),
]
