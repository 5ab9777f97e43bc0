"""What a path says, in points."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.drawings import poster
from app.core.drawings.gables import FAMILIES
from app.core.drawings.house import House, house, house_of, parts
from app.core.drawings.outline import arc, commands, outlines


def only(path: str) -> list[tuple[float, float]]:
    (line,) = outlines(path)
    return line.points


@pytest.mark.parametrize(
    ("path", "points"),
    [
        ("M1 2L3 4", [(1, 2), (3, 4)]),
        ("M1 2 3 4 5 6", [(1, 2), (3, 4), (5, 6)]),
        ("m1 2 3 4", [(1, 2), (4, 6)]),
        ("M1 2h3v4H0V0", [(1, 2), (4, 2), (4, 6), (0, 6), (0, 0)]),
        ("M10-5l-3-4.5.5.5", [(10, -5), (7, -9.5), (7.5, -9)]),
        ("M0 0,1e1,2", [(0, 0), (10, 2)]),
    ],
)
def test_straight_lines(path: str, points: list[tuple[float, float]]) -> None:
    assert only(path) == points


def test_a_closed_line_goes_on_from_where_it_began() -> None:
    first, second = outlines("M2 3h4v4zl1 1")

    assert (first.points, first.closed) == ([(2, 3), (6, 3), (6, 7)], True)
    assert (second.points, second.closed) == ([(2, 3), (3, 4)], False)


def test_each_move_begins_a_line() -> None:
    assert [line.points for line in outlines("M0 0h1M5 5m1 1v2M9 9")] == [[(0, 0), (1, 0)], [(6, 6), (6, 8)]]


def test_a_curve_bends_and_its_mirror_follows() -> None:
    points = only("M0 0q6 -7 12 0t12 0")

    assert points[16] == (12, 0)
    assert points[8] == pytest.approx((6, -3.5))
    assert points[24] == pytest.approx((18, 3.5))
    assert points[-1] == (24, 0)


def test_a_half_circle_stays_on_its_circle() -> None:
    points = only("M0 10a10 10 0 0 1 20 0")

    assert all(math.dist(point, (10, 10)) == pytest.approx(10) for point in points)
    assert min(y for _x, y in points) == pytest.approx(0)
    assert max(y for _x, y in only("M0 10a10 10 0 0 0 20 0")) == pytest.approx(20)


def test_a_large_arc_takes_the_long_way() -> None:
    points = only("M10 0A10 10 0 1 1 0 10")

    assert len({round(math.dist(point, (10, 10)), 6) for point in points}) == 1
    assert max(x for x, _y in points) == pytest.approx(20, abs=0.2)


@given(
    st.tuples(*[st.floats(-50, 50)] * 4),
    st.tuples(st.floats(0.5, 60), st.floats(0.5, 60)),
    st.floats(0, 180),
    st.booleans(),
    st.booleans(),
)
def test_an_arc_ends_where_it_should(
    ends: tuple[float, float, float, float], radii: tuple[float, float], tilt: float, large: bool, sweep: bool
) -> None:
    points = arc(ends[:2], ends[2:], radii, tilt=tilt, large=large, sweep=sweep)

    assert points[-1] == ends[2:]
    assert all(math.isfinite(x) and math.isfinite(y) for x, y in points)


@pytest.mark.parametrize("path", ["M0 0C1 1 2 2 3 3", "M0 0L1", "M0 0z4", "0 0"])
def test_what_cannot_be_drawn_is_refused(path: str) -> None:
    with pytest.raises(ValueError, match="“"):
        list(commands(path))


def extent(drawn: House) -> tuple[float, float, float, float]:
    points = [point for _kind, path in parts(drawn) for line in outlines(path) for point in line.points]
    xs, ys = [x for x, _y in points], [y for _x, y in points]
    return min(xs), max(xs), min(ys), max(ys)


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize("jobs", [1, 4, 9])
def test_every_kind_of_house_can_be_drawn(family: str, jobs: int) -> None:
    for seed in ("casa-legal", "coopiteasy", "smart", "x"):
        drawn = house(seed, family, "fill-brick", jobs=jobs)
        left, right, top, bottom = extent(drawn)

        assert -5 <= left <= right <= drawn.width + 9
        assert -drawn.height - 20 <= top < bottom == 0


def test_the_parts_of_a_house_are_those_of_its_picture() -> None:
    kinds = [kind for kind, _path in parts(house_of("casa-legal", "cv", "food", 3))]

    assert set(kinds) <= {*poster.FILLS, "outline"}
    assert len(kinds) > 4
