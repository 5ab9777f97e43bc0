"""The tables at which a reader sits, and who comes there as far as they may know."""

from datetime import timedelta

import pytest

from app.applications.rules.states import State
from tests.builders import a_call
from tests.conftest import Clock
from tests.interviews.scene import a_file, invited, met
from tests.pages import PageClient, assert_budget
from tests.panels import a_slot, an_interview
from tests.people import SignedIn
from tests.selection import a_conflict

PLACE = "interviews_reviewer.slots"


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        (
            "nl",
            ["11\u00a0februari", "van 14.00 tot", "Zaal 1", "in het Nederlands", "niemand, voor zover je mag weten"],
        ),
        ("fr", ["11\u00a0février", "de 14\u00a0h à", "Salle 1", "en néerlandais", "personne, pour autant que"]),
    ],
)
def test_a_reader_sees_when_where_and_who(chloe: SignedIn, lang: str, words: list[str]) -> None:
    file, _interview, _slot = met(people=(chloe.person,), language="nl")
    a_slot(file.call, hour=16, people=(chloe.person,))
    a_slot(file.call, hour=17)

    page = chloe.get(PLACE, lang=lang)

    assert len(page.select("tbody tr")) == 2
    assert [one in page.text for one in [*words, str(file.reference), file.title, file.call.title[lang]]] == [True] * 8
    assert page.links("main a[href$='.ics']") == [chloe.address("interviews_reviewer.calendar", lang=lang)]
    assert_budget(page, 4)


@pytest.mark.parametrize("count", [1, 3, 30])
def test_the_list_asks_as_often_for_many_tables(chloe: SignedIn, clock: Clock, count: int) -> None:
    call = a_call()
    for number in range(count):
        interview = an_interview(a_file(call)) if number < 5 else None
        a_slot(call, interview, people=(chloe.person,), starts_at=clock() + timedelta(days=9, hours=number))

    page = chloe.get(PLACE)

    assert len(page.select("tbody tr")) == count
    assert_budget(page, 4)


def test_nothing_of_a_file_to_which_a_reader_is_too_close(chloe: SignedIn, daan: SignedIn) -> None:
    file, _interview, _slot = met(people=(chloe.person, daan.person))
    a_conflict(file, chloe.person)

    hers, his = chloe.get(PLACE), daan.get(PLACE)

    for secret in (str(file.reference), file.title):
        assert (secret in hers.html, secret in his.html) == (False, True)
    assert "voor zover je mag weten" in hers.text
    assert file.person.name not in his.text


def test_who_took_their_file_back_comes_no_more(chloe: SignedIn) -> None:
    file, _interview, _slot = met(people=(chloe.person,))
    assert str(file.reference) in chloe.get(PLACE).text
    file.state = State.WITHDRAWN

    assert str(file.reference) not in chloe.get(PLACE).text


def test_what_is_over_leaves_the_list(chloe: SignedIn, clock: Clock) -> None:
    met(people=(chloe.person,), starts_at=clock() + timedelta(hours=1))
    assert len(chloe.get(PLACE).select("tbody tr")) == 1
    clock.forward(hours=2)

    page = chloe.get(PLACE)

    assert "Je neemt nog aan geen enkel gesprek deel." in page.text
    assert page.links("main a[href$='.ics']") == []


def test_only_readers_come_here(client: PageClient, bruno: SignedIn, els: SignedIn, farid: SignedIn) -> None:
    invited()

    for page in (PLACE, "interviews_reviewer.calendar"):
        client.get(page, status=302)
        for who in (bruno, els, farid):
            who.get(page, status=403)
