"""Places left, and which filters of the agenda can change something."""

from datetime import UTC, datetime

import pytest

from app.events.rules import AgendaFilter, Group, Occupancy, how_many, occupancy, useful

STARTS = datetime(2027, 2, 8, 10, tzinfo=UTC)
BEFORE = datetime(2027, 2, 1, 10, tzinfo=UTC)
GROUPS = [Group("nl", "seeds", 2), Group("fr", "seeds", 1), Group("both", "", 3)]


@pytest.mark.parametrize(
    ("taken", "left", "registration"),
    [
        ({}, 3, "open"),
        ({"confirmed": 2, "cancelled": 4}, 1, "open"),
        ({"confirmed": 3}, 0, "waiting_list"),
        ({"confirmed": 2, "waiting": 1}, 0, "waiting_list"),  # the free place is theirs
        ({"confirmed": 5}, 0, "waiting_list"),  # an editor made the room smaller
    ],
)
def test_a_free_place_is_only_free_while_nobody_waits(taken: dict[str, int], left: int, registration: str) -> None:
    found = occupancy(3, taken, starts_at=STARTS, at=BEFORE)

    assert (found.left, found.registration) == (left, registration)


def test_once_it_has_begun_signing_up_is_closed() -> None:
    assert occupancy(3, {}, starts_at=STARTS, at=STARTS) == Occupancy(3, 0, 0, is_open=False)
    assert occupancy(3, {}, starts_at=STARTS, at=STARTS).registration == "closed"


@pytest.mark.parametrize(
    ("wanted", "count"),
    [
        (AgendaFilter(), 6),
        (AgendaFilter("nl"), 5),
        (AgendaFilter("fr"), 4),
        (AgendaFilter("", "seeds"), 3),
        (AgendaFilter("fr", "seeds"), 1),
        (AgendaFilter("fr", "peps"), 0),
    ],
)
def test_filters_are_counted_together(wanted: AgendaFilter, count: int) -> None:
    assert how_many(GROUPS, wanted) == count


@pytest.mark.parametrize(
    ("counts", "every", "chosen", "shown"),
    [
        ({"nl": 2, "fr": 3}, 5, "", ["nl", "fr"]),
        ({"nl": 5, "fr": 5}, 5, "", []),  # everything is held in both languages
        ({"nl": 5, "fr": 0}, 5, "", []),
        ({"nl": 2, "fr": 0}, 2, "fr", ["nl", "fr"]),  # what is chosen can be undone
        ({}, 0, "", []),
    ],
)
def test_a_filter_shows_only_when_it_can_change_the_list(
    counts: dict[str, int], every: int, chosen: str, shown: list[str]
) -> None:
    assert list(useful(counts, every, chosen)) == shown
