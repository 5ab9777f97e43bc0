"""An hour is taken as people in Brussels write it, on every form that asks for one."""

from datetime import date
from types import SimpleNamespace

import pytest
from flask import Flask

from app.core import clock
from app.programmes.forms.dates import hour_of
from tests.builders import a_call
from tests.interviews.scene import a_file
from tests.people import CHLOE, SignedIn, known
from tests.selection import a_reviewer

DAY = date(2027, 2, 15)


@pytest.mark.parametrize(
    ("typed", "hour", "minute"),
    [
        ("9:30", 9, 30),
        ("09:30", 9, 30),
        ("9.30", 9, 30),
        ("9.30 uur", 9, 30),
        ("9u30", 9, 30),
        ("9U30", 9, 30),
        ("9 u 30", 9, 30),
        ("9 u. 30", 9, 30),
        ("9h30", 9, 30),
        ("9\u00a0h\u00a030", 9, 30),
        ("9H30", 9, 30),
        ("9u", 9, 0),
        ("9 u.", 9, 0),
        ("9h", 9, 0),
        ("9 heures", 9, 0),
        ("9", 9, 0),
        ("9 uur", 9, 0),
        ("0u00", 0, 0),
    ],
)
def test_an_hour_may_be_written_in_many_ways(app: Flask, typed: str, hour: int, minute: int) -> None:
    fields = SimpleNamespace(data=DAY, errors=[]), SimpleNamespace(data=typed, errors=[])

    assert hour_of(*fields) == clock.brussels(DAY, hour, minute)
    assert fields[1].errors == []


@pytest.mark.parametrize("typed", ["", "u30", "24u", "9u60", "9u3", "half tien", "9:30:00", "9hu30"])
def test_what_is_no_hour_is_refused_with_words(app: Flask, typed: str) -> None:
    fields = SimpleNamespace(data=DAY, errors=[]), SimpleNamespace(data=typed, errors=[])

    assert hour_of(*fields) is None
    assert len(fields[1].errors) == 1


def test_every_form_with_an_hour_takes_it(els: SignedIn) -> None:
    """The slots of interviews, a late code and a meeting of the jury: the other three forms that ask for an hour."""
    call = a_call()
    a_reviewer(call, known(CHLOE))
    a_file(call)

    slots = els.get("interviews_staff.new_slots", key=call.key).submit(
        first="2027-02-15",
        begins="9u30",
        ends="10h30",
        length="30",
        place_nl="Zaal",
        place_fr="Salle",
        people=[str(known(CHLOE).id)],
    )
    late = els.get("programmes_rows.late", key=call.key).submit(
        email="laat@example.be", name="Laat", closes_on="2027-03-15", closes_hour="12u", reason="Ziek."
    )
    jury = els.get("meetings_staff.meetings", key=call.key).submit(
        on="2027-03-16", hour="9.30 uur", place_nl="Zaal 1", place_fr="Zaal 1"
    )

    assert [slots.status, late.status, jury.status] == [303, 303, 303]
