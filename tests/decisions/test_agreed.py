"""Agreed is agreed: deviating from the minutes, reasons that belong to an outcome, and when somebody may be told."""

from datetime import timedelta

import pytest
from flask import Flask

from app.applications.models import Application
from app.applications.rules.states import State
from app.casework.queries.talk import talk_of
from app.core.db.base import db
from app.core.errors import Conflict
from app.core.i18n.formats import moment
from app.core.i18n.language import speaking
from app.decisions.actions import announcing as announcing_actions
from app.decisions.actions import deciding
from app.decisions.queries import announcing as announcing_queries
from app.decisions.rules.words import contradicts
from app.interviews.models import Slot
from app.meetings import actions as meetings
from app.meetings import queries as meeting_queries
from app.meetings.models import Meeting
from app.programmes.actions import late
from tests.builders import a_call, a_person, both
from tests.conftest import Clock
from tests.deciding import REASON, announce, before_the_jury, decision_on, next_working_day, take
from tests.interviews.scene import met
from tests.letters import Mailbox
from tests.pages import Page
from tests.people import ELS, GRETA, SignedIn, known
from tests.selection import a_conflict

NO = "De concurrentie was groot en de begroting mist nog een onderbouwing."
WHY = "De ploeg trok haar partner terug na de vergadering."


def minuted(
    file: Application, outcome: State = State.ACCEPTED, *, agreed: bool = True, rank: int | None = None, clock: Clock
) -> Meeting:
    """The jury decided so on this file, and its minutes are agreed."""
    by = known(ELS)
    found = meetings.plan(file.call, clock(), place=both("", ""), quorum=1, minutes_each=10, by=by, at=clock())
    meetings.put_on(found, [file])
    (item,) = meeting_queries.items(found.id)
    item.outcome, item.reason, item.rank, item.decided_at, item.present = outcome, REASON["nl"], rank, clock(), 3
    take(file, outcome, rank=rank)
    meetings.close(found, notes="", at=clock())
    if agreed:
        meetings.agree(found, {}, by=by, at=clock())
    db.session.commit()
    return found


def sentences(page: Page) -> list[str]:
    """What the error summary says to do, without the name of each field."""
    return [one.rpartition("’: ")[2] for one in page.problems]


def decide(els: SignedIn, file: Application, *, status: int = 303, **fields: str) -> Page:
    """Fill in the page of a decision."""
    return els.get("decisions_staff.decide", key=file.key).submit("Bewaar de beslissing", status=status, **fields)


def check(els: SignedIn, file: Application, lang: str = "nl") -> Page:
    return els.get("decisions_calls.check", key=file.call.key, lang=lang)


def test_an_agreed_decision_changes_only_with_a_reason(els: SignedIn, clock: Clock) -> None:
    file = before_the_jury()
    minuted(file, clock=clock)

    silent = decide(els, file, outcome="declined", reason=NO, status=422)
    decide(els, file, outcome="declined", reason=NO, deviation=WHY)

    assert sentences(silent) == ["Het verslag is goedgekeurd: schrijf waarom deze beslissing ervan afwijkt"]
    taken = decision_on(file)
    assert (taken.outcome, taken.deviation, taken.deviated_by_id) == (State.DECLINED, WHY, els.person_id)
    with pytest.raises(Conflict):
        take(file, State.RESERVE, rank=1, reason="Een andere motivering, ook lang genoeg.")
    with pytest.raises(Conflict):
        deciding.leave_open(file, by=els.person, at=clock())


def test_minutes_that_are_not_agreed_bind_nobody(els: SignedIn, clock: Clock) -> None:
    file = before_the_jury()
    minuted(file, agreed=False, clock=clock)

    decide(els, file, outcome="declined", reason=NO)

    assert decision_on(file).deviation == ""


def test_the_table_does_not_change_what_is_agreed(els: SignedIn, clock: Clock) -> None:
    file = before_the_jury()
    minuted(file, clock=clock)

    page = els.get("decisions_calls.of_call", key=file.call.key)
    refused = page.submit("Bewaar de beslissingen", **{f"outcome-{file.id}": "declined"}, status=422)

    assert len(refused.problems) == 1
    assert decision_on(file).outcome == State.ACCEPTED


