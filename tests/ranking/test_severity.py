"""The severity of readers: equal to a dense solver's, nearer to the truth than the plain mean, and modest."""

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy import stats

from app.ranking.rules.board import Board
from app.ranking.rules.figures import Figures, Reading
from app.ranking.rules.severity import SHRINK, Correction, corrected
from tests.ranking.judges import a_jury, least_squares, sheet, values

JURIES = [(30, 6, 3), (60, 12, 3), (8, 5, 2), (20, 3, 3), (12, 12, 1)]


def correction(readings: list[tuple[int, int, float]], *, shrink: float = SHRINK) -> Correction:
    """The rules' own, from (file, reader, value)."""
    files = {file: Figures(means, None, len(means), []) for file, means in values(readings).items()}
    return corrected(files, shrink=shrink)


@pytest.mark.parametrize(("files", "reviewers", "each"), JURIES)
def test_it_equals_least_squares_with_shrinkage(files: int, reviewers: int, each: int) -> None:
    readings, _truth = a_jury(files, reviewers, each, seed=files)

    found = correction(readings)

    judged_files, judged_readers = least_squares(readings, SHRINK)
    assert found.mildness == pytest.approx(judged_readers, abs=1e-3)
    assert found.values == pytest.approx(judged_files, abs=1e-3)


@pytest.mark.parametrize(("files", "reviewers", "each"), [(30, 6, 3), (20, 3, 3), (40, 8, 2)])
def test_without_shrinkage_it_equals_the_plain_additive_model(files: int, reviewers: int, each: int) -> None:
    readings, _truth = a_jury(files, reviewers, each, seed=files)

    found = correction(readings, shrink=1e-9)

    _files, judged = least_squares(readings, 0)
    middle = sum(judged.values()) / len(judged)
    assert found.groups == 1
    assert found.mildness == pytest.approx({one: value - middle for one, value in judged.items()}, abs=1e-2)


def test_it_is_nearer_to_the_truth_than_the_plain_mean() -> None:
    plain, better = [], []
    for seed in range(20):
        readings, truth = a_jury(30, 6, 3, seed=seed)
        means = {file: sum(value for value, _reader in own) / len(own) for file, own in values(readings).items()}
        found = correction(readings)
        plain.append(stats.spearmanr([means[one] for one in truth], list(truth.values())).statistic)
        better.append(stats.spearmanr([found.values[one] for one in truth], list(truth.values())).statistic)

    assert sum(better) / 20 > 0.9
    assert sum(better) / 20 > sum(plain) / 20 + 0.05


@settings(max_examples=40)
@given(st.integers(2, 7), st.integers(2, 5), st.integers(0, 4), st.integers(-40, 40), st.integers(0, 99))
def test_where_everybody_read_everything_a_milder_reader_changes_no_rank(
    files: int, reviewers: int, who: int, more: int, seed: int
) -> None:
    readings, _truth = a_jury(files, reviewers, reviewers, seed=seed)
    shifted = [(file, reviewer, value + more * (reviewer == who % reviewers)) for file, reviewer, value in readings]

    before, after = correction(readings).values, correction(shifted).values

    moves = [after[file] - before[file] for file in before]
    assert max(moves) - min(moves) < 1e-2


@settings(max_examples=40)
@given(st.integers(0, 5), st.integers(-30, 30), st.integers(0, 99))
def test_where_readers_are_tied_a_milder_one_changes_no_difference(who: int, more: int, seed: int) -> None:
    """Without shrinkage exactly; with it by less than what the plain means move."""
    readings, _truth = a_jury(24, 6, 3, seed=seed)
    shifted = [(file, reviewer, value + more * (reviewer == who)) for file, reviewer, value in readings]

    exact = [correction(one, shrink=1e-9).values for one in (readings, shifted)]
    shrunk = [correction(one).values for one in (readings, shifted)]

    assert _range(*exact) < 5e-2
    assert _range(*shrunk) <= abs(more) / 3 + 1e-2


@settings(max_examples=40)
@given(st.integers(0, 99), st.integers(-20, 20))
def test_values_move_along_with_the_scale(seed: int, more: int) -> None:
    readings, _truth = a_jury(10, 4, 2, seed=seed)

    before = correction(readings)
    after = correction([(file, reviewer, value + more) for file, reviewer, value in readings])

    assert after.mildness == pytest.approx(before.mildness, abs=1e-3)
    assert after.values == pytest.approx({file: value + more for file, value in before.values.items()}, abs=1e-3)


@given(st.integers(1, 40))
def test_a_reader_nobody_can_be_compared_with_is_not_corrected(value: int) -> None:
    assume(value != 20)

    alone = correction([(1, 1, 20.0), (2, 2, float(value))])

    assert alone.mildness == {1: 0.0, 2: 0.0}
    assert alone.values == {1: 20.0, 2: float(value)}
    assert alone.groups == 2


def test_one_comparison_is_believed_less_than_many() -> None:
    once = correction([(1, 1, 80.0), (1, 2, 60.0)])
    often = correction([(file, reviewer, 80.0 - 20 * reviewer) for file in range(30) for reviewer in (0, 1)])

    assert once.mildness[1] == pytest.approx(20 * 0.5 / (1 + 2), abs=1e-3)
    assert often.mildness[0] == pytest.approx(9.375, abs=1e-2)


def test_nothing_read_is_nothing_corrected() -> None:
    assert correction([]) == Correction({}, {}, 0)
    assert Board(sheet([Reading(1, 1, 1, (None,) * 6)])).correction.values == {}


def _range(before: dict[int, float], after: dict[int, float]) -> float:
    moves = [after[file] - before[file] for file in before]
    return max(moves) - min(moves)
