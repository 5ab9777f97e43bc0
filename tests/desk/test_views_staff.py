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
    assert_budget(full, 9)


def test_the_last_deeds_name_their_file_and_leave_the_writing_out(els: SignedIn) -> None:
    an_application()
    moved = an_application(state=State.ELIGIBLE)

    page = els.get("desk_staff.desk")

    assert page.links(".log a") == [f"/nl/team/kandidaturen/{moved.key}"] * 2
    assert ["Ontvankelijk" in deed for deed in page.select(".log li:has(a)")] == [True, False]


def test_visitors_are_asked_to_sign_in_and_applicants_sent_away(client: PageClient, bruno: SignedIn) -> None:
    assert client.get("desk_staff.desk", status=302).location.startswith("/nl/aanmelden")
    bruno.get("desk_staff.desk", status=403)
