"""What the ranking reads of this room."""

from app.applications.rules import State
from app.core import clock
from app.core.db import db
from app.review import actions, queries
from tests.people import SignedIn
from tests.review.scenes import a_read_call, in_review
from tests.selection import a_conflict, a_review


def test_done_marks_are_those_that_count(chloe: SignedIn, daan: SignedIn) -> None:
    call, elsewhere = a_read_call(), a_read_call()
    one, two, three, gone, played = (in_review(call) for _ in range(5))
    a_review(one, chloe.person, {"C1": 4, "C2": None})
    a_review(one, daan.person, {"C1": 1})
    a_review(two, chloe.person, {"C1": 3}, done=False)
    a_review(three, daan.person, {"C1": 2})
    a_review(gone, daan.person, {"C1": 5})
    a_review(played, daan.person, {"C1": 5})
    a_review(in_review(elsewhere), daan.person, {"C1": 5})
    a_conflict(three, daan.person)
    gone.state, played.is_rehearsal = State.WITHDRAWN, True
    db.session.flush()

    found = queries.done_marks(call.id)

    first, second = (criterion.id for criterion in call.criteria[:2])
    assert [(row.application_id, row.person_id, row.criterion_id, row.score, row.cannot_judge) for row in found] == [
        (one.id, chloe.person_id, first, 4, False),
        (one.id, chloe.person_id, second, None, True),
        (one.id, daan.person_id, first, 1, False),
    ]
    assert all(row.done_at for row in found)


def test_remarks_are_told_in_their_order_with_who_said_them(chloe: SignedIn, els: SignedIn) -> None:
    file = in_review(a_read_call())
    actions.remark(file, "Eerst", by=chloe.person, at=clock.now())
    actions.remark(file, "Dan", by=els.person, at=clock.now())

    assert [(one.name, one.text) for one in queries.remarks_of(file.id)] == [
        ("Chloé Lambert", "Eerst"), ("Els Peeters", "Dan")
    ]  # fmt: skip
