"""Scores for tests, and sums made by others: the additive model by least squares, with and without shrinkage."""

import random
from collections.abc import Sequence

import numpy as np
from hypothesis import strategies as st
from scipy import linalg

from app.core.i18n.bilingual import Bilingual
from app.ranking.rules.board import Ranked, RankedReviewer, Sheet, Terms
from app.ranking.rules.figures import Measure, Reading

WEIGHTS = (25, 20, 20, 15, 10, 10)
TERMS = Terms(places=3, readings=3, wide_spread=2, band=5)


def measures(*weights: int, highest: int = 5) -> list[Measure]:
    """Criteria with these weights."""
    title = Bilingual("Doel", "Finalité")
    return [Measure(n, f"C{n}", title, weight, 1, highest) for n, weight in enumerate(weights or WEIGHTS, 1)]


def sheet(readings: Sequence[Reading], *, weights: Sequence[int] = WEIGHTS, terms: Terms = TERMS) -> Sheet:
    """A sheet of every file and reader that these readings name."""
    files = [
        Ranked(one, f"key{one}", f"SE27-{one:04}", f"Dossier {one}", "nl", 1)
        for one in sorted({r.file for r in readings})
    ]
    reviewers = [RankedReviewer(one, f"Lezer {one}", 1) for one in sorted({r.reviewer for r in readings})]
    return Sheet(terms, measures(*weights), files, list(readings), reviewers)


def values(readings: Sequence[tuple[int, int, float]]) -> dict[int, list[tuple[float, int]]]:
    """(file, reader, value) by file, as the rules keep them."""
    found: dict[int, list[tuple[float, int]]] = {}
    for file, reviewer, value in readings:
        found.setdefault(file, []).append((value, reviewer))
    return {file: sorted(means) for file, means in found.items()}


def least_squares(
    readings: Sequence[tuple[int, int, float]], shrink: float
) -> tuple[dict[int, float], dict[int, float]]:
    """(values of files, mildness of readers) of value = file + reader, by a dense solver.

    Shrinkage is a row per reader that says, with weight sqrt(shrink), that their mildness is 0.
    """
    files, reviewers = sorted({one[0] for one in readings}), sorted({one[1] for one in readings})
    width = len(files) + len(reviewers)
    rows, right = [], []
    for file, reviewer, value in readings:
        row = np.zeros(width)
        row[files.index(file)] = row[len(files) + reviewers.index(reviewer)] = 1
        rows.append(row)
        right.append(value)
    for place in range(len(reviewers)):
        row = np.zeros(width)
        row[len(files) + place] = np.sqrt(shrink)
        rows.append(row)
        right.append(0.0)
    found = linalg.lstsq(np.array(rows), np.array(right))[0]
    return dict(zip(files, found[: len(files)], strict=True)), dict(zip(reviewers, found[len(files) :], strict=True))


def a_jury(
    files: int, reviewers: int, each: int, *, seed: int
) -> tuple[list[tuple[int, int, float]], dict[int, float]]:
    """Made-up readings of files with a true value, by readers of different severity; and those true values."""
    chance = random.Random(seed)
    truth = {file: chance.gauss(60, 10) for file in range(files)}
    severity = {reviewer: chance.gauss(0, 10) for reviewer in range(reviewers)}
    given = [
        (file, reviewer, truth[file] + severity[reviewer] + chance.gauss(0, 5))
        for file in range(files)
        for reviewer in chance.sample(range(reviewers), each)
    ]
    return given, truth


SCORES = st.one_of(st.none(), st.integers(1, 5))


@st.composite
def some_readings(draw: st.DrawFn, *, count: int = len(WEIGHTS), whole: bool = False) -> list[Reading]:
    """A few files, each read by some of a few readers; marks may be missing."""
    pairs = draw(st.sets(st.tuples(st.integers(1, 8), st.integers(1, 6)), min_size=1, max_size=24))
    scores = st.tuples(*[st.integers(1, 5) if whole else SCORES] * count)
    return [Reading(file, reviewer, 1, draw(scores)) for file, reviewer in sorted(pairs)]
