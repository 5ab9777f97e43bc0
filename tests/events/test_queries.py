"""What is still to come, and what is over."""

from datetime import timedelta

import pytest

from app.core import clock
from app.events import queries
from tests.builders import a_programme, an_event

pytestmark = pytest.mark.usefixtures("app")


def test_upcoming_holds_what_is_going_on_and_puts_the_soonest_first() -> None:
    later, going_on, over = an_event(in_days=9), an_event(in_days=-1 / 24), an_event(in_days=-2 / 24)

    at = clock.now()

    assert [row.slug for row in queries.upcoming(at, limit=5)] == [going_on.slug, later.slug]
    assert [row.slug for row in queries.past(at, limit=5)] == [over.slug]


def test_past_puts_the_latest_first_and_stops_at_the_limit() -> None:
    events = [an_event(in_days=-days) for days in (3, 1, 2)]

    found = queries.past(clock.now(), limit=2)

    assert [row.slug for row in found] == [events[1].slug, events[2].slug]


def test_sessions_of_a_programme_leave_others_out() -> None:
    programme = a_programme("seeds")
    own = an_event(programme_id=programme.id)
    an_event()

    assert [row.slug for row in queries.of_programme(programme.id, clock.now(), limit=5)] == [own.slug]
    assert queries.of_programme(programme.id, clock.now() + timedelta(days=30), limit=5) == []


def test_event_is_found_by_its_slug_in_the_language_of_the_page() -> None:
    evening = an_event()

    assert queries.event(evening.slug.fr, "fr") == evening
    assert queries.event(evening.slug.fr, "nl") is None
