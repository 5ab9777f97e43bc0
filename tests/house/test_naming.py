"""Controls, groups and forms of the team's widest pages have names of their own, and headers have cells."""

import pytest

from app.applications.rules.states import State
from tests import naming, wording
from tests.builders import a_call, a_criterion, a_step, an_application
from tests.people import SignedIn
from tests.selection import a_reviewer


@pytest.mark.parametrize(
    "endpoint",
    [
        "casework_staff.applications",
        "programmes_rows.steps",
        "programmes_rows.criteria",
        "programmes_rows.eligibility",
        "reviewers_assigning.file",
        "conflicts_staff.conflicts",
    ],
)
def test_things_of_one_page_are_told_apart(els: SignedIn, chloe: SignedIn, daan: SignedIn, endpoint: str) -> None:
    call = a_call()
    files = [an_application(call=call, state=State.IN_REVIEW) for _number in range(2)]
    for one in (a_step(call), a_criterion(call, weight=60), a_criterion(call, "C2", weight=40)):
        assert one is not None
    for reviewer in (chloe, daan):
        a_reviewer(call, reviewer.person)
    values = (
        {"key": call.key, "file_key": files[0].key} if endpoint == "reviewers_assigning.file" else {"key": call.key}
    )

    page = els.get(endpoint, **({} if endpoint == "casework_staff.applications" else values))

    assert [*naming.issues(page), *wording.identifiers(page)] == []
