"""The minutes of a jury meeting: one paper in both languages, without a word on what is hidden from its reader."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from app.core import audit, i18n
from app.core.bilingual import LOCALES
from app.core.i18n import speaking
from app.meetings import queries
from app.meetings.models import Seat
from app.meetings.queries import Judged, Line, Table
from app.meetings.rules import OUTCOME_NAMES, ROLE_NAMES, Role, value

REGION = "BE"


def minutes(table: Table, *, reader_id: int, at: datetime) -> dict[str, Any]:
    """What meetings/minutes.typ shows: the language of the page first, then the other one.

    Once they are agreed on they show the seal that was kept then; until then they are a draft and say so.
    """
    seal = _seal(table)
    criteria = queries.criteria_of(table.meeting.call_id)
    parts = []
    for language in sorted(LOCALES, key=lambda one: one != i18n.locale()):
        with speaking(language):
            parts.append(_part(table, criteria, language, reader_id=reader_id, seal=seal, at=at))
    return {**parts[0], "more": parts[1:]}


def _seal(table: Table) -> str:
    kept = (one for one in audit.history(table.meeting.ref) if one.deed == "meeting.agreed")
    return next((str(one.detail["content"]) for one in kept), "") if table.meeting.agreed_at else ""


def _part(
    table: Table, criteria: list[Any], language: str, *, reader_id: int, seal: str, at: datetime
) -> dict[str, Any]:
    title = _("Minutes of the jury: %(call)s", call=table.meeting.call.title[language])
    sections = [_file(line, table, criteria, reader_id) for line in table.lines]
    if table.meeting.notes:
        sections.append({"title": _("Remarks"), "rows": [_row("", table.meeting.notes.splitlines())]})
    return {
        "title": title if seal else f"{_('Draft, not agreed yet')} – {title}",
        "language": language,
        "region": REGION,
        "reference": "",
        "made": _("Coopcity. Made on %(moment)s.", moment=i18n.moment(at)),
        "page": _("Page %(number)s of %(count)s", number="{n}", count="{of}"),
        "facts": _facts(table, seal),
        "sections": sections,
    }


def _facts(table: Table, seal: str) -> list[list[str]]:
    meeting = table.meeting
    there, absent = [one for one in table.seats if one.came_at], [one for one in table.seats if not one.came_at]
    facts = [[_("Date"), i18n.moment(meeting.starts_at)]]
    if meeting.place:
        facts.append([_("Place"), meeting.place])
    if meeting.opened_at:
        facts.append([_("Begun"), i18n.hour(meeting.opened_at)])
    if meeting.closed_at:
        facts.append([_("Ended"), i18n.hour(meeting.closed_at)])
    facts.append([_("Present"), "; ".join(_presence(one) for one in there) or _("nobody")])
    facts.append([_("Absent"), "; ".join(_name(one) for one in absent) or _("nobody")])
    facts.append([_("Quorum"), ngettext("one member", "%(num)s members", meeting.quorum)])
    if meeting.agreed_at and seal:
        chair = next((one.person.name for one in table.seats if one.role == Role.CHAIR), "")
        facts.append([_("Agreed on"), _("%(moment)s, by %(name)s", moment=i18n.moment(meeting.agreed_at), name=chair)])
        facts.append([_("Seal of the content (SHA-256)"), seal])
    return facts


def _name(seat: Seat) -> str:
    role = Role(seat.role)
    return seat.person.name if role is Role.MEMBER else f"{seat.person.name} ({ROLE_NAMES[role]})"


def _presence(seat: Seat) -> str:
    if seat.left_at and seat.came_at:
        return _("%(name)s, from %(begin)s to %(end)s", name=_name(seat), begin=i18n.hour(seat.came_at),
                 end=i18n.hour(seat.left_at))  # fmt: skip
    return _name(seat)


def _file(line: Line, table: Table, criteria: list[Any], reader_id: int) -> dict[str, Any]:
    item, file = line.item, line.item.application
    if reader_id in line.kept_away:
        words = _("This file is hidden from you: you left the room for it.")
        return {"title": _("No. %(number)s", number=item.position), "rows": [_row("", [words])]}
    rows = []
    left = [one.person.name for one in table.seats if one.person_id in line.away]
    if left:
        rows.append(_row(_("Left the room"), [", ".join(left)]))
    if item.scores:
        rows.append(_row(_("Scores"), _scores(item.scores, queries.figures(item.scores, criteria))))
    rows.append(_row(_("Decision"), [_decision(line)]))
    if item.reason:
        rows.append(_row(_("Reasons"), item.reason.splitlines(), language=file.language))
    title = f"{item.position}. {file.reference} – {file.title}"
    return {"title": title, "rows": rows, "language": file.language}


def _scores(scores: list[Any], judged: Iterable[Judged]) -> list[str]:
    lines = []
    for one in judged:
        name = f"{one.code} {one.title[i18n.locale()]}"
        if one.mean is None:
            lines.append(_("%(criterion)s: not scored", criterion=name))
            continue
        lines.append(
            _("%(criterion)s: mean %(mean)s of %(highest)s, from %(low)s to %(high)s (%(count)s scores)",
              criterion=name, mean=i18n.number(round(one.mean, 1)), highest=one.highest, low=one.scores[0],
              high=one.scores[-1], count=len(one.scores))
        )  # fmt: skip
    whole = value(marks for _review, marks in scores)
    if whole is not None:
        lines.append(_("Value: %(value)s of 100", value=i18n.number(round(whole, 1))))
    return lines


def _decision(line: Line) -> str:
    item = line.item
    if not item.decided_at:
        return _("not discussed")
    said = str(OUTCOME_NAMES[item.outcome])
    if item.rank:
        said = _("%(outcome)s, place %(rank)s", outcome=said, rank=item.rank)
    return _("%(outcome)s (%(count)s members decided)", outcome=said, count=item.present or 0)


def _row(label: str, lines: list[str], *, language: str = "") -> dict[str, Any]:
    return {"label": label, "lines": [one for one in lines if one.strip()], "empty": "", "language": language}
