"""The calendar file of a meeting, for its members."""

from flask import Response, url_for
from flask_babel import gettext as _

from app.accounts.guards import confirmed_people, may_enter, person
from app.core.errors import NotFound
from app.core.exports import calendars
from app.core.http.web import AppBlueprint
from app.core.i18n.addresses import absolute, canonical
from app.core.i18n.language import REGIONS, locale
from app.meetings import queries
from app.meetings.exports import entry_of

bp = AppBlueprint("meetings_member", __name__, guard=confirmed_people)


@bp.page(nl="/team/lezen/vergadering/<key>.ics", fr="/equipe/lectures/reunion/<key>.ics")
def calendar(key: str) -> Response:
    """One entry; cancelled for a cancelled meeting and for a former member."""
    found = queries.meeting(key)
    mine = queries.member_of(found.id, person.id) or queries.removed_member_of(found.id, person.id)
    if mine is None:
        raise NotFound
    endpoint = "meetings_reviewer.follow" if may_enter("meetings_reviewer.follow") else "meetings_staff.live"
    entry = entry_of(found, queries.call_of(found), mine, absolute(url_for(endpoint, key=key)))
    return calendars.calendar([entry], name=_("Jury meeting"), language=REGIONS[locale()], url=canonical())
