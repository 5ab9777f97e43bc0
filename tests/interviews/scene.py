"""Files before an interview, and what calendars hold about them."""

from typing import Any

from icalendar import Calendar, Event

from app.applications.models import Application
from app.applications.rules.states import State
from app.interviews.models import Interview, Slot
from app.programmes.models import Call
from tests.builders import a_call, a_person, an_application
from tests.panels import a_slot, an_interview
from tests.people import SignedIn


def a_file(
    call: Call | None = None, *, who: SignedIn | None = None, state: State = State.INTERVIEW, language: str = "nl"
) -> Application:
    """A file whose applicant we want to meet."""
    person = who.person if who else a_person(language=language)
    return an_application(call=call or a_call(), person=person, state=state, language=language)


def invited(call: Call | None = None, *, who: SignedIn | None = None, **values: Any) -> tuple[Application, Interview]:
    """The same, with the invitation."""
    file = a_file(call, who=who, **values)
    return file, an_interview(file)


def met(
    call: Call | None = None, *, who: SignedIn | None = None, language: str = "nl", **values: Any
) -> tuple[Application, Interview, Slot]:
    """The same, with an appointment."""
    file, interview = invited(call, who=who, language=language)
    return file, interview, a_slot(file.call, interview, **values)


def entries(page: Any) -> list[Event]:
    """What a calendar program finds in this file."""
    assert page.media_type == "text/calendar"
    return list(Calendar.from_ical(page.data).events)
