"""The team's first page."""

import pytest

from app.applications.rules import State
from tests.builders import an_application
from tests.pages import PageClient, assert_budget
from tests.people import SignedIn


@pytest.mark.parametrize("lang", ["nl", "fr"])
def test_the_desk_says_what_waits(els: SignedIn, lang: str) -> None:
    empty = els.get("desk_staff.desk", lang=lang)
    an_application(submitted=True)
    an_application(state=State.JURY)

    full = els.get("desk_staff.desk", lang=lang)

    assert empty.select(".todo li") == []
    assert len(full.select(".todo li")) == 2
    assert_budget(full, 7)


def test_visitors_are_asked_to_sign_in_and_applicants_sent_away(client: PageClient, bruno: SignedIn) -> None:
    assert client.get("desk_staff.desk", status=302).location.startswith("/nl/aanmelden")
    bruno.get("desk_staff.desk", status=403)
