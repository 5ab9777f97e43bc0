"""Readers of a call for the team: board, plan, invitations, each reader, reminders."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.core.db.base import db
from app.programmes.models import Call
from app.reviewers.models import Reviewer
from app.reviewers.queries import people
from tests.builders import a_call
from tests.conftest import Clock
from tests.letters import Mailbox
from tests.pages import PageClient, assert_budget
from tests.people import CHLOE, ELS, SignedIn, known
from tests.reviewers.scene import a_stranger, files, scene
from tests.selection import a_conflict, a_review, a_reviewer, an_assignment

PAGES = ["reviewers", "plan", "invite", "take_over", "remind"]


@pytest.mark.parametrize("lang", ["nl", "fr"])
@pytest.mark.parametrize("page", PAGES)
def test_each_page_in_both_languages(els: SignedIn, lang: str, page: str) -> None:
    call, (file, *_more), (chloe, _daan) = scene()
    an_assignment(file, chloe.person)

    answer = els.get(f"reviewers_staff.{page}", lang=lang, key=call.key)
    els.get("reviewers_staff.reviewer", lang=lang, key=call.key, number=chloe.id)

    assert call.title[lang] in answer.title
    assert_budget(answer, 6)


def test_the_board_asks_as_often_for_many_as_for_one(els: SignedIn) -> None:
    call = a_call()
    a_stranger(call)
    files(call, 1)
    one = els.get("reviewers_staff.reviewers", key=call.key)
    for number in range(4):
        a_stranger(call, f"Lezer {number}")
    files(call, 4)

    many = els.get("reviewers_staff.reviewers", key=call.key)

    assert len(many.select("tbody tr")) == 5
    assert len(one.statements) == len(many.statements)
    assert_budget(many, 6)


def test_the_board_counts_and_names_what_is_short(els: SignedIn, clock: Clock) -> None:
    call, (done, begun, new), (chloe, daan) = scene()
    people.plan_of(call.id).due_on = clock().date() - timedelta(days=1)
    a_review(done, chloe.person, {})
    a_review(begun, chloe.person, {}, done=False)
    an_assignment(new, chloe.person)
    an_assignment(new, daan.person)

    page = els.get("reviewers_staff.reviewers", key=call.key)

    cells = [row.split() for row in page.select("tbody tr")]
    assert [word for word in cells[0] if word.isdigit()][:5] == ["3", "2", "2", "1", "2"]
    assert page.links("tbody a[href*=herinneren]") == [
        f"{page.path}/herinneren?reader={one.id}" for one in (chloe, daan)
    ]
    assert {done.reference, begun.reference} == set(page.select(".history li b"))


def test_a_file_that_is_hidden_from_a_colleague_is_not_counted_for_them(els: SignedIn, greta: SignedIn) -> None:
    call, (file, *_more), (chloe, _daan) = scene()
    an_assignment(file, chloe.person)
    a_conflict(file, known(ELS))

    hers, other = (who.get("reviewers_staff.reviewers", key=call.key) for who in (els, greta))
    about = [who.get("reviewers_staff.reviewer", key=call.key, number=chloe.id) for who in (els, greta)]

    assert [file.reference in page.text for page in (other, hers)] == [True, False]
    assert [file.reference in page.text for page in about] == [False, True]


def test_the_plan_is_kept_and_mistakes_are_named(els: SignedIn) -> None:
    call = a_call()
    page = els.get("reviewers_staff.plan", key=call.key)

    refused = page.submit("Bewaar het plan", readings="0", most_files="x", due_on="2027-02-30", status=422)
    assert len(refused.problems) == 3
    assert refused.value("readings") == "0"
    refused.submit(
        "Bewaar het plan", readings="4", most_files="9", due_on="2027-03-01", blind="jury", wide_spread="3", band="0"
    )

    plan = people.plan_of(call.id)
    assert (plan.readings, plan.most_files, plan.blind, plan.band) == (4, 9, "jury", 0)
    els.post("reviewers_staff.plan", {"blind": "nonsense"}, key=call.key, status=422)


def test_an_invitation(els: SignedIn, mailbox: Mailbox) -> None:
    call = a_call()
    page = els.get("reviewers_staff.invite", key=call.key)

    refused = page.submit(form="main form.text", name="", email="nora", languages=[], most_files="-1", status=422)
    assert len(refused.problems) == 4
    good = {"name": "Nora", "email": "Nora@Huis.example", "languages": ["fr"], "expertise": ["food"], "most_files": ""}
    refused.submit(form="main form.text", **good).follow()
    twice = refused.submit(form="main form.text", **good, status=422)

    assert twice.problems == ["‘E-mailadres’: Deze persoon leest al voor deze oproep"]
    reviewer = db.session.scalars(select(Reviewer)).one()
    assert (reviewer.languages, reviewer.expertise, reviewer.most_files) == ("fr", "food", None)
    assert mailbox.kinds == ["reader_invited"]


def test_the_invited_come_in_and_land_on_the_list(els: SignedIn, client: PageClient, mailbox: Mailbox) -> None:
    call = a_call()
    good = {"name": "Nora", "email": "nora@huis.example", "languages": ["nl"], "language": "nl"}
    els.post("reviewers_staff.invite", good, key=call.key)

    door = client.get_path(mailbox.link("reader_invited"))
    landed = door.submit(form="main form").follow()

    assert landed.endpoint == "reviewers_reviewer.declare"


def test_readers_are_taken_over(els: SignedIn, mailbox: Mailbox) -> None:
    earlier, call = a_call(), a_call()
    there = [a_stranger(earlier, f"Lezer {n}") for n in range(2)]
    page = els.get("reviewers_staff.take_over", key=call.key)

    shown = page.submit("Toon de lezers", call=earlier.key, status=200)
    shown.submit("Nodig de aangevinkte mensen uit", reader=[str(there[1].id)])
    els.post("reviewers_staff.take_over", {"call": earlier.key}, key=call.key)
    els.post("reviewers_staff.take_over", {"call": "nergens", "reader": "1"}, key=call.key, status=422)

    assert [one.person_id for one in people.reviewers_of(call.id)] == [there[1].person_id]
    assert mailbox.kinds == ["reader_invited"]


def test_a_reader_is_changed_invited_again_and_let_go(els: SignedIn, mailbox: Mailbox) -> None:
    call, _files, (chloe, _daan) = scene()
    person_id, number = chloe.person_id, chloe.id
    page = els.get("reviewers_staff.reviewer", key=call.key, number=number)

    page.submit("Bewaar", languages=[], status=422)
    page.submit("Bewaar", languages=["nl"], organisation="Huis vzw", most_files="4")
    page.submit("do=invite_again")
    page.submit("do=let_go")

    assert mailbox.kinds[-1] == "reader_invited"
    assert people.reviewer_of(call.id, person_id) is None
    els.post("reviewers_staff.do", {"do": "let_go"}, key=call.key, number=number, status=404)


def test_what_is_typed_beside_another_button_stays(els: SignedIn) -> None:
    call = a_call()
    number = a_reviewer(call, known(CHLOE)).id

    els.get("reviewers_staff.reviewer", key=call.key, number=number).submit("do=invite_again", organisation="Huis vzw")

    assert els.get("reviewers_staff.reviewer", key=call.key, number=number).value("organisation") == "Huis vzw"


@pytest.mark.parametrize("number", ["0", "x", "99999999999999999999", "-1", "%00"])
def test_a_reader_who_is_not_there(els: SignedIn, number: str) -> None:
    call, elsewhere = a_call(), a_stranger(a_call())

    els.get("reviewers_staff.reviewer", key=call.key, number=number, status=404)
    els.get("reviewers_staff.reviewer", key=call.key, number=elsewhere.id, status=404)
    els.post("reviewers_staff.do", {"do": "nonsense"}, key=call.key, number=number, status=404)


def test_who_is_late_is_reminded_after_a_look(els: SignedIn, mailbox: Mailbox, clock: Clock) -> None:
    call, (file, *_more), (chloe, daan) = scene()
    people.plan_of(call.id).due_on = clock().date()
    an_assignment(file, chloe.person)
    before = els.get("reviewers_staff.remind", key=call.key)
    assert before.select(".choice") == []
    one = els.get("reviewers_staff.remind", key=call.key, reader=chloe.id)
    assert len(one.select(".choice")) == 1
    people.plan_of(call.id).due_on = clock().date() - timedelta(days=1)

    page = els.get("reviewers_staff.remind", key=call.key)
    page.submit("Verstuur de herinneringen")
    page.submit("Verstuur de herinneringen")
    els.post("reviewers_staff.remind", {}, key=call.key)
    els.post("reviewers_staff.remind", {"reader": [str(daan.id), "x"]}, key=call.key)

    assert [(one.kind, one.to_email) for one in mailbox.letters if one.kind.startswith("reader")] == [
        ("reader_reminder", "chloe@example.be")
    ]
    assert "te laat" not in mailbox.last("reader_reminder").text


def test_nobody_but_staff_comes_in(client: PageClient, bruno: SignedIn, farid: SignedIn, chloe: SignedIn) -> None:
    call: Call = a_call()
    a_reviewer(call, known(CHLOE))

    for page in PAGES:
        client.get(f"reviewers_staff.{page}", key=call.key, status=302)
        for who in (bruno, farid, chloe):
            who.get(f"reviewers_staff.{page}", key=call.key, status=403)