def test_a_deviation_is_told_after_a_second_person_confirms_it(
    els: SignedIn, greta: SignedIn, clock: Clock, mailbox: Mailbox
) -> None:
    file = before_the_jury()
    minuted(file, clock=clock)
    decide(els, file, outcome="declined", reason=NO, deviation=WHY)
    page = els.get("decisions_staff.decide", key=file.key)
    with pytest.raises(Conflict):
        announce(file)
    with pytest.raises(Conflict):
        deciding.confirm_deviation(file, mark=deciding.present_mark(file), by=els.person, at=clock())

    assert "Bevestig" not in "".join(page.buttons())
    assert any("tweede collega" in line for line in check(els, file).select("[aria-labelledby=spots] li"))
    greta.get("decisions_staff.decide", key=file.key).submit("De afwijking bevestigen")

    db.session.expire_all()
    assert decision_on(file).confirmed_by_id == greta.person_id
    assert check(els, file).select("[aria-labelledby=spots] li") == []
    assert len(check(els, file).select("[aria-labelledby=warnings] li")) == 1
    announce(file)
    assert mailbox.last("decision_declined").about == file.ref


def test_whoever_is_in_conflict_is_no_second_person(els: SignedIn, greta: SignedIn, clock: Clock) -> None:
    file = before_the_jury()
    minuted(file, clock=clock)
    decide(els, file, outcome="declined", reason=NO, deviation=WHY)
    mark = deciding.present_mark(file)
    a_conflict(file, greta.person)

    with pytest.raises(Conflict):
        deciding.confirm_deviation(file, mark=mark, by=known(GRETA), at=clock())


def test_another_change_has_to_be_confirmed_anew(els: SignedIn, greta: SignedIn, clock: Clock) -> None:
    file = before_the_jury()
    minuted(file, clock=clock)
    decide(els, file, outcome="declined", reason=NO, deviation=WHY)
    greta.get("decisions_staff.decide", key=file.key).submit("De afwijking bevestigen")

    decide(els, file, outcome="reserve", rank="2", reason="Een plaats op de lijst, en wel de tweede.")

    db.session.expire_all()
    assert decision_on(file).confirmed_at is None


@pytest.mark.parametrize("lang", ["nl", "fr"])
def test_the_minutes_name_the_deviation(els: SignedIn, clock: Clock, lang: str) -> None:
    file = before_the_jury()
    found = minuted(file, clock=clock)
    decide(els, file, outcome="declined", reason=NO, deviation=WHY)

    page = els.get("meetings_staff.live", key=found.key, lang=lang)

    assert len(page.select("[aria-labelledby=list] .need")) == 1
    assert els.get("decisions_staff.decide", key=file.key, lang=lang).select("[aria-labelledby=agreed] .pre-line") == [
        WHY
    ]


def test_reasons_are_asked_again_when_the_outcome_changes(els: SignedIn, clock: Clock) -> None:
    file = before_the_jury()
    take(file, State.ACCEPTED)
    db.session.commit()

    reused = decide(els, file, outcome="declined", status=422)
    decide(els, file, outcome="declined", reason=NO)

    assert sentences(reused) == ["Deze motivering is voor een andere beslissing geschreven: schrijf een nieuwe"]
    assert REASON["nl"] in [note.text for note in talk_of(file.id)[0]]
    assert decision_on(file).reason == NO
    with pytest.raises(Conflict):
        take(file, State.ACCEPTED, reason=NO)


@pytest.mark.parametrize(
    ("text", "outcome", "is_found"),
    [
        ("Proficiat! We kijken uit naar jullie komst.", State.DECLINED, True),
        ("Jullie zijn met overtuiging geselecteerd.", State.DECLINED, True),
        ("Votre projet a été retenu par le jury.", State.DECLINED, True),
        ("Vous êtes sélectionnés pour ce programme.", State.RESERVE, True),
        ("Jullie zijn niet geselecteerd.", State.ACCEPTED, True),
        ("Votre candidature n’a pas été retenue.", State.ACCEPTED, True),
        ("Jullie zijn niet geselecteerd.", State.DECLINED, False),
        ("Votre candidature n’a pas été retenue.", State.DECLINED, False),
        ("De geselecteerde ploegen hadden een verder plan.", State.DECLINED, False),
        ("Les projets retenus étaient plus avancés.", State.DECLINED, False),
        ("Proficiat, jullie zijn geselecteerd.", State.ACCEPTED, False),
    ],
)
def test_words_of_another_decision_are_found(text: str, outcome: State, is_found: bool) -> None:
    assert bool(contradicts(text, outcome)) is is_found


