"""A call with files and readers, for the tests of this room."""

from app.accounts.models import Person
from app.applications.models import Application
from app.applications.rules.states import State
from app.programmes.models import Call
from app.reviewers.models import ReadingPlan, Reviewer
from tests.builders import a_call, a_person, added, an_application
from tests.people import CHLOE, DAAN, known
from tests.selection import a_reviewer


def a_plan(call: Call, **values: object) -> ReadingPlan:
    """How this call is read: two readers for each file, unless told otherwise."""
    return added(ReadingPlan(call_id=call.id, **({"readings": 2, "most_files": 12} | values)))


def files(call: Call, count: int = 3, **values: object) -> list[Application]:
    """Files to read."""
    return [an_application(call=call, state=State.ELIGIBLE, **values) for _number in range(count)]


def scene(count: int = 3) -> tuple[Call, list[Application], list[Reviewer]]:
    """A call with some files, and Chloé and Daan who read both languages."""
    call = a_call()
    a_plan(call)
    return call, files(call, count), [a_reviewer(call, known(CHLOE)), a_reviewer(call, known(DAAN))]


def a_stranger(call: Call, name: str = "Nora Peters", **values: object) -> Reviewer:
    """One reader more, of whom no test knows anything."""
    person: Person = a_person(name)
    return a_reviewer(call, person, **values)  # type: ignore[arg-type]
