"""Slots of a call: changed with everybody told, removed, and how long people may change by themselves."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from app.applications.actions import handing_in
from app.applications.rules.states import State
from app.core.db.base import db
from app.core.errors import Conflict
from app.interviews.actions import choosing
from app.interviews.actions import common as common_actions
from app.interviews.actions import slots as slots_actions
from app.interviews.actions.common import Table, choosing_address
from app.interviews.models import CalledOff, Slot
from app.interviews.queries import files
from app.interviews.queries import slots as slots_queries
from tests.builders import a_call, a_person, both
from tests.conftest import Clock
from tests.interviews.scene import invited, met
from tests.letters import Mailbox
from tests.panels import a_slot
from tests.people import CHLOE, DAAN, ELS, GRETA, Part, known
from tests.selection import a_conflict

ROOM = both("Zaal 1", "Salle 1")


def change(slot: Slot, *people: Part, clock: Clock, later: float = 0, place: str = "", language: str = "") -> None:
    """Els changes this slot."""
    room = both(place) if place else ROOM
    slots_actions.change_slot(
        slot,
        starts_at=slot.starts_at + timedelta(hours=later),
        ends_at=slot.ends_at + timedelta(hours=later),
        table=Table(room, "", language, [known(one).id for one in people]),
        url_of=choosing_address,
        by=known(ELS),
        at=clock(),
    )


def heard(mailbox: Mailbox) -> set[tuple[str, str]]:
    """Who got which letter about interviews."""
    kinds = ("interview_", "table_")
    return {(letter.kind, letter.to_email) for letter in mailbox.letters if letter.kind.startswith(kinds)}


def test_a_slot_that_nobody_has_is_changed_in_silence(app: Flask, clock: Clock, mailbox: Mailbox) -> None:
    slot = a_slot(a_call(), people=(known(CHLOE),))

    change(slot, DAAN, clock=clock, place="Zaal 2")
    db.session.commit()

    assert slots_queries.interviewers_of(slot.id) == [known(DAAN).id]
    assert slot.place == both("Zaal 2")
    assert heard(mailbox) == set()


def test_another_hour_is_told_to_whoever_comes_and_whoever_sits_there(
    app: Flask, clock: Clock, mailbox: Mailbox
) -> None:
    file, interview, slot = met(people=(known(CHLOE), known(GRETA)))

    change(slot, DAAN, GRETA, ELS, clock=clock, later=2)
    db.session.commit()

    assert heard(mailbox) == {
        ("interview_moved", file.person.email),
        ("table_changed", DAAN.email),
        ("table_changed", GRETA.email),
        ("table_off", CHLOE.email),
    }
    assert slot.interview_id == interview.id
    moved, table = mailbox.last("interview_moved"), mailbox.last("table_changed", to=DAAN.email)
    assert "16.00\u00a0uur" in moved.text
    assert ("16.00\u00a0uur" in table.text, "14.00\u00a0uur" in table.text) == (True, True)
    assert str(file.reference) not in table.text
    assert mailbox.link("table_changed", to=DAAN.email).endswith("/nl/team/lezen/gesprekken.ics")
    assert "/nl/team/lezen/gesprekken\n" in table.text
    assert mailbox.link("table_changed", to=GRETA.email).endswith(f"/oproepen/{file.call.key}/gesprekken")


def test_a_change_of_the_table_alone_is_no_news_for_the_applicant(app: Flask, clock: Clock, mailbox: Mailbox) -> None:
    _file, _interview, slot = met(people=(known(CHLOE),))

    change(slot, CHLOE, DAAN, clock=clock)
    db.session.commit()

    assert heard(mailbox) == {("table_changed", DAAN.email)}


def test_whoever_comes_can_still_be_met_after_a_change(app: Flask, clock: Clock) -> None:
    file, _interview, slot = met(people=(known(CHLOE),), language="nl")
    a_conflict(file, known(DAAN))

    with pytest.raises(Conflict):
        change(slot, CHLOE, clock=clock, language="fr")
    with pytest.raises(Conflict):
        change(slot, DAAN, clock=clock)
    file.state = State.JURY
    with pytest.raises(Conflict):
        change(slot, CHLOE, clock=clock, later=1)

    assert slots_queries.interviewers_of(slot.id) == [known(CHLOE).id]


def test_a_slot_that_somebody_has_is_not_removed(app: Flask, clock: Clock) -> None:
    _file, _interview, taken = met()
    free = a_slot(a_call(), hour=16)

    with pytest.raises(common_actions.SlotTaken):
        slots_actions.remove_slot(taken, by=known(ELS), at=clock())
    slots_actions.remove_slot(free, by=known(ELS), at=clock())

    assert slots_queries.slot_by_key(free.key) is None
    assert slots_queries.slot_by_key(taken.key) is not None


def test_a_slot_of_a_file_that_was_taken_back_is_free_to_change_to_give_and_to_remove(
    app: Flask, clock: Clock, mailbox: Mailbox
) -> None:
    call = a_call()
    gone = [met(call, hour=hour) for hour in (9, 10, 11)]
    for file, _interview, _slot in gone:
        handing_in.withdraw(file, by=file.person, at=clock())
    (_one, _two, changed), (_three, _four, given), (_five, _six, removed) = gone
    file, interview = invited(call)

    change(changed, CHLOE, clock=clock, later=6)
    choosing.move_to(interview, file, given.key, url_of=choosing_address, by=known(ELS), at=clock())
    slots_actions.remove_slot(removed, by=known(ELS), at=clock())
    db.session.commit()

    assert (changed.interview_id, given.interview_id) == (None, interview.id)
    off = db.session.scalars(select(CalledOff.interview_id)).all()
    assert sorted(off) == sorted(one[1].id for one in gone)
    assert heard(mailbox) == {("interview_confirmed", file.person.email)}


def test_nobody_sits_at_two_tables(app: Flask, clock: Clock) -> None:
    call, els = a_call(), known(ELS)
    there = a_slot(call, people=(els,))
    other = a_slot(a_call(), hour=16)
    table = Table(both("Zaal 2", "Salle 2"), "", "", [els.id])

    with pytest.raises(Conflict):
        slots_actions.make_slots(a_call(), [(there.starts_at, there.ends_at)], table, by=els, at=clock())
    with pytest.raises(Conflict):
        change(other, ELS, clock=clock, later=-2)


def test_the_team_moves_somebody_and_both_tables_hear_of_it(app: Flask, clock: Clock, mailbox: Mailbox) -> None:
    file, interview, before = met(people=(known(CHLOE), known(GRETA)))
    other = a_slot(file.call, hour=16, people=(known(DAAN), known(GRETA)))

    choosing.move_to(interview, file, other.key, url_of=choosing_address, by=known(ELS), at=clock())
    choosing.move_to(interview, file, other.key, url_of=choosing_address, by=known(ELS), at=clock())
    db.session.commit()

    assert heard(mailbox) == {
        ("interview_moved", file.person.email),
        ("table_booked", DAAN.email),
        ("table_changed", GRETA.email),
        ("table_off", CHLOE.email),
    }
    assert (before.interview_id, files.slot_of(interview.id)) == (None, other)


def test_the_team_cancels_and_the_table_hears_of_it(app: Flask, clock: Clock, mailbox: Mailbox) -> None:
    file, interview, _slot = met(people=(known(CHLOE), known(ELS)))

    choosing.free(interview, file, reason="Els is ziek.", url_of=choosing_address, by=known(ELS), at=clock())
    db.session.commit()

    assert heard(mailbox) == {("interview_freed", file.person.email), ("table_off", CHLOE.email)}


@pytest.mark.parametrize(("hours", "fine"), [(9 * 24, True), (11 * 24, False)])
def test_the_call_says_until_when_people_choose_and_cancel(
    app: Flask, clock: Clock, mailbox: Mailbox, hours: int, fine: bool
) -> None:
    file, interview = invited()
    slot = a_slot(file.call)
    slots_actions.decide_plan(file.call, hours, by=known(ELS), at=clock())
    to_do = {"url_of": choosing_address, "by": a_person(), "at": clock()}

    if fine:
        choosing.choose(interview, file, slot.key, **to_do)
        slots_actions.decide_plan(file.call, 11 * 24, by=known(ELS), at=clock())
        with pytest.raises(Conflict):
            choosing.cancel(interview, file, **to_do)
    else:
        with pytest.raises(common_actions.SlotTaken):
            choosing.choose(interview, file, slot.key, **to_do)
    db.session.commit()

    assert (files.slot_of(interview.id) == slot) is fine
    assert not fine or "zelf wijzigen of annuleren tot" in mailbox.last("interview_confirmed").text
