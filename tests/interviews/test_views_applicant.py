"""The applicant's own appointment: chosen, changed, given back, until the call says that it is too late."""

from datetime import timedelta

import pytest

from app.applications.models import Application, Member
from app.applications.rules.states import State
from app.core import clock as the_clock
from app.core.db.base import db
from app.interviews.models import InterviewPlan
from app.interviews.queries import files
from tests.builders import a_call, added
from tests.conftest import Clock
from tests.interviews.scene import a_file, invited, met
from tests.letters import Mailbox
from tests.pages import Page, PageClient, assert_budget
from tests.panels import a_slot, an_interview
from tests.people import CHLOE, ELS, SignedIn, known
from tests.selection import a_conflict

PLACE = "interviews_applicant.choose"
LATE = "Het is te kort dag om zelf te wijzigen"


def choices(page: Page) -> list[str]:
    """The keys of the moments that are offered."""
    return [str(tag["value"]) for tag in page.soup.select("input[name=slot]")]


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("nl", ["Vrije momenten", "11\u00a0februari", "van 14.00 tot", "Zaal 1", "tot 24 uur vooraf"]),
        ("fr", ["Moments libres", "11\u00a0février", "de 14\u00a0h à", "Salle 1", "jusqu’à 24 heures avant"]),
    ],
)
def test_free_moments_are_offered_by_day(bruno: SignedIn, lang: str, words: list[str]) -> None:
    file, _interview = invited(who=bruno)
    slots = [a_slot(file.call), a_slot(file.call, hour=16)]
    a_slot(file.call, hour=17, language="fr")
    a_slot(file.call, an_interview(a_file(file.call)), hour=18)

    page = bruno.get(PLACE, key=file.key, lang=lang)

    assert choices(page) == [one.key for one in slots]
    assert [one in page.text for one in words] == [True] * 5
    assert len(page.select("fieldset")) == 1
    assert_budget(page, 6)


@pytest.mark.parametrize("count", [1, 3, 30])
def test_the_page_asks_as_often_for_many_moments(bruno: SignedIn, clock: Clock, count: int) -> None:
    file, _interview = invited(who=bruno)
    for number in range(count):
        starts_at = clock() + timedelta(days=9, hours=number)
        a_slot(file.call, people=(known(CHLOE), known(ELS)), starts_at=starts_at)

    page = bruno.get(PLACE, key=file.key)

    assert len(choices(page)) == count
    assert_budget(page, 6)


@pytest.mark.parametrize("lang", ["nl", "fr"])
def test_a_moment_is_chosen_changed_and_given_back(bruno: SignedIn, mailbox: Mailbox, lang: str) -> None:
    file, interview = invited(who=bruno)
    first, second = a_slot(file.call), a_slot(file.call, hour=16)
    page = bruno.get(PLACE, key=file.key, lang=lang)
    form, cancel = "form.flowform", "form[action*=annul]"

    nothing = page.submit(form=form, status=422)
    assert len(nothing.problems) == 1
    chosen = nothing.submit(form=form, slot=first.key).follow()
    page.submit(form=form, slot=first.key).follow()
    changed = chosen.submit(form=form, slot=second.key).follow()
    assert files.slot_of(interview.id) == second
    given_back = changed.submit(form=cancel).follow()
    changed.submit(form=cancel, status=409)

    assert files.slot_of(interview.id) is None
    assert choices(given_back) == [first.key, second.key]
    assert given_back.links("a[href$='.ics']") == [
        bruno.address("interviews_applicant.calendar", key=file.key, lang=lang)
    ]
    assert [kind for kind in mailbox.kinds if kind.startswith("interview_")] == [
        "interview_confirmed",
        "interview_confirmed",
        "interview_cancelled",
    ]


@pytest.mark.parametrize("sent", ["", "nergens", "\x00", "x" * 5000])
def test_nonsense_is_refused_with_the_moments(bruno: SignedIn, sent: str) -> None:
    file, interview = invited(who=bruno)
    slot = a_slot(file.call)

    page = bruno.post(PLACE, {"slot": sent}, key=file.key, status=422)

    assert len(page.problems) == 1
    assert choices(page) == [slot.key]
    assert files.slot_of(interview.id) is None


def test_a_moment_that_went_just_now_is_said_so_and_the_others_stay(bruno: SignedIn) -> None:
    file, _interview = invited(who=bruno)
    gone, left = a_slot(file.call), a_slot(file.call, hour=16)
    page = bruno.get(PLACE, key=file.key)
    gone.interview_id = an_interview(a_file(file.call)).id
    db.session.commit()

    late = page.submit(form="form.flowform", slot=gone.key, status=422)

    assert late.problems == ["‘Vrije momenten’: Iemand anders heeft dat moment net gekozen. Deze zijn nog vrij"]
    assert late.title.startswith("Fout: ")
    assert choices(late) == [left.key]


def test_an_appointment_is_kept_when_the_other_moment_went_just_now(bruno: SignedIn) -> None:
    file, interview, mine = met(who=bruno)
    gone = a_slot(file.call, hour=16)
    page = bruno.get(PLACE, key=file.key)
    gone.interview_id = an_interview(a_file(file.call)).id
    db.session.commit()

    page.submit(form="form.flowform", slot=gone.key, status=422)

    assert files.slot_of(interview.id) == mine


