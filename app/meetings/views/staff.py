"""Meetings of the jury for the team: prepare, hold, write down."""

from typing import Any

from flask import flash, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from app.accounts.guards import person, staff
from app.accounts.queries import colleagues
from app.applications.rules import State
from app.core import clock
from app.core.errors import Conflict, Missing
from app.core.exports.pdf import as_paper
from app.core.forms import Form
from app.core.text import sent_number
from app.core.web import Room, see
from app.meetings import actions, queries
from app.meetings.access import line_of, table_at
from app.meetings.exports import minutes as minutes_of
from app.meetings.forms import MeetingForm, OutcomeForm, next_rank, roles_sent
from app.meetings.queries import Line, Table
from app.meetings.rules import (
    ADVISED,
    MINUTES_EACH,
    ORDER_NAMES,
    OUTCOME_NAMES,
    POSTPONED,
    QUORUM,
    ROLE_NAMES,
    Order,
    Role,
    Stage,
)
from app.programmes import queries as programmes

room = Room("meetings_staff", __name__, guard=staff)


@room.page(nl="/team/oproepen/<key>/jury", fr="/equipe/appels/<key>/jury", methods=("GET", "POST"))
def meetings(key: str) -> Any:
    """The meetings of a call, and a new one."""
    call = programmes.call(key)
    form = MeetingForm(data={"hour": "09:00", "quorum": QUORUM, "minutes_each": MINUTES_EACH})
    if form.validate_on_submit():
        made = actions.make_meeting(call, **form.values(), by=person, at=clock.now())
        flash(_("The meeting is made. Say who sits there, and which files come."))
        return see(url_for(".prepare", key=made.key))
    found = queries.meetings_of(call.id)
    answer = render_template("meetings/staff/meetings.html", call=call, meetings=found, form=form)
    return answer, (422 if form.is_submitted() else 200)


@room.page(nl="/team/jury/<key>/voorbereiding", fr="/equipe/jury/<key>/preparation", methods=("GET", "POST"))
def prepare(key: str) -> Any:
    table = table_at(key)
    form = MeetingForm(data=MeetingForm.data_of(table.meeting))
    if form.validate_on_submit():
        actions.change(table.meeting, **form.values(), notes=form.notes.data or "", by=person, at=clock.now())
        flash(_("The meeting is kept."))
        return see(url_for(".prepare", key=key))
    return _prepare(table, form), (422 if form.is_submitted() else 200)


@room.page(nl="/team/jury/<key>/leden", fr="/equipe/jury/<key>/membres", methods=("POST",))
def seat(key: str) -> Any:
    """Who sits there."""
    table, token = table_at(key), Form()
    people = queries.possible_members(table.meeting.call_id, colleagues())
    roles, wrong = roles_sent(request.form, people)
    if not token.validate() or wrong:
        form = MeetingForm(formdata=None, data=MeetingForm.data_of(table.meeting))
        return _prepare(table, form, wrong or [("members", _("Send the form again"))], roles), 422
    actions.seat(table, roles, by=person, at=clock.now())
    flash(_("The members are kept."))
    return see(url_for(".prepare", key=key, _anchor="members"))


@room.page(nl="/team/jury/<key>/agenda", fr="/equipe/jury/<key>/ordre-du-jour", methods=("POST",))
def arrange(key: str) -> Any:
    """Put files on the agenda, take one off, change their order."""
    table, at = table_at(key), clock.now()
    if not Form().validate():
        raise Conflict("form")
    deed, _colon, which = request.form.get("do", "").partition(":")
    if deed == "add":
        seen = {one.id for one in queries.addable(table.meeting, person.id)}
        chosen = [sent_number(one) for one in request.form.getlist("file")]
        count = actions.add_files(table.meeting, [one for one in chosen if one in seen], by=person, at=at)
        flash(ngettext("One file is added.", "%(num)s files are added.", count))
    elif deed == "all":
        actions.add_all(table.meeting, by=person, at=at)
        flash(_("Every file before the jury is on the agenda."))
    elif deed == "order" and which in ORDER_NAMES:
        actions.arrange(table, Order(which), by=person, at=at)
        flash(_("The order is kept."))
    else:
        _shift(table, deed, sent_number(which))
    return see(url_for(".prepare", key=key, _anchor="agenda"))


@room.page(nl="/team/jury/<key>", fr="/equipe/jury/<key>")
def live(key: str) -> Any:
    return _live(table_at(key), OutcomeForm())


@room.page(nl="/team/jury/<key>/verloop", fr="/equipe/jury/<key>/deroulement", methods=("POST",))
def run(key: str) -> Any:
    """Begin, end, agree on the minutes; who comes and goes."""
    table, at = table_at(key), clock.now()
    if not Form().validate():
        raise Conflict("form")
    deed, _colon, which = request.form.get("do", "").partition(":")
    if deed in ("begin", "close", "agree"):
        {"begin": actions.begin, "close": actions.close, "agree": actions.agree}[deed](table, by=person, at=at)
    elif deed in ("come", "go"):
        seat = next((one for one in table.seats if one.id == sent_number(which)), None)
        if seat is None:
            raise Missing
        (actions.come if deed == "come" else actions.go)(table.meeting, seat, by=person, at=at)
    else:
        raise Conflict("deed")
    return see(url_for(".live", key=key, _anchor="there" if which else None))


