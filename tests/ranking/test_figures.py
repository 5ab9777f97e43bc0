"""Means, median, spread and order: right, indifferent to order, and never counting what is missing as zero."""

import random
from statistics import fmean

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from app.ranking.rules.board import Board, replayed
from app.ranking.rules.figures import Reading, figures
from app.ranking.rules.order import Sort, band_around, cut_off_of, in_order, shared_ranks
from app.review.rules.scoring import Scored, weighted_mean
from tests.ranking.judges import WEIGHTS, measures, sheet, some_readings


@given(some_readings())
def test_a_readers_value_is_the_weighted_mean_of_what_they_scored(readings: list[Reading]) -> None:
    found = figures(readings, measures())

    for reading in readings:
        scored = [Scored(w, s, 5) for w, s in zip(WEIGHTS, reading.scores, strict=True) if s is not None]
        value = {reviewer: value for value, reviewer in found[reading.file].means}.get(reading.reviewer)
        assert value == pytest.approx(weighted_mean(scored))
        answered = [(s, w) for s, w in zip(reading.scores, WEIGHTS, strict=True) if s is not None]
        if answered:
            scores, weights = zip(*answered, strict=True)
            assert value == pytest.approx(20 * np.average(scores, weights=weights))


@given(some_readings())
def test_figures_of_a_file_equal_those_of_scipy(readings: list[Reading]) -> None:
    for own in figures(readings, measures()).values():
        if not own.means:
            assert (own.raw, own.median, own.spread, own.deviation) == (None, None, None, None)
            continue
        given_values = [value for value, _reader in own.means]
        assert own.raw == pytest.approx(fmean(given_values))
        assert own.median == pytest.approx(np.median(given_values))
        assert own.spread == pytest.approx(np.ptp(given_values))
        if len(given_values) > 1:
            assert own.deviation == pytest.approx(np.std(given_values, ddof=1), abs=1e-9)
        for column, part in zip(own.scores, own.parts, strict=True):
            assert (
                part is None
                if not column
                else (part.mean, part.spread) == (pytest.approx(fmean(column)), np.ptp(column))
            )


@given(some_readings(), st.randoms())
def test_the_order_of_the_readings_changes_nothing(readings: list[Reading], chance: random.Random) -> None:
    mixed = readings[:]
    chance.shuffle(mixed)

    one, other = Board(sheet(readings)), Board(sheet(mixed))

    assert one.order() == other.order()
    assert one.ranks == other.ranks
    assert one.correction.values == pytest.approx(other.correction.values, abs=1e-2)


@given(some_readings(whole=True), st.integers(0, len(WEIGHTS) - 1))
def test_a_missing_score_never_counts_as_zero(readings: list[Reading], gap: int) -> None:
    """Without a score a file has the value that it would have if that criterion did not exist."""
    without = [one._replace(scores=(*one.scores[:gap], None, *one.scores[gap + 1 :])) for one in readings]
    weights = [0 if place == gap else weight for place, weight in enumerate(WEIGHTS)]

    gone, never = figures(without, measures()), figures(readings, measures(*weights))

    assert {file: own.raw for file, own in gone.items()} == pytest.approx(
        {file: own.raw for file, own in never.items()}
    )
    assert all(own.raw >= 20 for own in gone.values() if own.raw is not None)


@given(st.lists(st.one_of(st.none(), st.integers(0, 20)), max_size=30))
def test_ranks_are_shared_as_scipy_shares_them(given_values: list[int | None]) -> None:
    values = dict(enumerate(given_values))
    known = {one: value for one, value in values.items() if value is not None}

    ranks = shared_ranks(values)

    judged = stats.rankdata([-value for value in known.values()], method="min") if known else []
    assert [ranks[one] for one in known] == list(judged)
    assert ranks.keys() == known.keys()


def test_ties_are_listed_by_reference_and_the_unread_come_last() -> None:
    references = {1: "SE27-0009", 2: "SE27-0001", 3: "SE27-0005", 4: "SE27-0002"}

    assert in_order({1: 70.0, 2: 70.00000001, 3: None, 4: 80.0}, references) == [4, 2, 1, 3]


def test_the_line_stands_at_the_last_place_and_a_shared_value_is_said() -> None:
    assert cut_off_of([90.0, 80.0, 70.0], 2) is not None
    assert [cut_off_of([90.0, 80.0, 70.0], places) for places in (0, 3, 4)] == [None, None, None]
    cut_off, shared = cut_off_of([90.0, 80.0, 70.0], 2), cut_off_of([90.0, 80.0, 80.0], 2)
    assert cut_off
    assert shared
    assert (cut_off.value, cut_off.shared) == (80.0, False)
    assert (shared.value, shared.shared) == (80.0, True)
    assert band_around({1: 90.0, 2: 85.0, 3: 75.0, 4: 74.9, 5: None}, cut_off, 5) == {2: 5.0, 3: -5.0}
    assert band_around({1: 90.0}, None, 5) == {}


@given(some_readings(whole=True))
def test_other_weights_in_the_same_proportion_change_nothing(readings: list[Reading]) -> None:
    known = sheet(readings)
    doubled = replayed(known, {one.id: 2 * one.weight for one in known.measures})

    assert Board(doubled).values(Sort.RAW) == pytest.approx(Board(known).values(Sort.RAW))


def test_without_a_reader_their_readings_are_not_counted() -> None:
    known = sheet([Reading(1, 1, 1, (5,) * 6), Reading(1, 2, 1, (1,) * 6)])

    assert Board(replayed(known, {}, frozenset({2}))).values(Sort.RAW) == {1: pytest.approx(100)}
    assert Board(replayed(known, dict.fromkeys(range(1, 7), 0))).values(Sort.RAW) == {1: None}