@pytest.mark.parametrize(("hours", "may"), [(24, True), (9 * 24, True), (10 * 24 + 4, False)])
def test_until_the_limit_of_the_call_people_change_by_themselves(bruno: SignedIn, hours: int, may: bool) -> None:
    file, interview, slot = met(who=bruno)
    other = a_slot(file.call, starts_at=slot.starts_at + timedelta(days=20))
    added(InterviewPlan(call_id=file.call_id, notice_hours=hours))

    page = bruno.get(PLACE, key=file.key)

    assert (LATE in page.text) is not may
    assert choices(page) == ([other.key] if may else [])
    for endpoint, sent in ((PLACE, {"slot": other.key}), ("interviews_applicant.cancel", {})):
        bruno.post(endpoint, sent, key=file.key, status=303 if may else 409)
    assert files.slot_of(interview.id) == (None if may else slot)


def test_the_page_says_until_which_moment(bruno: SignedIn) -> None:
    file, _interview, _slot = met(who=bruno)

    page = bruno.get(PLACE, key=file.key)

    until = "Je kunt het zelf wijzigen of annuleren tot woensdag 10\u00a0februari 2027 om 14.00\u00a0uur."
    assert until in page.text


def test_after_the_last_day_nobody_begins_to_choose(bruno: SignedIn, clock: Clock) -> None:
    file = a_file(who=bruno)
    interview = an_interview(file, choose_by=the_clock.day_of(clock()) - timedelta(days=1))
    slot = a_slot(file.call)

    page = bruno.get(PLACE, key=file.key)

    assert "De laatste dag om te kiezen was" in page.text
    assert choices(page) == []
    bruno.post(PLACE, {"slot": slot.key}, key=file.key, status=409)
    assert files.slot_of(interview.id) is None


def test_before_the_invitation_and_without_a_moment_the_page_says_what_comes(bruno: SignedIn) -> None:
    waits = a_file(who=bruno)
    full, _interview = invited(a_call(), who=bruno)

    assert "We mailen je momenten" in bruno.get(PLACE, key=waits.key).text
    bruno.post(PLACE, {"slot": "x"}, key=waits.key, status=409)
    assert "Er is nu geen vrij moment voor je kandidatuur." in bruno.get(PLACE, key=full.key).text


@pytest.mark.parametrize("state", [State.ELIGIBLE, State.JURY])
def test_outside_the_interviews_the_page_leads_to_the_status(bruno: SignedIn, state: State) -> None:
    file = a_file(who=bruno, state=state)

    page = bruno.get(PLACE, key=file.key, status=302)

    assert page.location == bruno.address("applications_applicant.status", key=file.key)
    bruno.post("interviews_applicant.cancel", key=file.key, status=409)


def test_once_it_is_over_there_is_nothing_to_change(bruno: SignedIn, clock: Clock) -> None:
    file, _interview, slot = met(who=bruno, starts_at=clock() + timedelta(hours=2))
    a_slot(file.call, hour=16)
    clock.forward(hours=3)

    page = bruno.get(PLACE, key=file.key)

    assert "Het gesprek is voorbij" in page.text
    assert (choices(page), page.links("a[href$='.ics']"), LATE in page.text) == ([], [], False)
    bruno.post("interviews_applicant.cancel", key=file.key, status=409)
    assert slot.interview_id is not None


def test_whoever_is_too_close_at_the_table_is_met_by_nobody(bruno: SignedIn) -> None:
    file, _interview = invited(who=bruno)
    with_chloe, with_els = a_slot(file.call, people=(known(CHLOE),)), a_slot(file.call, hour=16, people=(known(ELS),))
    assert choices(bruno.get(PLACE, key=file.key)) == [with_chloe.key, with_els.key]
    a_conflict(file, known(CHLOE))

    page = bruno.get(PLACE, key=file.key)

    assert choices(page) == [with_els.key]
    assert "Chloé" not in page.text
    bruno.post(PLACE, {"slot": with_chloe.key}, key=file.key, status=422)


def a_team_mate(file: Application, who: SignedIn, role: str) -> None:
    added(
        Member(
            application_id=file.id,
            person_id=who.person_id,
            role=role,
            invited_at=file.started_at,
            accepted_at=file.started_at,
        )
    )


def test_only_whoever_writes_in_the_file_chooses(
    client: PageClient, bruno: SignedIn, amina: SignedIn, chloe: SignedIn, els: SignedIn, clock: Clock
) -> None:
    file, _interview = invited(who=bruno)
    slot = a_slot(file.call)

    client.get(PLACE, key=file.key, status=302)
    for who in (amina, chloe, els):
        who.get(PLACE, key=file.key, status=404)
        who.post(PLACE, {"slot": slot.key}, key=file.key, status=404)
        who.post("interviews_applicant.cancel", key=file.key, status=404)
    a_team_mate(file, amina, "reader")
    a_team_mate(file, chloe, "writer")

    amina.get(PLACE, key=file.key, status=403)
    amina.post(PLACE, {"slot": slot.key}, key=file.key, status=403)
    chloe.post(PLACE, {"slot": slot.key}, key=file.key)
