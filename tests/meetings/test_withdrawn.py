"""A file that is withdrawn while it is on the agenda of a jury meeting: marked everywhere, never decided."""

import io

import pytest
from pypdf import PdfReader

from app.applications.actions import handing_in
from app.applications.models import Application
from app.applications.rules.states import State
from app.core.db.base import db
from app.decisions.models import Decision
from app.meetings import actions, queries
from app.meetings.models import Item, Meeting
from tests.conftest import Clock
from tests.meetings.test_views_staff import REASON, a_meeting, everybody_comes
from tests.pages import Page
from tests.people import SignedIn

WITHDRAWN = {"nl": "Ingetrokken", "fr": "Retirée"}
GONE = {"nl": "geen beslissing, het dossier is ingetrokken", "fr": "aucune, le dossier a été retiré"}
POSTPONED = {"nl": "uitgesteld", "fr": "reportée"}


def withdraw(file: Application, clock: Clock) -> None:
    handing_in.withdraw(file, reason="", by=file.person, at=clock())
    db.session.commit()


def opened(found: Meeting, clock: Clock) -> Item:
    """The first file, with its scores shown."""
    first = queries.items(found.id)[0]
    everybody_comes(found, clock)
    actions.open_item(found, first, at=clock())
    actions.reveal(found, first, at=clock())
    return first


def decide(els: SignedIn, found: Meeting, clock: Clock) -> Item:
    first = opened(found, clock)
    actions.decide(found, first, State.DECLINED, reason=REASON, rank=None, by=els.person, at=clock())
    return first


def words(page: Page) -> str:
    text = "".join(one.extract_text() for one in PdfReader(io.BytesIO(page.data)).pages)
    return " ".join(text.replace("\xa0", " ").split())


@pytest.mark.parametrize("lang", ["nl", "fr"])
def test_it_is_marked_and_cannot_be_opened(
    els: SignedIn, chloe: SignedIn, daan: SignedIn, clock: Clock, lang: str
) -> None:
    found, (gone, _other) = a_meeting(els, chloe, daan)
    before = els.get("meetings_staff.live", key=found.key, lang=lang)
    withdraw(gone, clock)

    pages = [
        els.get("meetings_staff.prepare", key=found.key, lang=lang),
        els.get("meetings_staff.live", key=found.key, lang=lang),
        chloe.get("meetings_reviewer.follow", key=found.key, lang=lang),
    ]

    marks = [page.select("main li .need") for page in pages]
    assert marks == [[WITHDRAWN[lang]]] * 3
    assert len(pages[1].select("button[value=open]")) == 1
    before.submit("do=open", status=409)


@pytest.mark.parametrize("lang", ["nl", "fr"])
def test_withdrawn_while_it_is_open_it_is_not_decided_and_the_next_one_opens(
    els: SignedIn, chloe: SignedIn, daan: SignedIn, clock: Clock, lang: str
) -> None:
    found, (gone, other) = a_meeting(els, chloe, daan)
    first = opened(found, clock)
    page = els.get("meetings_staff.live", key=found.key, lang=lang)
    withdraw(gone, clock)

    refused = page.submit(
        form="[formaction*=besliss], [formaction*=decision]", outcome="accepted", reason=REASON, status=409
    )

    assert {"nl": "ingetrokken", "fr": "retiré"}[lang] in refused.text
    db.session.expire_all()
    assert (first.outcome, db.session.query(Decision).count()) == ("", 0)
    assert chloe.get("meetings_reviewer.follow", key=found.key).select("table") == []  # its scores are gone
    after = els.get("meetings_staff.live", key=found.key, lang=lang).submit("do=open").follow()
    assert str(other.reference) in after.select("#file")[0]


@pytest.mark.parametrize("lang", ["nl", "fr"])
def test_every_other_file_decided_the_meeting_can_close_and_the_minutes_say_it(
    els: SignedIn, chloe: SignedIn, daan: SignedIn, clock: Clock, lang: str
) -> None:
    found, (_file, gone) = a_meeting(els, chloe, daan)
    decide(els, found, clock)
    withdraw(gone, clock)

    page = els.get("meetings_staff.live", key=found.key, lang=lang)

    assert page.select("#file") == [{"nl": "Er valt niets meer te beslissen", "fr": "Il ne reste rien à décider"}[lang]]
    actions.close(found, notes="", at=clock())
    over = chloe.get("meetings_reviewer.follow", key=found.key, lang=lang)
    assert POSTPONED[lang][:7] not in over.text.lower()
    assert GONE[lang] in words(els.get("meetings_staff.minutes", key=found.key, lang=lang))


def test_minutes_still_say_postponed_when_it_is_withdrawn_after_the_meeting(
    els: SignedIn, chloe: SignedIn, daan: SignedIn, clock: Clock
) -> None:
    found, (_file, gone) = a_meeting(els, chloe, daan)
    decide(els, found, clock)
    actions.close(found, notes="", at=clock())
    clock.forward(minutes=30)
    withdraw(gone, clock)

    text = words(els.get("meetings_staff.minutes", key=found.key))

    assert POSTPONED["nl"] in text
    assert GONE["nl"] not in text
    assert "Ingetrokken door de kandidaten" in text


def test_a_decided_file_that_is_withdrawn_keeps_its_decision_in_the_minutes_and_is_not_reopened(
    els: SignedIn, chloe: SignedIn, daan: SignedIn, clock: Clock
) -> None:
    found, (gone, _other) = a_meeting(els, chloe, daan)
    first = decide(els, found, clock)
    before = els.get("meetings_staff.live", key=found.key)
    withdraw(gone, clock)

    page = els.get("meetings_staff.live", key=found.key)

    assert page.select("button[value=reopen]") == []
    before.submit("do=reopen", status=409)
    db.session.expire_all()
    assert first.decided_at is not None
    text = words(els.get("meetings_staff.minutes", key=found.key))
    assert (REASON in text, "Ingetrokken door de kandidaten" in text) == (True, True)
    decisions = els.get("decisions_calls.of_call", key=queries.call_of(found).key)
    assert str(gone.reference) not in decisions.text


def test_a_file_that_the_team_took_back_waits_until_it_is_before_the_jury_again(
    els: SignedIn, chloe: SignedIn, daan: SignedIn, clock: Clock
) -> None:
    found, (file, _other) = a_meeting(els, chloe, daan)
    file.state = State.IN_REVIEW
    db.session.flush()
    assert els.get("meetings_staff.live", key=found.key).select("main li .need") == ["In beoordeling"]
    file.state = State.JURY
    db.session.flush()

    page = els.get("meetings_staff.live", key=found.key)

    assert page.select("main li .need") == []
    assert len(page.select("button[value=open]")) == 2
