"""Deeds of the team on files that were handed in, and the list that finds them."""

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.applications.models import Application
from app.applications.rules.states import State
from app.casework import actions
from app.casework.queries import list as list_queries
from app.core.db.base import db
from app.core.errors import Conflict
from tests.builders import a_call, an_application
from tests.conftest import Clock

URL = "http://127.0.0.1/status"


def test_a_step_outside_the_table_is_refused(app: Flask, clock: Clock) -> None:
    file = an_application(submitted=True)

    with pytest.raises(Conflict):
        actions.move(file, State.JURY, message="", until=None, by=file.person, url=URL, at=clock())

    assert file.state == State.SUBMITTED


def test_the_list_pages_by_key_without_gaps_or_doubles(
    app: Flask, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.casework.queries.list.PAGE_SIZE", 2)
    call = a_call()
    for number in range(5):
        an_application(call=call, submitted=True)
        clock.forward(minutes=number % 2)
    seen: list[int] = []

    wanted = list_queries.Filter(viewer=0)
    while True:
        rows, has_more = list_queries.list_page(wanted)
        seen += [row.id for row in rows]
        if not has_more:
            break
        wanted = list_queries.Filter(viewer=0, after=(rows[-1].submitted_at, rows[-1].id))

    everything = db.session.scalar(select(func.count()).select_from(Application))
    assert len(seen) == len(set(seen)) == everything == 5
