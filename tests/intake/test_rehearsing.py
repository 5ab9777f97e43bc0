"""Playing a whole call: what would go wrong is found, and nothing of it is left but the report."""

import copy
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, inspect, select, text

from app.core.audit import audit_trail
from app.core.db.base import db
from app.intake.actions import rehearsing
from app.programmes.models import Anchor, Call
from tests.builders import a_call, a_criterion, a_step, a_version, both, the_form
from tests.conftest import Clock
from tests.letters import Mailbox
from tests.people import GRETA, SignedIn, known

NOT_PLAYED = {"rehearsal", "audit_entry"}


def rows_by_table() -> dict[str, int]:
    tables = set(inspect(db.session.connection()).get_table_names()) - NOT_PLAYED
    return {name: db.session.scalar(select(func.count()).select_from(text(f'"{name}"'))) for name in sorted(tables)}


def sentences(call: Call, clock: Clock, *, fine: bool) -> list[str]:
    lines = rehearsing.play(call, by=known(GRETA), at=clock()).report["lines"]
    return [line["nl"] for line in lines if line["fine"] is fine]


@pytest.fixture
def call(app: Flask) -> Call:
    """An open call that can go out as it is, on the form of the house."""
    made = a_call(version=a_version(the_form()))
    made.grace_minutes = 15
    for number, criterion in enumerate(
        sorted({one["criterion"] for one in questions(the_form()) if one.get("criterion")})
    ):
        made_one = a_criterion(made, code=criterion, weight=100 if number == 0 else 0)
        made_one.anchors += [Anchor(score=score, text=both("woorden", "mots")) for score in (2, 3, 4)]
    a_step(made)
    return made


def questions(form: dict[str, Any]) -> list[dict[str, Any]]:
    return [question for section in form["section"] for question in section["question"]]


def test_a_good_call_plays_to_the_end_and_leaves_nothing_but_its_report(
    call: Call, clock: Clock, mailbox: Mailbox
) -> None:
    known(GRETA)
    db.session.commit()
    before = rows_by_table()

    played = rehearsing.play(call, by=known(GRETA), at=clock())
    db.session.commit()

    well = [line["nl"] for line in played.report["lines"] if line["fine"]]
    assert len(well) == len(played.report["lines"]) == 10
    assert {line["nl"] for line in played.report["lines"]} != {line["fr"] for line in played.report["lines"]}
    assert rows_by_table() == before
    assert mailbox.kinds == []
    assert audit_trail.broken_links() == []
    assert audit_trail.history(f"call:{call.id}")[0].action == "call.played"


def test_an_answer_that_nobody_can_give_is_found(app: Flask, clock: Clock) -> None:
    form = copy.deepcopy(the_form())
    asked = next(one for one in questions(form) if one["key"] == "project_name")
    asked["kind"], asked["minimum"], asked["maximum"] = "number", 5, 5
    asked.pop("limit", None)

    wrong = sentences(a_call(version=a_version(form)), clock, fine=False)

    assert [line for line in wrong if "een goed antwoord wordt geweigerd" in line]


def test_a_criterion_that_no_question_feeds_is_found(call: Call, clock: Clock) -> None:
    a_criterion(call, code="Z9", weight=0)

    assert "Geen enkele vraag dient voor criterium Z9" in sentences(call, clock, fine=False)


def test_what_keeps_a_call_from_the_public_is_in_the_report(app: Flask, clock: Clock) -> None:
    call = a_call(version=a_version(the_form()))

    assert sentences(call, clock, fine=False)


@pytest.mark.parametrize("lang", ["nl", "fr"])
def test_staff_play_a_call_and_read_the_report(els: SignedIn, call: Call, lang: str) -> None:
    db.session.commit()
    page = els.get("intake_staff.running", lang=lang, key=call.key)

    report = page.submit("De oproep uitproberen" if lang == "nl" else "Essayer l’appel").follow()

    assert len(report.select("main li")) >= 10
    again = els.get("intake_staff.running", lang=lang, key=call.key)
    assert report.path in again.links()
    els.get_path(report.path.replace("generale/", "generale/x"), status=404)
