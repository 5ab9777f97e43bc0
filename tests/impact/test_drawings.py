"""What is drawn can be counted: as many windows, gables, doors and arches as the figure says."""

import re
from collections.abc import Callable

import pytest
from markupsafe import Markup

from app.impact.rules.drawings import arches, block, doors, gables

Drawing = Callable[[int], tuple[str, Markup]]


PANE = "h14v22"


def outlines(kind: str, inside: str, shape: str = "M") -> int:
    """How many shapes the paths of one colour hold."""
    return sum(outline.count(shape) for outline in re.findall(rf'class="{kind}" d="([^"]*)"', inside))


def box(frame: str) -> tuple[float, float]:
    _x, _y, width, height = (float(side) for side in frame.split())
    return width, height


@pytest.mark.parametrize(("drawing", "kind"), [(gables, "fill-brick"), (doors, "door"), (arches, "light")])
@pytest.mark.parametrize("count", [1, 30, 42, 77, 250])
def test_one_shape_per_thing(drawing: Drawing, kind: str, count: int) -> None:
    frame, inside = drawing(count)

    assert outlines(kind, inside) == count
    assert min(box(frame)) > 0


@pytest.mark.parametrize("drawing", [gables, doors, arches])
def test_every_shape_stands_within_the_frame(drawing: Drawing) -> None:
    frame, inside = drawing(61)

    width, height = box(frame)
    starts = [(float(x), float(y)) for x, y in re.findall(r"M(\d+) (\d+)", inside)]
    assert max(x for x, _y in starts) < width
    assert max(y for _x, y in starts) <= height


@pytest.mark.parametrize(("total", "lit"), [(136, 26), (136, 0), (136, 136), (1, 1), (74, 20), (37, 10)])
def test_the_block_has_a_window_per_project_and_a_light_per_one_under_way(total: int, lit: int) -> None:
    _frame, inside = block(total, lit)

    assert (outlines("pane", inside, PANE), outlines("light", inside, PANE)) == (total - lit, lit)


def test_lights_are_spread_over_the_whole_front() -> None:
    _frame, inside = block(136, 26)

    rows = {int(y) for y in re.findall(r"M\d+ (\d+)", re.findall(r'class="light" d="([^"]*)"', inside)[0])}
    assert len(rows) >= 6


@pytest.mark.parametrize("drawing", [gables, doors, arches])
def test_nothing_to_count_draws_nothing(drawing: Drawing) -> None:
    assert drawing(0)[1] == ""
