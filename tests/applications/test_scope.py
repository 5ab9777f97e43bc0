"""Which questions are asked now: what is kept for later waits for its name, what is frozen opens only by it."""

import copy
from typing import Any

import pytest
from flask import Flask

from app.applications.actions import common as common_actions
from app.applications.models import Application
from app.applications.queries import files
from app.applications.rules.scope import current_questions, open_questions
from app.applications.rules.states import State
from app.casework import actions as casework
from app.core.db.base import db
from app.questionnaires.rules.definition import Definition
from tests.builders import a_call, a_version, an_application
from tests.conftest import Clock
from tests.every_kind import EVERY_KIND
from tests.people import SignedIn

LATER, FROZEN = "a_long_text", "a_link"


def form() -> dict[str, Any]:
    """The form of every kind, with one question for later and one that freezes."""
    made = copy.deepcopy(EVERY_KIND)
    for section in made["section"]:
        for question in section["question"]:
            question["asked_later"] = question["key"] == LATER
            question["frozen_after_hand_in"] = question["key"] == FROZEN
    return made


DEFINITION = Definition.read(form())
EVERYTHING = frozenset(question.key for question in DEFINITION.questions)


@pytest.mark.parametrize(
    ("named", "answers", "hidden"),
    [
        ((), {}, {LATER}),
        ((), {LATER: "  "}, {LATER}),
        ((), {LATER: "Een antwoord"}, set()),
        ((LATER,), {}, set()),
        ((FROZEN,), {}, {LATER}),
    ],
)
def test_what_is_kept_for_later_waits_for_its_name_or_its_answer(
    named: tuple[str, ...], answers: dict[str, Any], hidden: set[str]
) -> None:
    shown = current_questions(DEFINITION, named, answers)

    assert EVERYTHING - {question.key for question in shown.questions} == hidden
    assert shown.declarations == DEFINITION.declarations
    assert [shown.number(question.key) for question in shown.questions] == list(
        range(1, 1 + len(EVERYTHING) - len(hidden))
    )


@pytest.mark.parametrize(
    ("state", "named", "shut"),
    [
        (State.DRAFT, (), set()),
        (State.SUBMITTED, (), {FROZEN}),
        (State.INCOMPLETE, (), {FROZEN}),
        (State.INCOMPLETE, (FROZEN, "project_name"), EVERYTHING - {FROZEN, "project_name"}),
    ],
)
def test_what_is_frozen_opens_only_by_its_name(state: State, named: tuple[str, ...], shut: set[str]) -> None:
    assert EVERYTHING - open_questions(DEFINITION, state, named) == shut


@pytest.fixture
def file(app: Flask, bruno: SignedIn) -> Application:
    """Handed in on that form."""
    return an_application(
        submitted=True, call=a_call(version=a_version(form())), person=bruno.person, answers={LATER: ""}
    )


def section_of(key: str) -> str:
    return DEFINITION.section_of(key).key


def test_a_later_question_is_asked_when_staff_send_the_file_back_for_it(
    bruno: SignedIn, els: SignedIn, file: Application, clock: Clock
) -> None:
    label = DEFINITION.question(LATER).label["nl"]
    read = els.get("casework_staff.application", key=file.key)
    assert label not in read.select("dt")
    casework.move(
        file,
        State.INCOMPLETE,
        message="Vertel meer.",
        until=None,
        questions=[LATER],
        by=els.person,
        url="http://x/",
        at=clock(),
    )
    db.session.commit()

    page = bruno.get("applications_writer.section", key=file.key, part=section_of(LATER))
    page.submit("Bewaar en ga verder", **{LATER: "Het hele verhaal."})
    bruno.get("applications_applicant.check", key=file.key).submit("Mijn kandidatuur indienen")

    assert files.handed_in_file(file).answers[LATER] == "Het hele verhaal."
    assert "Het hele verhaal." in els.get("casework_staff.application", key=file.key).text


def test_what_is_frozen_is_not_asked_while_correcting(bruno: SignedIn, file: Application, clock: Clock) -> None:
    before = files.open_file(file).answers[FROZEN]
    page = bruno.get("applications_writer.section", key=file.key, part=section_of(FROZEN))

    assert page.value(FROZEN) is None
    bruno.post(
        "applications_writer.section",
        {FROZEN: "https://other.example", "revision": page.value("revision"), "do": "save"},
        key=file.key,
        part=section_of(FROZEN),
    )
    assert files.open_file(file).answers[FROZEN] == before
    assert common_actions.can_edit(file, at=clock())


@pytest.mark.parametrize("lang", ["nl", "fr"])
def test_a_page_offers_to_change_only_what_is_open(
    bruno: SignedIn, els: SignedIn, file: Application, clock: Clock, lang: str
) -> None:
    """Of a file that was sent back for one question, the check page and the earlier texts offer that one alone."""
    more = {"message": "Vertel meer.", "until": None, "questions": [LATER], "url": "http://x/"}
    casework.move(file, State.INCOMPLETE, by=els.person, at=clock(), **more)  # type: ignore[arg-type]
    closed = next(one.key for one in DEFINITION.sections if LATER not in [question.key for question in one.questions])
    db.session.commit()

    check = bruno.get("applications_applicant.check", lang=lang, key=file.key)
    earlier = bruno.get("applications_writer.revisions", lang=lang, key=file.key, part=closed, nr=1)

    here = bruno.address("applications_writer.section", lang=lang, key=file.key, part=section_of(LATER))
    assert {link.partition("#")[0] for link in check.links(".answer-list .onward a")} == {here}
    assert len(check.links(".answer-list .onward a")) == 1
    assert not earlier.select("form[action*=terugzetten], form[action*=restaurer]")
