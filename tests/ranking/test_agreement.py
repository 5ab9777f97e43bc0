"""Krippendorff's alpha: equal to the library's, with gaps; 1 for perfect agreement; unknown without two scores."""

import krippendorff
import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from app.ranking.rules.agreement import Agreement, alpha, meaning
from app.ranking.rules.board import Board
from app.ranking.rules.figures import Reading
from tests.ranking.judges import sheet, some_readings

SCORES = st.one_of(st.none(), st.integers(1, 5))
TABLES = st.integers(2, 6).flatmap(
    lambda width: st.lists(st.lists(SCORES, min_size=width, max_size=width), min_size=2, max_size=12)
)


def units(table: list[list[int | None]]) -> list[list[int]]:
    """Rows of files without their gaps."""
    return [[score for score in row if score is not None] for row in table]


@given(TABLES)
def test_it_equals_the_library(table: list[list[int | None]]) -> None:
    found = alpha(units(table))

    paired = [row for row in units(table) if len(row) > 1]
    assume(len(paired) > 1)
    assume(len({score for row in paired for score in row}) > 1)
    data = np.array([[np.nan if score is None else score for score in row] for row in table]).T
    assert found == pytest.approx(krippendorff.alpha(reliability_data=data, level_of_measurement="interval"))


def test_it_equals_the_example_in_the_book() -> None:
    """Krippendorff's own data of four observers and twelve units, interval metric: 0.849."""
    table = [
        [1, 1, None, 1],
        [2, 2, 3, 2],
        [3, 3, 3, 3],
        [3, 3, 3, 3],
        [2, 2, 2, 2],
        [1, 2, 3, 4],
        [4, 4, 4, 4],
        [1, 1, 2, 1],
        [2, 2, 2, 2],
        [None, 5, 5, 5],
        [None, None, 1, 1],
        [None, None, 3, None],
    ]

    assert alpha(units(table)) == pytest.approx(0.849, abs=5e-4)


@given(st.lists(st.tuples(st.integers(1, 5), st.integers(2, 5)), min_size=2, max_size=10))
def test_perfect_agreement_is_one(files: list[tuple[int, int]]) -> None:
    assume(len({score for score, _count in files}) > 1)

    assert alpha([score] * count for score, count in files) == pytest.approx(1)


@given(TABLES, st.integers(-3, 3), st.integers(1, 4))
def test_another_scale_changes_nothing(table: list[list[int | None]], more: int, times: int) -> None:
    before = alpha(units(table))

    after = alpha([[times * score + more for score in row] for row in units(table)])

    assert after == before if before is None else after == pytest.approx(before)


def test_nothing_to_compare_is_unknown() -> None:
    assert alpha([]) is None
    assert alpha([[3], [4], []]) is None
    assert alpha([[1, 5], [4]]) is None
    assert alpha([[3, 3], [3, 3]]) is None
    assert alpha([[62.35, 62.35], [62.35, 62.35]]) is None


@given(some_readings())
def test_a_call_has_one_alpha_and_one_for_each_criterion(readings: list[Reading]) -> None:
    whole, parts = Board(sheet(readings)).agreement()

    assert len(parts) == 6
    assert all(one is None or one <= 1 + 1e-9 for one in (whole, *parts))


@pytest.mark.parametrize(
    ("value", "means"),
    [
        (None, "unknown"),
        (0.95, "good"),
        (0.8, "good"),
        (0.7, "tentative"),
        (0.4, "some"),
        (0.1, "chance"),
        (-0.3, "chance"),
    ],
)
def test_what_a_value_means(value: float | None, means: str) -> None:
    assert meaning(value) == Agreement(means)
