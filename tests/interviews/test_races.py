"""Deeds at the same moment, on both databases: one slot for one file, and one file in one slot."""

import pytest
from flask import Flask
from sqlalchemy import select

from app.applications.models import Application
from app.core.db.base import db
from app.core.db.transactions import unit_of_work
from app.interviews.actions import choosing
from app.interviews.actions import common as common_actions
from app.interviews.actions.common import choosing_address
from app.interviews.models import Interview, Slot
from app.interviews.queries import files as files_queries
from app.interviews.queries import slots as slots_queries
from tests.at_once import at_once
from tests.builders import a_call, a_person
from tests.conftest import Clock
from tests.interviews.scene import a_file, invited
from tests.letters import Mailbox
from tests.pages import Page
from tests.panels import a_slot, an_interview
from tests.people import ELS, SignedIn, known

CHOOSE = "interviews_applicant.choose"


def test_of_eight_applicants_at_one_instant_one_gets_the_slot(app: Flask, clock: Clock) -> None:
    call = a_call()
    files = [a_file(call) for _number in range(8)]
    for file in files:
        an_interview(file)
    slot = a_slot(call)
    ids, key = [file.id for file in files], slot.key
    db.session.commit()
    db.session.rollback()  # an open transaction of this test would hold the write lock

    def choose(file_id: int) -> bool:
        with app.app_context():
            try:
                with unit_of_work():
                    file = db.session.get_one(Application, file_id)
                    interview = files_queries.interview_of(file_id)
                    assert interview is not None
                    choosing.choose(interview, file, key, url_of=choosing_address, by=file.person, at=clock())
            except common_actions.SlotTaken:
                return False
        return True

    won = at_once(*(lambda file_id=one: choose(file_id) for one in ids))

    assert won.count(True) == 1
    found = slots_queries.slot_by_key(key)
    assert found is not None
    assert db.session.get_one(Interview, found[0].interview_id).application_id == ids[won.index(True)]


def test_whoever_comes_second_for_the_last_slot_reads_so_and_sees_the_others(
    app: Flask, clock: Clock, mailbox: Mailbox
) -> None:
    call = a_call()
    people = [SignedIn(app, a_person(f"Kandidaat {number}")) for number in range(2)]
    files = [invited(call, who=one)[0] for one in people]
    last, other = a_slot(call), a_slot(call, hour=16)
    keys, wanted, left = [file.key for file in files], last.key, other.key
    pages = [one.get(CHOOSE, key=key) for one, key in zip(people, keys, strict=True)]
    db.session.rollback()

    def press(one: SignedIn, key: str) -> Page:
        path = one.address(CHOOSE, key=key)
        return one.send("POST", path, data={"slot": wanted, "csrf_token": one.csrf_token()})

    answers = at_once(*(lambda one=one, key=key: press(one, key) for one, key in zip(people, keys, strict=True)))

    assert [page.select("input[name=slot]") == ["", ""] for page in pages] == [True, True]
    late = next(answer for answer in answers if answer.status == 422)
    assert sorted(answer.status for answer in answers) == [303, 422]
    assert late.problems == ["‘Vrije momenten’: Iemand anders heeft dat moment net gekozen. Deze zijn nog vrij"]
    assert [tag["value"] for tag in late.soup.select("input[name=slot]")] == [left]
    assert mailbox.kinds.count("interview_confirmed") == 1


def test_from_two_windows_nobody_takes_two_slots(app: Flask, clock: Clock, mailbox: Mailbox) -> None:
    bruno = SignedIn(app, a_person())
    file, interview = invited(who=bruno)
    slots = [a_slot(file.call, hour=hour) for hour in (9, 10, 11, 14)]
    key, wanted, interview_id = file.key, [slot.key for slot in slots], interview.id
    windows = [SignedIn(app, bruno.person) for _slot in slots]
    db.session.rollback()

    def press(window: SignedIn, slot: str) -> int:
        return window.send(
            "POST", window.address(CHOOSE, key=key), data={"slot": slot, "csrf_token": window.csrf_token()}
        ).status

    statuses = at_once(
        *(lambda one=one, slot=slot: press(one, slot) for one, slot in zip(windows, wanted, strict=True))
    )

    assert statuses == [303] * 4
    assert len(db.session.scalars(select(Slot).where(Slot.interview_id == interview_id)).all()) == 1


@pytest.mark.parametrize("action", ["applicant first", "team first"])
def test_team_and_applicant_at_one_instant_leave_one_appointment(app: Flask, clock: Clock, action: str) -> None:
    bruno, els = SignedIn(app, a_person()), SignedIn(app, known(ELS))
    file, interview = invited(who=bruno)
    one, two = a_slot(file.call), a_slot(file.call, hour=16)
    key, slots, interview_id = file.key, (one.key, two.key), interview.id
    bruno.get(CHOOSE, key=key)

    def press(who: SignedIn, endpoint: str, slot: str) -> int:
        return who.send(
            "POST", who.address(endpoint, key=key), data={"slot": slot, "reason": "x", "csrf_token": who.csrf_token()}
        ).status

    presses = [lambda: press(bruno, CHOOSE, slots[0]), lambda: press(els, "interviews_staff.move", slots[1])]
    statuses = at_once(*(presses if action == "applicant first" else reversed(presses)))

    assert statuses == [303, 303]
    assert len(db.session.scalars(select(Slot).where(Slot.interview_id == interview_id)).all()) == 1


def test_two_colleagues_who_invite_at_one_instant_write_one_letter(app: Flask, clock: Clock, mailbox: Mailbox) -> None:
    file = a_file()
    a_slot(file.call)
    colleagues = [SignedIn(app, known(ELS)) for _number in range(2)]
    call_key, key = file.call.key, file.key
    colleagues[0].get("interviews_staff.interviews", key=call_key)

    def press(who: SignedIn) -> int:
        data = {"file": key, "choose_by": "2027-02-08", "csrf_token": who.csrf_token()}
        return who.send("POST", who.address("interviews_staff.invite", key=call_key), data=data).status

    assert at_once(*(lambda who=who: press(who) for who in colleagues)) == [303, 303]

    assert mailbox.kinds.count("interview_invited") == 1
