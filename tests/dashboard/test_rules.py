"""Histories in words: what somebody did again and again on one day is one line."""

import re
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from app.applications.rules.states import State
from app.core.audit import audit_trail
from app.core.clock import brussels
from app.dashboard.rules import ACTIONS, gathered, waiting
from config import ROOT
from tests.builders import an_application
from tests.people import SignedIn

NOON = brussels(date(2027, 2, 1), 12)


@dataclass(frozen=True)
class Entry:
    """A line of the audit trail as the rule sees it."""

    action: str = "application.saved"
    by: str = "person:1"
    at: datetime = NOON
    detail: dict[str, Any] = field(default_factory=dict)


def test_each_application_waits_once() -> None:
    counts = {State.SUBMITTED: 2, State.JURY: 5, State.IN_REVIEW: 7}

    assert waiting(counts, 3) == {"to_check": 2, "to_decide": 2, "to_announce": 3}
    assert waiting({}, 0) == {"to_check": 0, "to_decide": 0, "to_announce": 0}


def test_the_same_deed_of_one_person_on_one_day_is_one_line_with_its_last_moment() -> None:
    entries = [Entry(at=NOON + timedelta(minutes=minute)) for minute in (9, 5, 0)]

    assert gathered(entries) == [(entries[0], 3)]
    assert gathered([]) == []


@pytest.mark.parametrize(
    "other",
    [
        Entry(action="application.file_added"),
        Entry(by="person:2"),
        Entry(at=NOON - timedelta(days=1)),
        Entry(action="application.moved", detail={"to_state": "jury"}),
    ],
)
def test_what_somebody_else_did_another_deed_and_another_day_stand_apart(other: Entry) -> None:
    assert gathered([Entry(), Entry(), other, Entry()]) == [(Entry(), 2), (other, 1), (Entry(), 1)]


def test_steps_to_two_states_are_two_lines() -> None:
    moves = [Entry(action="application.moved", detail={"to_state": state}) for state in ("jury", "in_review")]

    assert gathered(moves) == [(move, 1) for move in moves]


@pytest.mark.parametrize(("lang", "words"), [("nl", "deel bewaard (35 keer)"), ("fr", "partie enregistrée (35 fois)")])
def test_a_file_tells_its_saves_in_one_line(els: SignedIn, lang: str, words: str) -> None:
    file = an_application(submitted=True)
    for _number in range(35):
        audit_trail.record("application.saved", by="person:1", about=file.ref, at=NOON)

    page = els.get("casework_staff.application", lang=lang, key=file.key)

    assert len([line for line in page.select("#history + ul li") if words in line]) == 1


def test_every_deed_that_is_recorded_has_words() -> None:
    """A history shows people's words, never the name of a deed."""
    sources = "\n".join(path.read_text() for path in (ROOT / "app").rglob("*.py"))
    recorded = set(re.findall(r"audit_trail\.record\(\s*\"([a-z_.]+)\"", sources))

    assert len(recorded) > 50
    assert sorted(recorded - set(ACTIONS)) == []
