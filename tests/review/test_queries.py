"""What is asked of this room."""

from app.core import clock
from app.review import actions
from app.review.queries import reviews
from tests.people import SignedIn
from tests.review.scenes import a_read_call, in_review


def test_remarks_are_told_in_their_order_with_who_said_them(chloe: SignedIn, els: SignedIn) -> None:
    file = in_review(a_read_call())
    actions.add_comment(file, "Eerst", by=chloe.person, at=clock.now())
    actions.add_comment(file, "Dan", by=els.person, at=clock.now())

    assert [(one.name, one.text) for one in reviews.comments_of(file.id)] == [
        ("Chloé Lambert", "Eerst"),
        ("Els Peeters", "Dan"),
    ]
