"""Conflicts of interest for the team: the board, deciding, adding, and stepping back."""

import pytest

from app.applications.rules.states import State
from app.conflicts.queries.hidden import is_hidden
from app.conflicts.rules.status import ConflictSignal, ConflictStatus
from app.core.db.base import db
from app.programmes.models import Call
from tests.builders import a_call, an_application
from tests.pages import PageClient, assert_budget
from tests.people import CHLOE, ELS, GRETA, SignedIn, known
from tests.selection import a_conflict

BOARD = "conflicts_staff.conflicts"
ADD = "[formaction$=belangenconflicten]"


@pytest.mark.parametrize("lang", ["nl", "fr"])
def test_the_board_asks_as_often_for_three_as_for_one(els: SignedIn, lang: str) -> None:
    call = a_call()
    a_conflict(an_application(call=call, state=State.ELIGIBLE), known(CHLOE))
    one = els.get(BOARD, lang=lang, key=call.key)
    for _number in range(2):
        a_conflict(an_application(call=call, state=State.ELIGIBLE), known(CHLOE), status=ConflictStatus.PROPOSED)

    three = els.get(BOARD, lang=lang, key=call.key)

    assert len(three.select("tbody tr")) == 3
    assert len(one.statements) == len(three.statements)
    assert_budget(three, 6)
    assert three.select("tbody tr .need") == three.select("tbody tr:nth-child(-n+2) .need")


def test_a_proposal_is_dismissed_or_confirmed(els: SignedIn) -> None:
    call, chloe = a_call(), known(CHLOE)
    file = an_application(call=call, state=State.ELIGIBLE)
    row = a_conflict(file, chloe, status=ConflictStatus.PROPOSED, signal=ConflictSignal.NAME)
    page = els.get(BOARD, key=call.key)

    page.submit("do=dismiss").follow()
    assert not is_hidden(file.id, chloe.id)
    page.submit("do=confirm", status=409)  # it no longer stands as it stood on this page
    els.get(BOARD, key=call.key).submit("do=confirm").follow()

    db.session.refresh(row)
    assert (row.status, row.by_id, row.signal) == (ConflictStatus.CONFIRMED, els.person_id, ConflictSignal.NAME)
    assert is_hidden(file.id, chloe.id)


def test_what_is_typed_beside_another_button_stays(els: SignedIn) -> None:
    file = an_application(call=a_call(), state=State.ELIGIBLE)
    a_conflict(file, known(CHLOE), status=ConflictStatus.PROPOSED, signal=ConflictSignal.NAME)

    page = els.get(BOARD, key=file.call.key).submit("do=dismiss", words="Zus van de trekker").follow()

    assert page.value("words") == "Zus van de trekker"


def test_a_conflict_is_added_for_a_reader_or_a_colleague(els: SignedIn, greta: SignedIn) -> None:
    call = a_call()
    file = an_application(call=call, state=State.ELIGIBLE)
    chloe = known(CHLOE)
    page = els.get(BOARD, key=call.key)

    refused = page.submit(form=ADD, reference="SE99-9999", person=str(chloe.id), words="Zus", status=422)
    assert refused.problems == ["Deze oproep heeft geen dossier met dit nummer"]
    assert refused.value("words") == "Zus"
    refused.submit(form=ADD, reference=str(file.reference).lower()).follow()
    refused.submit(form=ADD, reference=file.reference, person=str(known(GRETA).id))

    assert is_hidden(file.id, chloe.id)
    assert file.reference not in greta.get(BOARD, key=call.key).text  # type: ignore[operator]
    assert file.reference in els.get(BOARD, key=call.key).text  # type: ignore[operator]


@pytest.mark.parametrize(
    "sent",
    [{}, {"reference": "x" * 9000, "person": "99999999999999999999"}, {"reference": "\x00", "person": "1; DROP"}],
)
def test_nonsense_is_refused(els: SignedIn, sent: dict[str, str]) -> None:
    els.post(BOARD, sent, key=a_call().key, status=422)


def test_whoever_is_too_close_can_neither_see_nor_settle(els: SignedIn) -> None:
    call = a_call()
    file = an_application(call=call, state=State.ELIGIBLE)
    others, own = a_conflict(file, known(CHLOE)), a_conflict(file, known(ELS))

    assert file.title not in els.get(BOARD, key=call.key).text
    for row in (others, own):
        sent = {"do": "dismiss", "was": "confirmed"}
        els.post("conflicts_staff.resolve", sent, key=call.key, number=row.id, status=404)
    again = {"reference": file.reference, "person": str(els.person_id)}
    els.post(BOARD, again, key=call.key, status=422)


@pytest.mark.parametrize("number", ["0", "x", "99999999999999999999"])
def test_a_conflict_that_is_not_there(els: SignedIn, number: str) -> None:
    elsewhere = a_conflict(an_application(state=State.ELIGIBLE), known(CHLOE))
    call: Call = a_call()

    for one in (number, elsewhere.id):
        els.post("conflicts_staff.resolve", {"do": "confirm", "was": "x"}, key=call.key, number=one, status=404)


@pytest.mark.parametrize("lang", ["nl", "fr"])
def test_a_colleague_steps_back(els: SignedIn, greta: SignedIn, lang: str) -> None:
    file = an_application(state=State.ELIGIBLE)
    page = els.get("conflicts_staff.own", lang=lang, key=file.key)
    assert_budget(page, 10)

    page.submit(form="main form", words="x" * 301, status=422)
    landed = page.submit(form="main form", words="Mijn zus.").follow()

    assert file.title not in landed.text
    els.get("conflicts_staff.own", lang=lang, key=file.key, status=404)
    assert "Mijn zus." in greta.get(BOARD, key=file.call.key).text


def test_nobody_but_staff_comes_in(client: PageClient, bruno: SignedIn, farid: SignedIn, chloe: SignedIn) -> None:
    file = an_application(state=State.ELIGIBLE)

    client.get(BOARD, key=file.call.key, status=302)
    for who in (bruno, farid, chloe):
        who.get(BOARD, key=file.call.key, status=403)
        who.get("conflicts_staff.own", key=file.key, status=403)
