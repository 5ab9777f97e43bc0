"""Minutes as data for the PDF, and calendar entries for members."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from flask_babel import gettext as _

from app.accounts.queries import names
from app.applications.rules.states import STATE_NAMES, State
from app.core import clock
from app.core.exports.calendars import Entry, Reminder
from app.core.i18n.bilingual import LANGUAGE_NAMES, LOCALES
from app.core.i18n.formats import hour, moment, number, timestamp
from app.core.i18n.language import locale, speaking
from app.decisions.rules.outcomes import Agreed
from app.meetings import queries
from app.meetings.models import Meeting, MeetingMember, RemovedMember
from app.meetings.queries import Sheet
from app.meetings.rules import CALENDAR_LENGTH, ROLE_NAMES, Role
from app.programmes.models import Call

BEFORE = (timedelta(days=1), timedelta(hours=1))


def entry_of(found: Meeting, call: Call, mine: MeetingMember | RemovedMember, url: str) -> Entry:
    """The calendar entry of a present or former member; names no application."""
    is_off = found.cancelled_at is not None or isinstance(mine, RemovedMember)
    title = call.title[locale()]
    words = _("Cancelled: jury meeting, %(call)s", call=title) if is_off else _("Jury meeting, %(call)s", call=title)
    return Entry(
        kind="meeting",
        key=found.key,
        starts_at=found.starts_at,
        ends_at=found.starts_at + CALENDAR_LENGTH,
        summary=f"Coopcity: {words}",
        description="",
        place=found.place[locale()],
        url=url,
        revised_at=max(found.revised_at, mine.at if isinstance(mine, RemovedMember) else mine.given_at),
        reminders=() if is_off else tuple(Reminder(before, words) for before in BEFORE),
        is_cancelled=is_off,
    )


def minutes_of(found: Meeting, hidden: set[int]) -> dict[str, Any]:
    """The data of the minutes for a viewer from whom these applications are hidden."""
    seated = queries.members_of(found.id)
    sheets = queries.sheets(found, queries.items(found.id), seated)
    gone = queries.withdrawn_at([one.item for one in sheets])
    at = found.closed_at or clock.now()
    return minutes(found, queries.call_of(found), seated, sheets, hidden, at=at, gone=gone)


def minutes(
    found: Meeting,
    call: Call,
    members: list[MeetingMember],
    sheets: list[Sheet],
    hidden: set[int],
    *,
    at: datetime,
    gone: Mapping[int, datetime],
) -> dict[str, Any]:
    """The data of templates/meetings/staff/minutes.typ: one part per language.

    `hidden`: applications that the viewer may not see; only their number is shown. `gone`: when applicants withdrew.
    Reasons are in the language of each application and are not translated.
    """
    parts, made = [], []
    for language in LOCALES:
        with speaking(language):
            parts.append(_part(found, call, members, sheets, hidden, gone, language))
            made.append(_("Coopcity. Made on %(moment)s.", moment=moment(at)))
    return {
        "title": " / ".join(part["title"] for part in parts),
        "language": LOCALES[0],
        "region": "BE",
        "reference": "",
        "header": " / ".join(part["call"] for part in parts),
        "made": " / ".join(made),
        "page": "{n} / {of}",  # one footer for both languages
        "facts": [],
        "parts": parts,
    }


def _part(
    found: Meeting,
    call: Call,
    members: list[MeetingMember],
    sheets: list[Sheet],
    hidden: set[int],
    gone: Mapping[int, datetime],
    language: str,
) -> dict[str, Any]:
    came = [member for member in members if member.came_at]
    of_call = f"{call.programme.title[language]}, {call.title[language]}"
    facts = [
        [_("Call"), of_call],
        [_("Meeting"), timestamp(found.starts_at)],
        [_("Place"), found.place[language] or "–"],
        [_("Present"), ", ".join(_member(member) for member in came) or "–"],
        [_("Not present"), ", ".join(_member(member) for member in members if not member.came_at) or "–"],
        [_("Quorum"), number(found.quorum)],
    ]
    if found.agreed_at:
        facts.append([_("Agreed"), timestamp(found.agreed_at)])
    else:
        facts.append([_("State"), _("draft, not agreed yet")])
    sections = [
        _file(place, sheet, members, gone.get(sheet.item.application_id), found.closed_at)
        if sheet.item.application_id not in hidden
        else _left_out(place)
        for place, sheet in enumerate(sheets, 1)
    ]
    if found.notes:
        sections.append({"title": _("Besides"), "rows": [_row("", found.notes)]})
    return {
        "language": language,
        "call": of_call,
        "title": _("Minutes of the jury"),
        "name": LANGUAGE_NAMES[language],
        "facts": facts,
        "sections": sections,
    }


def _member(member: MeetingMember) -> str:
    role = f" ({ROLE_NAMES[Role(member.role)]})" if member.role != Role.MEMBER else ""
    hours = f", {hour(member.came_at)}–{hour(member.left_at)}" if member.left_at and member.came_at else ""
    return f"{member.person.name}{role}{hours}"


def _file(
    place: int, sheet: Sheet, members: list[MeetingMember], gone_at: datetime | None, closed_at: datetime | None
) -> dict[str, Any]:
    item, application = sheet.item, sheet.item.application
    names = {member.person_id: member.person.name for member in members}
    away = ", ".join(sorted(names.get(one, "") for one in sheet.presence.away)) or _("nobody")
    rows = [_row(_("Left the room"), away)]
    if item.decided_at:
        outcome = str(STATE_NAMES[State(item.outcome)])
        if item.rank:
            outcome = _("%(outcome)s, place %(rank)s", outcome=outcome, rank=item.rank)
        voices = [(voice.name, voice.value) for voice in sheet.voices if voice.value is not None]
        scores = ", ".join(f"{name} {number(round(value, 1))}" for name, value in voices)
        rows += [
            _row(_("Members who decided"), number(item.present or 0)),
            _row(_("Scores, from 0 to 100"), scores or "–"),
            _row(_("Decision"), outcome),
            _row(_("Reasons"), item.reason),
            *_deviation(sheet),
        ]
    else:
        in_time = gone_at is not None and (closed_at is None or gone_at <= closed_at)
        rows.append(_row(_("Decision"), _("none, the file was withdrawn") if in_time else _("postponed")))
    if gone_at is not None:
        rows.append(_row(_("Withdrawn by the applicant"), timestamp(gone_at)))
    title = f"{place}. {application.reference} {application.title} ({application.language.upper()})"
    return {"title": title, "rows": rows}


def _deviation(sheet: Sheet) -> list[dict[str, Any]]:
    """How the decision changed after the minutes were agreed, and by whom; empty when it did not."""
    item, now = sheet.item, sheet.decision
    if now is None or not Agreed(item.outcome, item.rank, "").differs(now.outcome, now.rank):
        return []
    people = names(one for one in (now.deviated_by_id, now.confirmed_by_id) if one)
    rank = [_("place %(rank)s", rank=now.rank)] if now.rank else []
    outcome = ", ".join([str(STATE_NAMES[State(now.outcome)]), *rank])
    by = people.get(now.deviated_by_id or 0, "–")
    confirmed = _("not confirmed by a second colleague yet")
    if now.confirmed_at:
        who, when = people.get(now.confirmed_by_id or 0, "–"), moment(now.confirmed_at)
        confirmed = _("confirmed by %(name)s on %(moment)s", name=who, moment=when)
    return [
        _row(_("Deviation after the meeting"), outcome),
        _row(_("Why"), now.deviation),
        _row(_("By"), f"{by}; {confirmed}"),
    ]


def _left_out(place: int) -> dict[str, Any]:
    return {"title": f"{place}. {_('A file that is hidden from you')}", "rows": []}


def _row(label: str, text: str) -> dict[str, Any]:
    return {"label": label, "lines": text.splitlines(), "empty": "–"}
