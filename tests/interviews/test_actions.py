"""Inviting, choosing, moving, cancelling, reminding: each with its letter, once; nobody meets whom they may not."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from app.applications.actions import handing_in
from app.applications.models import Application, Move
from app.applications.rules.states import State
from app.core import clock as the_clock
from app.core.audit import audit_trail
from app.core.db.base import db
from app.core.errors import Conflict
from app.core.i18n.bilingual import Bilingual
from app.interviews import jobs
from app.interviews.actions import choosing, inviting
from app.interviews.actions import common as common_actions
from app.interviews.actions.common import choosing_address
from app.interviews.models import Slot
from app.interviews.queries import files as files_queries
from app.interviews.queries import slots
from app.programmes.models import Call
from tests.builders import a_call, a_person, an_application
from tests.conftest import Clock
from tests.letters import Mailbox
from tests.panels import a_slot, an_interview
from tests.people import CHLOE, DAAN, ELS, known
from tests.selection import a_conflict


def a_file(call: Call | None = None, *, state: State = State.INTERVIEW, language: str = "nl") -> Application:
    return an_application(call=call or a_call(), person=a_person(language=language), state=state)


def invite(*files: Application, at: Clock) -> int:
    day = the_clock.day_of(at()) + timedelta(days=7)
    words = Bilingual("Breng je ploeg mee.", "Venez avec votre équipe.")
    return inviting.invite(list(files), choose_by=day, message=words, url_of=choosing_address, by=known(ELS), at=at())


def choose(file: Application, slot: Slot, at: Clock) -> Slot:
    found = files_queries.interview_of(file.id)
    assert found is not None
    return choosing.choose(found, file, slot.key, url_of=choosing_address, by=file.person, at=at())


def letters(mailbox: Mailbox) -> list[str]:
    return [kind for kind in mailbox.kinds if kind.startswith("interview_")]


def test_each_is_invited_once_and_gets_one_letter_in_the_language_of_the_file(
    app: Flask, clock: Clock, mailbox: Mailbox
) -> None:
    call = a_call()
    dutch, french = a_file(call, state=State.ELIGIBLE), a_file(call, state=State.IN_REVIEW, language="fr")
    a_slot(call)

    assert [invite(dutch, french, at=clock), invite(dutch, french, at=clock)] == [2, 0]
    db.session.commit()

    sent = [one for one in mailbox.letters if one.kind in ("interview_invited", "application_interview")]
    assert {(one.kind, one.to_email, one.language) for one in sent} == {
        ("interview_invited", dutch.person.email, "nl"),
        ("interview_invited", french.person.email, "fr"),
    }
    assert len(sent) == 2
    words = {"nl": "Breng je ploeg mee.", "fr": "Venez avec votre équipe."}
    assert [{lang for lang in words if words[lang] in one.text} for one in sent] == [{one.language} for one in sent]
    said = {one.application_id: one.message for one in db.session.scalars(select(Move))}
    assert said == {one.id: words[one.language] for one in (dutch, french)}
    assert f"/mijn-dossier/{dutch.key}/gesprek" in sent[0].text
    assert {db.session.get_one(Application, one.id).state for one in (dutch, french)} == {State.INTERVIEW}


def test_a_file_that_was_moved_by_hand_is_invited_too_but_none_that_is_further(app: Flask, clock: Clock) -> None:
    call = a_call()
    a_slot(call)

    assert invite(a_file(call), at=clock) == 1
    with pytest.raises(Conflict):
        invite(a_file(call, state=State.JURY), at=clock)
    with pytest.raises(Conflict):
        invite(a_file(call, state=State.SUBMITTED), at=clock)


def test_whoever_chooses_reads_when_and_where(app: Flask, clock: Clock, mailbox: Mailbox) -> None:
    file = a_file()
    an_interview(file)
    slot = a_slot(file.call, link="https://praten.example/kamer")

    choose(file, slot, clock)
    choose(file, slot, clock)  # a double click
    db.session.commit()

    assert letters(mailbox) == ["interview_confirmed"]
    text = mailbox.last("interview_confirmed").text
    assert "14.00\u00a0uur" in text
    assert "Zaal 1" in text
    assert "https://praten.example/kamer" in text


def test_another_choice_gives_the_first_moment_back(app: Flask, clock: Clock) -> None:
    file = a_file()
    an_interview(file)
    first, second = a_slot(file.call), a_slot(file.call, hour=16)

    choose(file, first, clock)
    was = first.revised_at
    clock.forward(hours=1)
    choose(file, second, clock)

    assert (first.interview_id, second.interview_id is not None) == (None, True)
    assert first.revised_at > was


@pytest.mark.parametrize(
    "which", ["other language", "past", "tomorrow morning", "other call", "unknown", "conflict", "taken"]
)
def test_some_moments_are_not_theirs_to_take(app: Flask, clock: Clock, which: str) -> None:
    file, other = a_file(), a_file()
    interview = an_interview(file)
    at = clock()
    slot = {
        "other language": lambda: a_slot(file.call, language="fr"),
        "past": lambda: a_slot(file.call, starts_at=at - timedelta(days=1)),
        "tomorrow morning": lambda: a_slot(file.call, starts_at=at + timedelta(hours=23)),
        "other call": lambda: a_slot(other.call),
        "unknown": lambda: Slot(key="nergens"),
        "conflict": lambda: a_slot(file.call, people=(known(DAAN), known(CHLOE))),
        "taken": lambda: a_slot(file.call, an_interview(other)),
    }[which]()
    a_conflict(file, known(CHLOE))

    with pytest.raises(common_actions.SlotTaken):
        choose(file, slot, clock)

    assert files_queries.slot_of(interview.id) is None


def test_a_slot_with_somebody_who_is_too_close_is_not_offered(app: Flask, clock: Clock) -> None:
    call = a_call()
    close, free = a_file(call), a_file(call)
    a_conflict(close, known(CHLOE))
    with_chloe, with_daan = a_slot(call, people=(known(CHLOE),)), a_slot(call, hour=15, people=(known(DAAN),))

    assert slots.free_for(close, clock()) == [with_daan]
    assert slots.free_for(free, clock()) == [with_chloe, with_daan]


def test_a_moment_that_somebody_leaves_by_withdrawing_is_free_again(app: Flask, clock: Clock) -> None:
    call = a_call()
    gone, comes = a_file(call), a_file(call)
    slot = a_slot(call, an_interview(gone))
    an_interview(comes)
    assert slots.free_for(comes, clock()) == []

    handing_in.withdraw(gone, by=gone.person, at=clock())

    assert slots.free_for(comes, clock()) == [slot]
    choose(comes, slot, clock)


def test_on_the_last_day_nothing_changes_without_the_team(app: Flask, clock: Clock, mailbox: Mailbox) -> None:
    file = a_file()
    interview = an_interview(file)
    slot, other = a_slot(file.call, interview), a_slot(file.call, hour=16)
    clock.set(slot.starts_at - timedelta(hours=20))

    with pytest.raises(Conflict):
        choose(file, other, clock)
    with pytest.raises(Conflict):
        choosing.cancel(interview, file, url_of=choosing_address, by=file.person, at=clock())
    choosing.move_to(interview, file, other.key, url_of=choosing_address, by=known(ELS), at=clock())
    db.session.commit()

    assert letters(mailbox) == ["interview_moved"]
    assert files_queries.slot_of(interview.id) == other


def test_after_the_last_day_nobody_begins_to_choose(app: Flask, clock: Clock) -> None:
    file = a_file()
    an_interview(file, choose_by=the_clock.day_of(clock()))
    slot = a_slot(file.call)
    clock.forward(days=1)

    with pytest.raises(Conflict):
        choose(file, slot, clock)


def test_a_moment_that_the_team_takes_back_leaves_days_to_choose_again(
    app: Flask, clock: Clock, mailbox: Mailbox
) -> None:
    file = a_file()
    interview = an_interview(file, choose_by=the_clock.day_of(clock()))
    a_slot(file.call, interview)
    clock.forward(days=2)

    choosing.free(interview, file, reason="De zaal is bezet.", url_of=choosing_address, by=known(ELS), at=clock())
    with pytest.raises(Conflict):
        choosing.free(interview, file, reason="De zaal is bezet.", url_of=choosing_address, by=known(ELS), at=clock())
    db.session.commit()

    assert interview.choose_by == the_clock.day_of(clock()) + timedelta(days=3)
    assert letters(mailbox) == ["interview_freed"]
    assert "De zaal is bezet." in mailbox.last("interview_freed").text


def test_a_reminder_goes_once_a_day_by_hand_and_by_itself(app: Flask, clock: Clock, mailbox: Mailbox) -> None:
    silent, chosen = a_file(), a_file()
    interview = an_interview(silent)
    a_slot(chosen.call, an_interview(chosen))
    by_hand = {"url_of": choosing_address, "by": "person:1"}
    db.session.commit()

    assert jobs.remind() == 0
    assert inviting.remind(interview, silent, at=clock(), **by_hand)
    assert not inviting.remind(interview, silent, at=clock.forward(hours=2), **by_hand)
    db.session.commit()
    clock.forward(days=5)
    assert [jobs.remind(), jobs.remind()] == [1, 0]
    clock.forward(days=1)
    assert jobs.remind() == 0

    assert letters(mailbox) == ["interview_reminder", "interview_reminder"]
    assert mailbox.last("interview_reminder").to_email == silent.person.email


def test_what_was_done_stands_in_the_audit_trail_without_words(app: Flask, clock: Clock) -> None:
    file = a_file(state=State.ELIGIBLE)
    slot = a_slot(file.call)
    invite(file, at=clock)
    choose(file, slot, clock)
    interview = files_queries.interview_of(file.id)
    assert interview is not None
    inviting.keep_notes(interview, file, "Geheim: ze zoeken een pand.", by=known(ELS), at=clock())

    actions = audit_trail.history(file.ref)

    assert [one.action for one in actions][:3] == ["interview.noted", "interview.chosen", "interview.invited"]
    assert "Geheim" not in repr([one.detail for one in actions])
