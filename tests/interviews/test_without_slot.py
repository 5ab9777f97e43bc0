"""A file for which no slot is free: its applicant is promised a moment, and the team is told that it owes one."""

import pytest

from app.applications.rules.states import State
from app.core import clock
from app.interviews.queries import slots
from tests.builders import a_call
from tests.interviews.scene import a_file, invited, met
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
    assert_budget(team, 7)
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
    together.submit(to="jury")
    assert file.state == State.JURY


def test_after_the_interview_the_step_is_taken_without_a_warning(els: SignedIn) -> None:
    file, _interview, _slot = met(starts_at=clock.now())
    assert els.get("casework_staff.application", key=file.key).select("form .warn") != []

    _slot.starts_at = _slot.ends_at = clock.now()

    assert els.get("casework_staff.application", key=file.key).select("form .warn") == []
