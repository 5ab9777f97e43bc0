"""Where the calendar file of a deadline is: the call's, or the own one of who has longer than the call."""

from collections.abc import Callable

from flask import url_for

from app.core.extension_points import ExtensionPoint
from app.core.i18n.language import locale
from app.programmes.queries.public import CallRow, ProgrammeRow

# Offered by applications: the address of the calendar file of the person of this request, for this call.
OWN_CALENDAR = ExtensionPoint[Callable[[int], str | None]]("programmes.own_calendar")


def address_of(programme: ProgrammeRow, call: CallRow) -> str:
    """Template global: the calendar file of the deadline that the person of this request has."""
    own = OWN_CALENDAR.first()
    return (own and own(call.id)) or url_for("programmes_public.deadline", slug=programme.slug[locale()])
