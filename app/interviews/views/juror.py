"""The slots in which a reader sits at the table."""

from flask import Response, render_template, url_for
from flask_babel import gettext as _

from app.accounts.guards import jurors, person
from app.core import calendars, clock
from app.core.i18n import REGIONS, absolute, canonical, locale
from app.core.web import Room
from app.interviews import queries
from app.interviews.exports import of_interviewer, off_for_interviewer
from app.interviews.rules import HELD_IN

room = Room("interviews_juror", __name__, guard=jurors)


@room.page(nl="/team/lezen/gesprekken", fr="/equipe/lectures/entretiens")
def slots() -> str:
    return render_template("interviews/juror/slots.html", rows=queries.sits_at(person.id, clock.now()), held_in=HELD_IN)


@room.page(nl="/team/lezen/gesprekken.ics", fr="/equipe/lectures/entretiens.ics")
def calendar() -> Response:
    """The same for a calendar, with what is off."""
    page, at = absolute(url_for(".slots")), clock.now()
    sits = queries.sits_at(person.id, at)
    entries = [of_interviewer(row.Slot, row.Call, row.reference, row.title, page) for row in sits]
    entries += [off_for_interviewer(row.CalledOff, row.Call, page) for row in queries.called_off_for(person.id, at)]
    return calendars.calendar(entries, name=_("My interviews"), language=REGIONS[locale()], url=canonical())
