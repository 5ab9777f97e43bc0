"""A call with four files that two people read."""

import pytest
from flask import Flask

from app.applications.models import Application
from app.applications.rules.states import State
from app.core.db.base import db
from app.programmes.models import Call
from tests.builders import a_call, a_criterion, a_person, an_application
from tests.conftest import Clock
from tests.selection import a_review


@pytest.fixture
def call(app: Flask) -> Call:
    """Two places, two criteria of weight 75 and 25, three planned readings."""
    made = a_call(places=2)
    a_criterion(made, "C1", weight=75)
    a_criterion(made, "C2", weight=25)
    db.session.refresh(made)
    return made


@pytest.fixture
def files(call: Call, clock: Clock) -> list[Application]:
    """Four files read by Ann and Bob: 95, 80, 77.5 and one that nobody read; Bob alone judges the third."""
    made = [an_application(call=call, state=State.IN_REVIEW, language="fr") for _number in range(4)]
    for number, file in enumerate(made):
        file.title = f"Dossier {number}"
    ann, bob = a_person("Ann Aerts"), a_person("Bob Baert")
    a_review(made[0], ann, {"C1": 5, "C2": 5})
    a_review(made[0], bob, {"C1": 5, "C2": 3})
    a_review(made[1], ann, {"C1": 5, "C2": 5})
    a_review(made[1], bob, {"C1": 2, "C2": 5})
    a_review(made[2], bob, {"C1": 4, "C2": None})
    call.closes_at = clock.at
    db.session.flush()
    return made