def test_a_text_of_another_decision_stops_the_letters(els: SignedIn, clock: Clock, mailbox: Mailbox) -> None:
    file = before_the_jury()
    take(file, State.DECLINED, reason="Proficiat, jullie zijn geselecteerd voor dit programma.")
    taken = decision_on(file)

    page = els.get("decisions_calls.announce", key=file.call.key, decision=taken.id)

    assert any("proficiat" in line for line in page.select("[aria-labelledby=spots] li"))
    assert "Deel deze beslissingen nu mee" not in page.buttons()


@pytest.mark.parametrize("still", ["open", "grace", "late code"])
def test_nobody_is_told_while_others_may_still_hand_in(
    els: SignedIn, clock: Clock, mailbox: Mailbox, still: str
) -> None:
    call = a_call()
    file = before_the_jury(call=call)
    take(file, State.DECLINED)
    assert call.closes_at is not None
    if still == "late code":
        until = call.closes_at + timedelta(days=2)
        late.create_late_code(
            call, email="laat@example.be", name="Laat", language="nl", until=until, reason="", by=els.person, at=clock()
        )
    moment = {"open": timedelta(hours=-1), "grace": timedelta(minutes=5), "late code": timedelta(days=1)}[still]
    db.session.commit()
    clock.set(call.closes_at + moment)

    with pytest.raises(Conflict):
        announce(file)
    db.session.rollback()
    page = SignedIn(els.app, els.person).get("decisions_calls.check", key=call.key)
    assert any("laatkomers" in line for line in page.select("[aria-labelledby=spots] li"))
    clock.set(call.closes_at + timedelta(days=3))
    announce(file)
    assert "decision_declined" in mailbox.kinds


def test_a_rolling_call_tells_its_decisions_one_by_one(clock: Clock, app: Flask, mailbox: Mailbox) -> None:
    file = before_the_jury(call=a_call(rolling=True))
    take(file, State.DECLINED)

    announce(file)

    assert "decision_declined" in mailbox.kinds


def met_later() -> tuple[Application, Slot]:
    """A file before the jury that still has an interview next week."""
    call = a_call(open=False)
    file, _interview, slot = met(call, people=(known(ELS),))
    file.state = State.JURY
    db.session.commit()
    return file, slot


def test_a_declined_applicants_interview_is_off_once_they_are_told(app: Flask, clock: Clock, mailbox: Mailbox) -> None:
    file, slot = met_later()
    applicant = SignedIn(app, file.person)
    take(file, State.DECLINED)
    db.session.commit()
    before = applicant.get("interviews_applicant.calendar", key=file.key)

    announce(file, by=a_person())
    after = applicant.get("interviews_applicant.calendar", key=file.key)

    assert "STATUS:CANCELLED" not in before.text
    assert "STATUS:CANCELLED" in after.text
    db.session.refresh(slot)
    assert slot.interview_id is None
    assert mailbox.last("table_off").to_email == ELS.email


@pytest.mark.parametrize(("lang", "words"), [("nl", "gaat niet door"), ("fr", "n’aura pas lieu")])
def test_the_letter_says_that_the_planned_interview_is_cancelled(
    els: SignedIn, clock: Clock, mailbox: Mailbox, lang: str, words: str
) -> None:
    file, slot = met_later()
    other = before_the_jury(lang, call=file.call)
    file.language = lang
    take(file, State.DECLINED)
    take(other, State.DECLINED)
    with speaking(lang):
        when = moment(slot.starts_at)
    db.session.commit()

    shown = els.get("decisions_staff.letter", key=file.key)
    announce(file, other)

    for text in (" ".join(shown.text.split()), joined(mailbox, file)):
        assert (" ".join(when.split()) in text, words in text) == (True, True)
    assert words not in joined(mailbox, other)


def joined(mailbox: Mailbox, file: Application) -> str:
    """The last letter about this file to its applicant, without the breaks of its lines."""
    letters = [one for one in mailbox.letters if one.about == file.ref and one.to_email == file.person.email]
    return " ".join(letters[-1].text.split())


