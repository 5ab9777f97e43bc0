"""Which roles allow which work."""

from flask_babel import lazy_gettext as _l

from app.accounts.rules import STAFF, Role

ROLE_NAMES = {
    Role.ADMIN: _l("administrator"),
    Role.MANAGER: _l("programme manager"),
    Role.EDITOR: _l("editor"),
    Role.REVIEWER: _l("reviewer"),
}


def works_with_files(roles: frozenset[Role]) -> bool:
    """True when these roles allow meetings and interviews."""
    return bool(roles & (STAFF | {Role.REVIEWER}))


def may_inherit(roles: frozenset[Role]) -> bool:
    """True when a colleague with these roles may take over work."""
    return bool(roles & STAFF)
