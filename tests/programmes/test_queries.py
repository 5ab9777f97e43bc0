"""Which call a visitor sees, and what belongs to it."""

from datetime import date, timedelta

import pytest

from app.core import clock
from app.programmes.queries import public
from app.programmes.rules.calls import CallState
from tests.builders import a_call, a_criterion, a_programme, a_step, a_version

pytestmark = pytest.mark.usefixtures("app")


def test_programmes_come_in_their_order_each_with_its_current_call() -> None:
    later, first = a_programme("peps", position=2), a_programme("inspire", position=1)
    version = a_version()
    a_call(later, open=False, version=version)
    running = a_call(later, version=version)

    found = public.programmes(clock.now())

    assert [(row.title, row.call and row.call.id) for row in found] == [(first.title, None), (later.title, running.id)]


@pytest.mark.parametrize(
    ("days", "state"),
    [(-11, CallState.SCHEDULED), (0, CallState.OPEN), (14, CallState.CLOSING_SOON), (20, CallState.CLOSED)],
)
def test_call_is_looked_at_from_the_moment_that_is_asked(days: int, state: CallState) -> None:
    a_call()

    call = public.programmes(clock.now() + timedelta(days=days))[0].call

    assert call is not None
    assert (call.state, call.days_left) == (state, 20 - days)
    assert call.takes_applications is (state in (CallState.OPEN, CallState.CLOSING_SOON))


def test_rolling_call_takes_applications_and_has_no_days_left() -> None:
    a_call(rolling=True)

    call = public.programmes(clock.now())[0].call

    assert call is not None
    assert (call.state, call.takes_applications, call.days_left) == (CallState.ROLLING, True, 0)


def test_programme_is_found_by_its_slug_in_the_language_of_the_page() -> None:
    seeds = a_programme("seeds")

    assert public.programme("seeds-fr", "fr", clock.now()).id == seeds.id  # type: ignore[union-attr]
    assert public.programme("seeds-fr", "nl", clock.now()) is None


def test_timeline_and_rubric_keep_their_order_and_stay_with_their_call() -> None:
    version = a_version()
    call, other = a_call(version=version), a_call(version=version)
    a_step(call, on=date(2027, 4, 1), position=1)
    a_step(call, on=date(2027, 3, 1), position=2)
    a_step(other, on=date(2027, 2, 1))
    a_criterion(call, "C1", weight=60)
    a_criterion(call, "C2", weight=40)
    a_criterion(other)

    steps, criteria = public.timeline_and_rubric(call.id)

    assert [step.on for step in steps] == [date(2027, 3, 1), date(2027, 4, 1)]
    assert [criterion.weight for criterion in criteria] == [60, 40]
    assert [score for score, _text in criteria[0].anchors] == [1, 5]


def test_call_without_steps_or_criteria_has_none() -> None:
    assert public.timeline_and_rubric(a_call().id) == ([], [])


def test_form_is_the_version_that_the_call_holds() -> None:
    version = a_version()
    a_call(version=version)
    call = public.programmes(clock.now())[0].call

    assert call is not None
    assert public.form_of(call).key == version.definition["key"]
    assert public.form_of(call) is public.form_of(call)
