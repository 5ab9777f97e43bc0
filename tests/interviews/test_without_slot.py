"""A file for which no slot is free: its applicant is promised a moment, and the team is told that it owes one."""

from datetime import timedelta

import pytest

from app.applications.rules.states import State
from app.core import clock
from app.interviews.models import InterviewPlan
from app.interviews.queries import files, slots
from tests.builders import a_call, added
from tests.interviews.scene import a_file, invited, met
from tests.letters import Mailbox
from tests.pages import assert_budget
from tests.panels import a_slot
from tests.people import CHLOE, ELS, SignedIn, known
from tests.selection import a_conflict

PROMISED = {"nl": "we nemen contact met je op", "fr": "nous vous contacterons"}
WARNED = {"nl": "Geen vrij moment past bij deze dossiers", "fr": "Aucun moment libre ne convient à ces dossiers"}


@pytest.mark.parametrize("lang", ["nl", "fr"])
def test_a_conflict_that_empties_every_panel_is_told_to_both_sides(els: SignedIn, bruno: SignedIn, lang: str) -> None:
    file, _interview = invited(who=bruno)
    other, _other = invited(file.call)
    a_slot(file.call, people=(known(CHLOE),))
    a_slot(file.call, hour=16, people=(known(CHLOE), known(ELS)))
    assert PROMISED[lang] not in bruno.get("interviews_applicant.choose", key=file.key, lang=lang).text
    assert WARNED[lang] not in els.get("interviews_staff.interviews", key=file.call.key, lang=lang).text
    a_conflict(file, known(CHLOE))

    own = bruno.get("interviews_applicant.choose", key=file.key, lang=lang)
    team = els.get("interviews_staff.interviews", key=file.call.key, lang=lang)

    assert PROMISED[lang] in own.text
    assert "ingenomen" not in own.text
    assert "pris" not in own.select("#moments + p")[0]
    assert WARNED[lang] in team.select("section.warn h2")
    (listed,) = team.select("section.warn li")
    assert str(file.reference) in listed
    assert str(other.reference) not in listed
    assert_budget(team, 8)
    assert len(els.get("interviews_staff.interview", key=file.key, lang=lang).select("p.warn#slot")) == 1
    page = els.get("casework_staff.application", key=file.key, lang=lang)
    words = {"nl": "geen vrij moment past bij dit dossier", "fr": "aucun moment libre ne convient à ce dossier"}
    assert words[lang] in " ".join(page.select("form .warn"))


def test_taken_other_language_and_too_near_lack_a_slot_too(els: SignedIn) -> None:
    call = a_call()
    dutch, french = a_file(call), a_file(call, language="fr")
    assert slots.without_slot([dutch.id, french.id], clock.now()) == {dutch.id, french.id}
    slot = a_slot(call, language="fr")

    assert slots.without_slot([dutch.id, french.id], clock.now()) == {dutch.id}
    assert slots.without_slot([french.id], slot.ends_at) == {french.id}
    assert [one.id for one in slots.free_for(french, clock.now())] == [slot.id]
    met(call, hour=10)
    assert slots.without_slot([dutch.id], clock.now()) == {dutch.id}


@pytest.mark.parametrize("lang", ["nl", "fr"])
def test_a_step_before_the_interview_is_warned_of(els: SignedIn, lang: str) -> None:
    file, _interview, _slot = met(people=(known(CHLOE),))
    waits, _invitation = invited(file.call)
    a_slot(file.call, hour=17)
    none = a_file(file.call)
    words = {"nl": "Het gesprek is gepland", "fr": "L’entretien est prévu"}[lang]

    def warned(application_key: str) -> str:
        return " ".join(els.get("casework_staff.application", key=application_key, lang=lang).select("form .warn"))

    assert words in warned(file.key)
    assert {"nl": "nog geen moment gekozen", "fr": "pas encore choisi de moment"}[lang] in warned(waits.key)
    assert warned(none.key) == ""
    together = els.get("casework_together.step", file=[file.key, waits.key, none.key], lang=lang)
    assert [str(one.reference) in row for one, row in zip((file, waits), together.select(".warn li"), strict=True)] == [
        True,
        True,
    ]
    assert together.submit(to="jury", status=422).problems != []
    assert file.state == State.INTERVIEW
    together.submit(to="jury", cancels="y")
    assert file.state == State.JURY


def test_after_the_interview_the_step_is_taken_without_a_warning(els: SignedIn) -> None:
    file, _interview, _slot = met(starts_at=clock.now() + timedelta(minutes=5))
    assert els.get("casework_staff.application", key=file.key).select("form .warn") != []

    _slot.starts_at = clock.now()

    assert els.get("casework_staff.application", key=file.key).select("form .warn") == []


@pytest.mark.parametrize("lang", ["nl", "fr"])
def test_nobody_is_invited_to_choose_among_nothing(els: SignedIn, mailbox: Mailbox, lang: str) -> None:
    call = a_call()
    close, other = (a_file(call, state=State.ELIGIBLE) for _number in range(2))
    slot = a_slot(call, people=(known(CHLOE),))
    a_conflict(close, known(CHLOE))
    page = els.get("interviews_staff.interviews", key=call.key, lang=lang)

    assert [tag["value"] for tag in page.soup.select("input[name=file]")] == [other.key]
    none = {"nl": "geen passend vrij moment", "fr": "aucun moment libre ne convient"}[lang]
    assert [str(close.reference) in row for row in page.select("tr:has(.need)")] == [True]
    assert none in page.select("tr .need")
    sent = {
        "file": [close.key, other.key],
        "choose_by": "2027-02-10",
        "message_nl": "Tot dan!",
        "message_fr": "À bientôt",
    }
    refused = els.post("interviews_staff.invite", sent, key=call.key, lang=lang, status=422)
    assert str(close.reference) in refused.problems[0]
    assert str(other.reference) not in refused.problems[0]
    assert (refused.value("message_nl"), refused.value("message_fr")) == ("Tot dan!", "À bientôt")
    assert mailbox.kinds.count("interview_invited") == 0
    assert [files.interview_of(one.id) for one in (close, other)] == [None, None]
    refused.submit(form="form:has([name=choose_by])")
    assert mailbox.last("interview_invited").to_email == other.person.email
    assert slots.without_slot([close.id], slot.starts_at - timedelta(days=2)) == {close.id}


@pytest.mark.parametrize("when", ["no slot", "last day over", "too near"])
def test_an_empty_page_says_whom_to_write_to(bruno: SignedIn, when: str) -> None:
    file, interview, slot = met(who=bruno)
    if when == "too near":
        added(InterviewPlan(call_id=file.call_id, notice_hours=11 * 24))
    else:
        slot.interview_id = None
        slot.starts_at -= timedelta(days=10)
        interview.choose_by -= timedelta(days=9 if when == "last day over" else 0)

    page = bruno.get("interviews_applicant.choose", key=file.key)

    assert page.soup.select("input[name=slot]") == []
    address = bruno.address("applications_applicant.status", key=file.key) + "#messages"
    assert address in page.links("main a")
