"""Every export of the team is recorded: an access to each thing in it and one "export.made" in the audit trail.

Exports are found in the code of the views, so a new one fails here until it is placed in a table below.
"""

import inspect
from collections.abc import Callable
from types import FunctionType
from typing import Any

import pytest
from flask import Flask

from app.applications.actions import handing_in
from app.applications.rules.states import State
from app.core import clock
from app.core.audit import access_log, audit_trail
from app.core.http.web import AppBlueprint
from app.events import actions as events
from app.meetings import actions as meetings
from app.questionnaires.queries import definition_of
from tests.builders import a_call, a_criterion, an_application, an_event, both
from tests.people import SignedIn
from tests.subscriptions.scenes import a_subscription

# Endpoint → name of the export, its arguments, what it is an access to, and how many rows it has in `world`.
EXPORTS: dict[str, tuple[str, dict[str, str], str, int]] = {
    "documents_staff.archive": ("archive", {"call": "call"}, "file", 1),
    "documents_staff.book": ("book", {"call": "call"}, "file", 1),
    "documents_staff.files": ("files", {"call": "call", "ending": "=csv"}, "file", 1),
    "documents_staff.scores": ("scores", {"call": "call", "ending": "=xlsx"}, "file", 1),
    "events_staff.attendance_file": ("attendance", {"event_key": "event"}, "event_ref", 2),
    "meetings_staff.minutes": ("minutes", {"key": "meeting"}, "file", 1),
    "ranking_staff.as_csv": ("ranking", {"key": "call"}, "file", 1),
    "ranking_staff.as_workbook": ("ranking", {"key": "call"}, "file", 1),
    "subscriptions_staff.calls": ("subscribers", {}, "subscribers", 1),
    "subscriptions_staff.newsletter": ("newsletter", {}, "newsletter", 2),
}
# Downloads of the team that are no export, and why.
OTHERS = {
    "casework_staff.attachment": "one file of one application, recorded as an access",
    "documents_staff.columns": "names of columns, nothing about people",
    "documents_staff.dossier": "one application, recorded as an access",
    "review_dossier.attachment": "one file of one application, for its reviewer",
}
OF_THE_TEAM = ("staff", "reviewers", "editors", "administrators")
SENDERS = {"as_attachment", "as_download", "as_file", "as_pdf", "as_xlsx", "pdf_response", "record_export", "send_file"}


def names_in(view: Callable[..., Any]) -> set[str]:
    """Every name that this view or a function of the same module that it calls uses."""
    waiting, seen, names = [inspect.unwrap(view)], set(), set()
    while waiting:
        one = waiting.pop()
        if one in seen or not isinstance(one, FunctionType):
            continue
        seen.add(one)
        names |= set(one.__code__.co_names)
        own = (one.__globals__.get(name) for name in one.__code__.co_names)
        waiting += [other for other in own if getattr(other, "__module__", None) == one.__module__]
    return names


def test_every_download_of_the_team_is_an_export_or_says_why_not(app: Flask) -> None:
    doors = {name: door.guard.__name__ for name, door in app.blueprints.items() if isinstance(door, AppBlueprint)}
    mine = {
        endpoint: names_in(view)
        for endpoint, view in app.view_functions.items()
        if doors.get(endpoint.partition(".")[0]) in OF_THE_TEAM
    }

    assert {endpoint for endpoint, names in mine.items() if names & SENDERS} == EXPORTS.keys() | OTHERS.keys()
    assert {endpoint for endpoint, names in mine.items() if "record_export" in names} == EXPORTS.keys()


@pytest.fixture
def world(els: SignedIn, amina: SignedIn) -> dict[str, str]:
    """One thing of each kind, by name, as addresses and the log name it."""
    call = a_call()
    a_criterion(call, "C1")
    file = an_application(call=call, person=amina.person)
    asked = {one.key: one.version for one in definition_of(file.version).declarations}
    handing_in.submit(file, asked, by=amina.person, url="http://127.0.0.1/", at=clock.now())
    file.state = State.JURY
    meeting = meetings.plan(
        call, call.opens_at, place=both("", ""), quorum=2, minutes_each=10, by=els.person, at=call.opens_at
    )
    meetings.put_on(meeting, [file])
    evening = an_event()
    for name in ("een", "twee"):
        events.sign_up(evening, name=name, email=f"{name}@example.be", language="nl", at=clock.now())
    a_subscription("calls", "newsletter")
    return {
        "call": call.key,
        "file": file.ref,
        "meeting": meeting.key,
        "event": evening.key,
        "event_ref": f"event:{evening.id}",
        "newsletter": "newsletter",
        "subscribers": "subscribers",
    }


@pytest.mark.parametrize("lang", ["nl", "fr"])
@pytest.mark.parametrize("endpoint", EXPORTS)
def test_an_export_is_an_access_to_each_thing_and_one_deed(
    els: SignedIn, world: dict[str, str], endpoint: str, lang: str
) -> None:
    what, arguments, about, count = EXPORTS[endpoint]
    values = {name: one[1:] if one.startswith("=") else world[one] for name, one in arguments.items()}

    els.get(endpoint, lang=lang, **values)

    looks = access_log.accesses_of([world["file"], world["event_ref"], "newsletter", "subscribers"])
    assert [(look.about, look.by) for look in looks] == [(world[about], els.person.ref)]
    deeds = audit_trail.latest(9, ["export.made"])
    assert [(one.about, one.by, one.detail["count"]) for one in deeds] == [(f"export:{what}", els.person.ref, count)]
    assert deeds[0].detail["chosen_by"]
