"""The calendar file and the minutes of a meeting, for its members."""

from flask import Response, url_for
from flask_babel import gettext as _

from app.accounts.guards import confirmed_people, may_enter, person
from app.core.audit import access_log
from app.core.errors import NotFound
from app.core.exports import calendars
from app.core.exports.pdf import pdf_response
from app.core.http.web import AppBlueprint
from app.core.i18n.addresses import absolute, canonical
from app.core.i18n.language import REGIONS, locale
from app.meetings import queries
from app.meetings.exports import entry_of, minutes_of
from app.meetings.rules import may_read_minutes
from app.reviewers.queries.titles import titles_and_redactors

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


@bp.page(nl="/team/lezen/vergadering/<key>/verslag.pdf", fr="/equipe/lectures/reunion/<key>/proces-verbal.pdf")
def minutes(key: str) -> Response:
    """The agreed minutes; applications that are hidden from the member show only their number."""
    found = queries.meeting(key)
    ids = [one.application_id for one in queries.items(found.id)]
    blind = any(redactor for _title, redactor in titles_and_redactors(ids, person.id).values())
    agreed = found.agreed_at is not None
    if not queries.member_of(found.id, person.id) or not may_read_minutes(agreed=agreed, reads_blind=blind):
        raise NotFound
    hidden = queries.hidden_from(ids, person.id)
    refs = [f"application:{one}" for one in ids if one not in hidden]
    access_log.record_export("minutes", refs, by=person.ref, chosen_by={"meeting": found.key, "as": "pdf"})
    return pdf_response("meetings/staff/minutes.typ", minutes_of(found, hidden), name="coopcity-jury.pdf")
