"""The timeline of a call: a wall for each step, set out by date."""

from datetime import date, timedelta
from itertools import pairwise

import pytest

from app.core.drawings.timeline import EDGE, LEAST_GAP, WIDTH, positions, timeline

FIRST = date(2026, 11, 16)


def month(day: date) -> str:
    return f"m{day.month}"


def days(*after: int) -> list[date]:
    return [FIRST + timedelta(days=number) for number in after]


def test_walls_stand_in_proportion_to_their_days() -> None:
    assert positions(days(0, 50, 100)) == [EDGE, WIDTH / 2, WIDTH - EDGE]


@pytest.mark.parametrize("after", [(0,), (0, 0), (0, 1, 2, 3, 200), (0, 197, 198, 199, 200), tuple(range(40))], ids=str)
def test_walls_keep_their_order_their_distance_and_the_frame(after: tuple[int, ...]) -> None:
    found = positions(days(*after))
    gap = min(LEAST_GAP, (WIDTH - 2 * EDGE) / max(1, len(after) - 1))

    assert all(later - earlier >= gap - 0.01 for earlier, later in pairwise(found))
    assert EDGE - 0.01 <= found[0] <= found[-1] <= WIDTH - EDGE + 0.01


def test_what_is_over_is_built_and_what_comes_is_dashed() -> None:
    drawn = timeline(list(zip(days(0, 30, 60, 90), ["done", "now", "next", "next"], strict=True)), month)

    assert drawn.count("stroke-dasharray") == 2
    assert drawn.count('class="fill-rose"') == 1
    assert drawn.count('class="fill-mimosa"') == 1


def test_months_are_named_in_their_order() -> None:
    drawn = timeline([(day, "next") for day in days(0, 40, 80, 120)], month)

    names = [drawn.find(f">m{number}<") for number in (12, 1, 2, 3)]

    assert -1 not in names
    assert names == sorted(names)


def test_a_call_of_one_step_has_a_picture() -> None:
    assert "<svg" in timeline([(FIRST, "now")], month)