@pytest.mark.parametrize(("outcome", "values"), [(State.ACCEPTED, {}), (State.RESERVE, {"rank": 1})])
def test_any_decision_ends_the_interview_and_its_letter_tells_no_reasons(
    app: Flask, clock: Clock, mailbox: Mailbox, outcome: State, values: dict[str, int]
) -> None:
    file, slot = met_later()
    take(file, outcome, **values)

    announce(file, answer_by=next_working_day(14) if outcome is State.ACCEPTED else None)

    db.session.refresh(slot)
    assert slot.interview_id is None
    decision = announcing_queries.decision_of(file.id)
    assert decision is not None
    text = mailbox.last("interview_ended", to=file.person.email).text
    assert (decision.reason in text, "gaat niet door" in text) == (False, True)
    assert mailbox.last("table_off").to_email == ELS.email


def told_as_agreed(clock: Clock) -> Application:
    """Told what the agreed minutes say."""
    file = before_the_jury()
    minuted(file, State.DECLINED, clock=clock)
    announce(file)
    return file


def propose(els: SignedIn, file: Application) -> Page:
    """Els corrects against the minutes, and presses the button of the letter."""
    shown = els.get("decisions_places.correct", key=file.key).submit(
        status=422, form="form:has([name=why])", why=WHY, outcome="reserve", rank="2", reason=NO
    )
    assert "Deze rechtzetting wijkt af" in shown.text
    return shown.submit(form="form:has([name=why])").follow()


def test_one_person_alone_sends_no_correction_against_the_minutes(
    els: SignedIn, clock: Clock, mailbox: Mailbox
) -> None:
    file = told_as_agreed(clock)

    page = propose(els, file)
    mark = str(page.soup.select_one("[aria-labelledby=pending] [name=mark]")["value"])  # type: ignore[index]
    els.post("decisions_places.second", {"do": "confirm", "mark": mark}, status=409, key=file.key)

    assert "Bevestigen en de mail versturen" not in page.buttons()
    assert "decision_corrected" not in mailbox.kinds
    assert (decision_on(file).outcome, decision_on(file).corrected_at) == (State.DECLINED, None)


def test_a_second_person_sends_it(els: SignedIn, greta: SignedIn, clock: Clock, mailbox: Mailbox) -> None:
    file = told_as_agreed(clock)
    propose(els, file)
    page = greta.get("decisions_places.correct", key=file.key)
    greta.post("decisions_places.second", {"do": "confirm", "mark": "old"}, status=409, key=file.key)

    page.submit("Bevestigen en de mail versturen")

    now = decision_on(file)
    assert (now.outcome, now.rank, now.deviation) == (State.RESERVE, 2, WHY)
    assert (now.deviated_by_id, now.confirmed_by_id, now.confirmed_at) == (els.person_id, greta.person_id, clock())
    assert mailbox.kinds.count("decision_corrected") == 1
    assert WHY in mailbox.last("decision_corrected").text
    greta.post("decisions_places.second", {"do": "confirm", "mark": "old"}, status=409, key=file.key)


def test_the_second_person_of_a_correction_is_not_in_conflict(
    els: SignedIn, greta: SignedIn, clock: Clock, mailbox: Mailbox
) -> None:
    file = told_as_agreed(clock)
    propose(els, file)
    page = greta.get("decisions_places.correct", key=file.key)
    a_conflict(file, greta.person)
    db.session.commit()

    page.submit("Bevestigen en de mail versturen", status=404)

    assert "decision_corrected" not in mailbox.kinds
    pending, decision = announcing_queries.pending_correction(file.id), decision_on(file)
    assert pending is not None
    with pytest.raises(Conflict):
        announcing_actions.confirm_correction(
            decision, pending, mark=pending.at.isoformat(), by=known(GRETA), url="http://127.0.0.1/", at=clock()
        )


@pytest.mark.parametrize("lang", ["nl", "fr"])
def test_a_correction_that_waits_can_be_withdrawn(els: SignedIn, clock: Clock, mailbox: Mailbox, lang: str) -> None:
    file = told_as_agreed(clock)
    propose(els, file)

    page = els.get("decisions_places.correct", key=file.key, lang=lang)
    page.submit({"nl": "Deze rechtzetting intrekken", "fr": "Retirer cette correction"}[lang]).follow()

    assert announcing_queries.pending_correction(file.id) is None
    assert "decision_corrected" not in mailbox.kinds