@room.page(nl="/team/jury/<key>/dossier", fr="/equipe/jury/<key>/dossier", methods=("POST",))
def step(key: str) -> Any:
    """One step with one file: open it, say that those have left who must, reveal, put off, open it again."""
    table, at = table_at(key), clock.now()
    if not Form().validate():
        raise Conflict("form")
    deed, _colon, which = request.form.get("do", "").partition(":")
    if deed == "open":
        line = table.line(sent_number(which))  # by its number, also for somebody from whom it is hidden
        if line is None:
            raise Missing
        actions.open_item(table, line, by=person, at=at)
        return see(url_for(".live", key=key))
    line = line_of(table, sent_number(which), person)
    if deed == "postpone":
        actions.postpone(table, line, reason="", by=person, at=at)
    elif deed in ("left", "reveal", "reopen"):
        known = {"left": actions.have_left, "reveal": actions.reveal, "reopen": actions.reopen}
        known[deed](table, line, by=person, at=at)
    else:
        raise Conflict("deed")
    return see(url_for(".live", key=key))


@room.page(nl="/team/jury/<key>/beslissing", fr="/equipe/jury/<key>/decision", methods=("POST",))
def decide(key: str) -> Any:
    """What the jury decides about the open file."""
    table, form, at = table_at(key), OutcomeForm(), clock.now()
    line = line_of(table, sent_number(request.form.get("item", "")), person)
    taken = queries.reserve_ranks(table.meeting.call_id, but=line.item.application_id)
    if line is not table.open or line.stage is not Stage.REVEALED:
        raise Conflict(line.stage)
    if not form.validate() or not form.has_free_rank(taken):
        return _live(table, form), 422
    if form.outcome.data == POSTPONED:
        actions.postpone(table, line, reason=form.reason.data or "", by=person, at=at)
        return see(url_for(".live", key=key))
    try:
        actions.decide(
            table, line, State(form.outcome.data), reason=form.reason.data or "", rank=form.rank.data, by=person, at=at
        )
    except actions.NoQuorum:
        return _live(table, form, refused=True), 409
    flash(_("The decision is kept. Nobody has been told yet."))
    return see(url_for(".live", key=key))


@room.page(nl="/team/jury/<key>/verslag", fr="/equipe/jury/<key>/proces-verbal")
def minutes(key: str) -> Any:
    """The minutes as a file; a draft until they are agreed on."""
    table = table_at(key)
    data = minutes_of(table, reader_id=person.id, at=clock.now())
    return as_paper("meetings/minutes.typ", data, name=f"jury-{table.meeting.call.key}.pdf")


def _shift(table: Table, deed: str, item_id: int) -> None:
    line, at = table.line(item_id), clock.now()
    if line is None or deed not in ("up", "down", "remove"):
        raise Missing
    if deed == "remove":
        actions.remove(table, line, by=person, at=at)
    else:
        actions.move(table, line, -1 if deed == "up" else 1, by=person, at=at)


def _prepare(
    table: Table, form: MeetingForm, wrong: list[tuple[str, str]] | None = None, roles: dict[int, Role] | None = None
) -> str:
    meeting = table.meeting
    return render_template(
        "meetings/staff/prepare.html",
        table=table,
        meeting=meeting,
        form=form,
        problems=form.problems() + (wrong or []),
        people=queries.possible_members(meeting.call_id, colleagues()),
        roles=roles if roles is not None else {one.person_id: one.role for one in table.seats},
        role_names=ROLE_NAMES,
        order_names=ORDER_NAMES,
        addable=[] if meeting.agreed_at else queries.addable(meeting, person.id),
        me_id=person.id,
        values=queries.values([one.item.application_id for one in table.lines if person.id not in one.kept_away]),
    )


def _live(table: Table, form: OutcomeForm, *, refused: bool = False) -> str:
    me, line, at = person.id, table.open, clock.now()
    mine = table.seat_of(me)
    shown = bool(line and me not in line.kept_away and line.stage in (Stage.TALKING, Stage.REVEALED))
    revealed = line if line and shown and line.stage is Stage.REVEALED else None
    if revealed and not form.is_submitted():
        taken = queries.reserve_ranks(table.meeting.call_id, but=revealed.item.application_id)
        form.rank.data = next_rank(taken)
    return render_template(
        "meetings/staff/live.html",
        table=table,
        meeting=table.meeting,
        line=line,
        next=_next(table),
        shown=shown,
        sheet=_sheet(revealed),
        beside=queries.beside(revealed.item.application_id) if revealed else None,
        form=form,
        refused=refused,
        me_id=me,
        is_chair=bool(mine and mine.role == Role.CHAIR),
        outcome_names=OUTCOME_NAMES,
        role_names=ROLE_NAMES,
        advised=ADVISED,
        seconds=int((at - line.item.opened_at).total_seconds()) if line and line.item.opened_at else 0,
    )


def _sheet(line: Line | None) -> queries.Sheet | None:
    return queries.sheet(line.item.application_id, line.item.scores) if line else None


def _next(table: Table) -> Line | None:
    return next((one for one in table.lines if one.stage is Stage.WAITING), None)
