"""What a reader finds from their first page and from a file: conflicts, interviews, meetings, stepping back."""

import pytest

from app.conflicts.models import ConflictOfInterest
from app.conflicts.rules.status import ConflictStatus
from app.core.db.base import db
from app.meetings import actions as meetings
from app.meetings.rules import Role
from tests.builders import both
from tests.conftest import Clock
from tests.people import ELS, SignedIn, known
from tests.review.scenes import a_read_call, decided, fields, in_review
from tests.selection import an_assignment


@pytest.mark.parametrize("lang", ["nl", "fr"])
def test_the_first_page_leads_to_conflicts_interviews_and_meetings(
    els: SignedIn, chloe: SignedIn, clock: Clock, lang: str
) -> None:
    file = in_review(a_read_call())
    an_assignment(file, chloe.person)
    found = meetings.plan(file.call, clock(), place=both("", ""), quorum=1, minutes_each=10, by=known(ELS), at=clock())
    meetings.add_member(found, chloe.person, Role.MEMBER, by=known(ELS), at=clock())
    db.session.commit()

    page = chloe.get("review_reviewer.files", lang=lang)

    for endpoint, values in (
        ("reviewers_reviewer.declare", {"key": file.call.key}),
        ("interviews_reviewer.slots", {}),
        ("meetings_reviewer.follow", {"key": found.key}),
    ):
        assert chloe.address(endpoint, lang=lang, **values) in page.links("main a")
        chloe.get(endpoint, lang=lang, **values)


def test_a_reader_steps_back_from_the_file_itself(chloe: SignedIn) -> None:
    call = a_read_call()
    file, other = in_review(call), in_review(call)
    for one in (file, other):
        an_assignment(one, chloe.person)
    page = chloe.get("review_reviewer.score", key=file.key).click("Ik ken deze ploeg")

    refused = page.submit(why="x" * 2000, status=422)
    assert refused.value("why") == "x" * 2000
    listed = refused.submit(why="Mijn zus werkt er.").follow()

    row = db.session.query(ConflictOfInterest).one()
    assert (row.application_id, row.person_id, row.explanation) == (file.id, chloe.person_id, "Mijn zus werkt er.")
    assert row.status == ConflictStatus.CONFIRMED
    assert file.reference not in "".join(listed.select("tbody"))
    chloe.get("review_reviewer.score", key=file.key, status=404)


def test_saving_and_going_on_says_that_it_finishes_nothing(chloe: SignedIn) -> None:
    call = a_read_call()
    file, other = in_review(call), in_review(call)
    for one in (file, other):
        an_assignment(one, chloe.person)

    page = chloe.get("review_reviewer.score", key=file.key)
    after = page.submit("do=next", **fields(call, 4, 3, 5)).follow()

    assert f"{file.reference} is bewaard als concept" in after.select("[role=status]")[0]


@pytest.mark.parametrize("lang", ["nl", "fr"])
def test_the_list_of_conflicts_says_what_a_late_one_means(chloe: SignedIn, lang: str) -> None:
    file = in_review(a_read_call())
    an_assignment(file, chloe.person)
    before = chloe.get("reviewers_reviewer.declare", key=file.call.key, lang=lang)
    decided(file)
    db.session.commit()

    after = chloe.get("reviewers_reviewer.declare", key=file.call.key, lang=lang)

    assert (len(before.select("main .warn")), len(after.select("main .warn"))) == (0, 1)
