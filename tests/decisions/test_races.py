"""Agreeing minutes and changing a decision at one moment, on two connections of PostgreSQL."""

import hashlib
import json
import threading
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import text

from app.applications.models import Application
from app.applications.rules.states import State
from app.core import clock
from app.core.audit import audit_trail
from app.core.db.base import db
from app.decisions.actions import deciding
from app.decisions.queries import agreed
from app.meetings import actions as meetings
from app.meetings import queries as meeting_queries
from app.meetings.exports import minutes
from app.meetings.models import Meeting
from tests.builders import both
from tests.conftest import Clock
from tests.deciding import REASON, before_the_jury, decision_on, take
from tests.people import ELS, SignedIn, known

NO = "De concurrentie was groot en de begroting mist nog een onderbouwing."
WAITING = text("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'")


def closed_meeting(file: Application) -> Meeting:
    """The jury accepted this file; the minutes wait to be agreed."""
    els, at = known(ELS), clock.now()
    found = meetings.plan(file.call, at, place=both("", ""), quorum=1, minutes_each=10, by=els, at=at)
    meetings.put_on(found, [file])
    (item,) = meeting_queries.items(found.id)
    item.outcome, item.reason, item.decided_at, item.present = State.ACCEPTED, REASON["nl"], at, 3
    take(file, State.ACCEPTED)
    meetings.close(found, notes="", at=at)
    db.session.commit()
    return found


def beside(action: Callable[[], int]) -> tuple[threading.Thread, list[int]]:
    """Begin a request on another connection, and come back once it waits for a row that is held here."""
    found: list[int] = []
    thread = threading.Thread(target=lambda: found.append(action()))
    thread.start()
    while thread.is_alive():
        with db.engine.connect() as watching:
            if watching.scalar(WAITING):
                break
    return thread, found


def request_of(els: SignedIn, endpoint: str, data: dict[str, Any], key: str) -> Callable[[], int]:
    path, sent = els.address(endpoint, key=key), data | {"csrf_token": els.csrf_token()}
    return lambda: els.send("POST", path, data=sent).status


def digest_of(found: Meeting) -> str:
    """The digest of the minutes as they would be agreed now."""
    found.agreed_at, agreed_at = None, found.agreed_at
    seats, items = meeting_queries.members_of(found.id), meeting_queries.items(found.id)
    sheets, call = meeting_queries.sheets(found, items, seats), meeting_queries.call_of(found)
    content = minutes(found, call, seats, sheets, set(), at=found.closed_at or clock.now(), gone={})
    found.agreed_at = agreed_at
    return hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=True).encode()).hexdigest()


@pytest.mark.only_on("postgresql")
def test_a_change_that_comes_first_is_in_the_minutes(app: Flask, els: SignedIn, clock: Clock) -> None:
    file = before_the_jury()
    found = closed_meeting(file)
    agree = request_of(els, "meetings_staff.agree", {}, found.key)
    db.session.commit()

    deciding.record_decision(file, State.DECLINED, reason=NO, rank=None, by=els.person, at=clock())
    thread, status = beside(agree)
    assert thread.is_alive()  # it waits for the change
    db.session.commit()
    thread.join()

    assert status == [303]
    db.session.expire_all()
    assert found.agreed_at is not None
    assert decision_on(file).outcome == State.DECLINED
    (entry,) = [one for one in audit_trail.history(f"meeting:{found.id}") if one.action == "meeting.agreed"]
    assert entry.detail["digest"] == digest_of(found)


@pytest.mark.only_on("postgresql")
def test_a_change_that_comes_second_is_refused_without_a_reason(app: Flask, els: SignedIn, clock: Clock) -> None:
    file = before_the_jury()
    found = closed_meeting(file)
    sent = {"outcome": "declined", "reason": NO, "mark": deciding.present_mark(file)}
    decide = request_of(els, "decisions_staff.decide", sent, file.key)
    db.session.commit()

    meetings.agree(meeting_queries.meeting(found.key), {}, by=els.person, at=clock())
    thread, status = beside(decide)
    assert thread.is_alive()  # it waits for the minutes
    db.session.commit()
    thread.join()

    assert status == [422]
    db.session.expire_all()
    assert decision_on(file).outcome == State.ACCEPTED
    assert agreed.agreed_on([file.id])[file.id].outcome == State.ACCEPTED
