"""The team's first page."""

import pytest

from app.applications.actions import talking
from app.applications.rules.states import State
from app.core.db.base import db
from app.mail.models import OutgoingMail
from app.mail.rules.states import MailState
from tests.builders import an_application
from tests.conftest import Clock
from tests.deciding import a_judged_call, a_published_decision, before_the_jury, take
from tests.pages import PageClient, assert_budget
from tests.people import SignedIn
from tests.selection import a_conflict


@pytest.mark.parametrize("lang", ["nl", "fr"])
def test_the_desk_says_what_waits(els: SignedIn, lang: str) -> None:
    empty = els.get("dashboard_staff.desk", lang=lang)
    an_application(submitted=True)
    an_application(state=State.JURY)

    full = els.get("dashboard_staff.desk", lang=lang)

    assert empty.select(".todo li") == []
    assert len(full.select(".todo li")) == 2
    assert_budget(full, 10)


def test_no_file_waits_twice(els: SignedIn, clock: Clock) -> None:
    one, _two = before_the_jury(), before_the_jury()
    take(one, State.DECLINED)
    for _time in range(2):
        talking.write_to_team(one, "Een vraag.", by=one.person, hidden_from=(), at=clock())

    page = els.get("dashboard_staff.desk")

    assert [line.split(" ", 1)[0] for line in page.select(".todo li")] == ["1", "1", "2"]


def test_a_free_place_and_a_letter_that_failed_wait_for_who_may_see_them(els: SignedIn) -> None:
    file = a_published_decision(State.RESERVE, call=a_judged_call(places=1))
    letter = db.session.query(OutgoingMail).where(OutgoingMail.about == file.ref).first()
    assert letter is not None
    letter.state = MailState.FAILED

    page = els.get("dashboard_staff.desk")
    assert page.links(".todo a") == [
        "/nl/team/mails?state=failed",
        f"/nl/team/beslissingen/oproep/{file.call.key}/reserve",
    ]
    els.get_path(page.links(".todo a")[0])

    a_conflict(file, els.person)
    assert els.get("dashboard_staff.desk").links(".todo a") == []


def test_the_last_deeds_name_their_file_and_leave_the_writing_out(els: SignedIn) -> None:
    an_application()
    moved = an_application(state=State.ELIGIBLE)

    page = els.get("dashboard_staff.desk")

    assert page.links(".history a") == [f"/nl/team/kandidaturen/{moved.key}"] * 2
    assert ["Ontvankelijk" in action for action in page.select(".history li:has(a)")] == [True, False]


def test_visitors_are_asked_to_sign_in_and_applicants_sent_away(client: PageClient, bruno: SignedIn) -> None:
    assert client.get("dashboard_staff.desk", status=302).location.startswith("/nl/team/aanmelden")
    bruno.get("dashboard_staff.desk", status=403)
