"""The optional questions: counts for the team, in which nobody can be found."""

from typing import Any

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from app.applications.actions import handing_in
from app.applications.models import MonitoringCount
from app.applications.rules.monitoring import released, released_total
from app.core.db.base import db
from app.form_builder.forms import QuestionForm
from app.programmes.models import Call
from tests.builders import a_call, a_version, an_application, the_form
from tests.conftest import Clock
from tests.people import ELS, SignedIn, signed_in

PAGE = "applications_staff.statistics"


def a_counted_call(**counts: int) -> Call:
    """A call with the real form, and these answers to the question of gender."""
    call = a_call(version=a_version(the_form()))
    for answer, count in counts.items():
        db.session.add(MonitoringCount(call_id=call.id, question="gender", answer=answer, count=count))
    db.session.commit()
    return call


def cells(page: Any) -> list[str]:
    """What the first table says, the total last."""
    return [cell.text for cell in page.soup.select_one("main table").select("td")]


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ((9, 7, 6, 5), (9, 7, 6, 5)),
        ((9, 7, 0, 0), (9, 7, 0, 0)),
        ((12, 9, 3, 6), (12, 9, None, None)),  # 3 alone could be computed from the total
        ((12, 9, 2, 1), (12, None, None, None)),  # 2 and 1 together are a group of 3
        ((12, 3, 0, 0), (None, None, 0, 0)),
        ((4, 0, 0, 0), (None, None, None, None)),
        ((2, 2, 2, 0), (None, None, None, 0)),
    ],
)
def test_small_groups_are_hidden_and_cannot_be_computed(
    counts: tuple[int, ...], expected: tuple[int | None, ...]
) -> None:
    assert tuple(released(dict(zip("abcd", counts, strict=True))).values()) == expected


@given(st.lists(st.integers(0, 40), min_size=1, max_size=7))
def test_what_is_shown_tells_of_no_group_under_five(counts: list[int]) -> None:
    given_counts = {str(number): count for number, count in enumerate(counts)}

    shown, total = released(given_counts), released_total(given_counts)

    assert all(count is None or count == 0 or count >= 5 for count in shown.values())
    hidden = [code for code, count in shown.items() if count is None]
    if hidden and total is not None:
        left = total - sum(count for count in shown.values() if count is not None)
        assert len(hidden) >= 2
        assert left >= 5


@pytest.mark.parametrize(("lang", "hidden"), [("nl", "verborgen"), ("fr", "masqué")])
def test_the_team_reads_counts_once_the_call_has_closed(els: SignedIn, clock: Clock, lang: str, hidden: str) -> None:
    call = a_counted_call(woman=12, man=9, x=3, not_said=6)
    assert call.closes_at
    assert els.get(PAGE, lang=lang, key=call.key).soup.select("main table") == []

    clock.set(call.closes_at)
    clock.forward(minutes=16)
    els = signed_in(els.app, ELS)
    page = els.get(PAGE, lang=lang, key=call.key)

    assert cells(page) == ["12", "9", hidden, hidden, "30"]
    assert len(page.soup.select("main table")) == 4
    assert page.soup.select("main form, main input, main select") == []
    assert els.get("programmes_staff.call", lang=lang, key=call.key).links(f'a[href$="{page.path}"]')


@pytest.mark.parametrize("who", ["daan", "farid", "amina"])
def test_only_the_team_reads_them(request: pytest.FixtureRequest, who: str) -> None:
    request.getfixturevalue(who).get(PAGE, key=a_counted_call().key, status=403)


def test_nobody_signed_out_and_no_other_call(els: SignedIn, client: Any) -> None:
    client.get(PAGE, key=a_counted_call().key, status=302)
    els.get(PAGE, key="nergens", status=404)


def test_a_call_without_a_deadline_asks_nothing_and_says_why(els: SignedIn, bruno: SignedIn, clock: Clock) -> None:
    call = a_call(version=a_version(the_form()), rolling=True)
    file = an_application(call=call, person=bruno.person)
    handing_in.count_statistics(file, {"gender": "x"}, at=clock())

    page = bruno.get("applications_applicant.check", key=file.key)

    assert page.soup.select("#statistics") == []
    assert db.session.query(MonitoringCount).count() == 0
    assert len(els.get(PAGE, key=call.key).soup.select("main p.note")) == 1


def test_whoever_hands_in_late_is_not_counted_any_more(bruno: SignedIn, clock: Clock) -> None:
    file = an_application(call=a_call(version=a_version(the_form())), person=bruno.person)
    assert bruno.get("applications_applicant.check", key=file.key).soup.select("#statistics") != []
    assert file.call.closes_at
    file.late_until = file.call.closes_at.replace(year=2028)
    db.session.commit()
    clock.set(file.call.closes_at)
    clock.forward(minutes=16)

    handing_in.count_statistics(file, {"gender": "x"}, at=clock())

    assert bruno.get("applications_applicant.check", key=file.key).soup.select("#statistics") == []
    assert db.session.query(MonitoringCount).count() == 0


def test_the_builder_promises_no_indicator_and_keeps_what_a_form_says(app: Flask) -> None:
    with app.test_request_context("/nl/"):
        before = {"key": "jobs", "kind": "short_text", "indicator": "jobs_created", "label": {"nl": "a", "fr": "b"}}
        form = QuestionForm(data=QuestionForm.data_of(before))

        assert "indicator" not in form
        assert form.question(before, [])["indicator"] == "jobs_created"
