"""What roles mean for what somebody was given to do."""

from flask_babel import lazy_gettext as _l

from app.accounts.rules import STAFF, Role

ROLE_NAMES = {
    Role.ADMIN: _l("administrator"),
    Role.MANAGER: _l("programme manager"),
    Role.EDITOR: _l("editor"),
    Role.REVIEWER: _l("reviewer"),
}


def works_with_files(roles: frozenset[Role]) -> bool:
    """May somebody with these roles sit in a meeting or at an interview?"""
    return bool(roles & (STAFF | {Role.REVIEWER}))


def may_inherit(roles: frozenset[Role]) -> bool:
    """May the work of a colleague be handed over to somebody with these roles?"""
    return bool(roles & STAFF)
