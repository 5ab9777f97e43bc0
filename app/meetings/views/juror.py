"""A meeting as a member of the jury follows it on a device of their own; the chair agrees on the minutes here."""

from typing import Any

from flask import flash, render_template, url_for
from flask_babel import gettext as _

from app.accounts.guards import jurors, person
from app.core import clock
from app.core.errors import Conflict
from app.core.exports.pdf import as_paper
from app.core.forms import Form
from app.core.web import Room, see
from app.meetings import actions, queries
from app.meetings.access import table_of_member
from app.meetings.exports import minutes as minutes_of
from app.meetings.rules import ADVISED, OUTCOME_NAMES, ROLE_NAMES, Role, Stage

room = Room("meetings_juror", __name__, guard=jurors)


@room.page(nl="/team/lezen/vergaderingen", fr="/equipe/lectures/reunions")
def meetings() -> str:
    return render_template("meetings/juror/meetings.html", meetings=queries.meetings_with(person.id))


@room.page(nl="/team/lezen/vergadering/<key>", fr="/equipe/lectures/reunion/<key>")
def follow(key: str) -> str:
    table, me, at = table_of_member(key, person), person.id, clock.now()
    line, mine = table.open, table.seat_of(me)
    shown = bool(line and me not in line.kept_away and line.stage in (Stage.TALKING, Stage.REVEALED))
    revealed = line if line and shown and line.stage is Stage.REVEALED else None
    return render_template(
        "meetings/juror/follow.html",
        table=table,
        meeting=table.meeting,
        line=line,
        shown=shown,
        sheet=queries.sheet(revealed.item.application_id, revealed.item.scores) if revealed else None,
        beside=queries.beside(revealed.item.application_id) if revealed else None,
        me_id=me,
        is_chair=bool(mine and mine.role == Role.CHAIR),
        outcome_names=OUTCOME_NAMES,
        role_names=ROLE_NAMES,
        advised=ADVISED,
        seconds=int((at - line.item.opened_at).total_seconds()) if line and line.item.opened_at else 0,
    )


@room.page(nl="/team/lezen/vergadering/<key>/verslag", fr="/equipe/lectures/reunion/<key>/proces-verbal")
def minutes(key: str) -> Any:
    """The minutes, without the files that are hidden from this member."""
    table = table_of_member(key, person)
    data = minutes_of(table, reader_id=person.id, at=clock.now())
    return as_paper("meetings/minutes.typ", data, name=f"jury-{table.meeting.call.key}.pdf")


@room.page(
    nl="/team/lezen/vergadering/<key>/goedkeuren", fr="/equipe/lectures/reunion/<key>/approuver", methods=("POST",)
)
def agree(key: str) -> Any:
    """The chair agrees on the minutes."""
    table = table_of_member(key, person)
    if not Form().validate():
        raise Conflict("form")
    actions.agree(table, by=person, at=clock.now())
    flash(_("The minutes are agreed. Nothing changes any more."))
    return see(url_for(".follow", key=key))
