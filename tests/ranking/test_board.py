"""One page of the ranking: alarms, the line, paging, the effect of weights, how lines are written, two files beside."""

from dataclasses import replace
from datetime import date

import pytest

from app.applications.rules.states import State
from app.questionnaires.rules.answers import Row as Answer
from app.questionnaires.rules.answers import SectionSummary
from app.ranking.rules.alarms import Alarm, AlarmKind
from app.ranking.rules.board import Board, Terms, replayed
from app.ranking.rules.effect import effect
from app.ranking.rules.figures import Reading
from app.ranking.rules.listing import Filter, ListParams, listing
from app.ranking.rules.order import Sort
from app.ranking.rules.pairs import Opinion, beside, readings_of
from app.ranking.rules.shown import ranking_line, reviewer_lines
from app.ranking.rules.stages import Progress
from tests.ranking.judges import measures, sheet

WIDE, FEW, OUTLIER, CHANGED = AlarmKind.WIDE, AlarmKind.FEW, AlarmKind.OUTLIER, AlarmKind.CHANGED


def flat(*scores: int, file: int = 1) -> list[Reading]:
    """One file, read by as many readers as scores, each with one score for everything."""
    return [Reading(file, reviewer, 1, (score,) * 6) for reviewer, score in enumerate(scores, 1)]


@pytest.mark.parametrize(
    ("readings", "wanted"),
    [
        (flat(4, 4, 4), []),
        (flat(4, 4), [Alarm(FEW, 1)]),
        (flat(3, 4, 4), [Alarm(OUTLIER, 20)]),
        ([one._replace(seen=0) for one in flat(4, 4, 4)], [Alarm(CHANGED)]),
        ([Reading(1, 1, 1, (5, 3, 3, 3, 3, 3)), *flat(3, 3, 3)[1:]], [Alarm(WIDE, 2, "C1")]),
        ([Reading(1, 1, 1, (None,) * 6), *flat(3, 3, 3)[1:]], []),
    ],
)
def test_alarms_say_what_is_odd(readings: list[Reading], wanted: list[Alarm]) -> None:
    board = Board(sheet(readings))

    assert board.alarms(1) == wanted
    assert board.needs_discussion(1) is bool(wanted)


def test_a_file_that_nobody_read_waits_for_all_its_readings() -> None:
    known = sheet(flat(4, 4, 4))
    unread = known.files[0]._replace(id=2, reference="SE27-0002")
    board = Board(replace(known, files=[*known.files, unread]))

    assert board.alarms(2) == [Alarm(FEW, 3)]
    assert board.row(2)[1:] == (board.of(2), None, None, None)
    assert board.order(Sort.SPREAD) == [1, 2]


def many(count: int) -> Board:
    """So many files, the first one the best, three readers who agree."""
    readings = [
        Reading(file, reviewer, 1, (5 if file <= count // 2 else 3,) * 6)
        for file in range(1, count + 1)
        for reviewer in (1, 2, 3)
    ]
    return Board(sheet(readings, terms=Terms(places=count // 2, readings=3, wide_spread=2, band=5)))


def test_a_page_holds_a_hundred_and_the_line_stands_on_one() -> None:
    board = many(250)

    pages = [listing(board, ListParams(page=page)) for page in (1, 2, 3, 99)]

    assert [len(page.entries) for page in pages] == [100, 100, 50, 50]
    assert [page.entries_above for page in pages] == [None, 25, None, None]
    assert [page.page for page in pages] == [1, 2, 3, 3]
    assert {page.pages for page in pages} == {3}
    assert pages[0].counts == {Filter.ALL: 250, Filter.TALK: 0, Filter.BAND: 125}
    unordered = [listing(board, ListParams(sort=sort)) for sort in (Sort.SPREAD, Sort.REFERENCE)]
    assert [one.entries_above for one in unordered] == [None, None]
    assert listing(board, ListParams(only=Filter.BAND)).entries_above is None


def test_the_effect_of_weights_is_who_enters_and_who_leaves() -> None:
    readings = [Reading(1, 1, 1, (5, 1)), Reading(2, 1, 1, (4, 3)), Reading(3, 1, 1, (1, 5))]
    known = sheet(readings, weights=(90, 10), terms=Terms(places=1, readings=1, wide_spread=2, band=5))

    found = effect(Board(known), Board(replayed(known, {1: 10, 2: 90})))

    assert [file.id for file in found.enter] == [3]
    assert [file.id for file in found.leave] == [1]
    assert [(shift.file.id, shift.rank, shift.was, shift.up) for shift in found.shifts] == [
        (3, 1, 3, 2),
        (2, 2, 2, 0),
        (1, 3, 1, -2),
    ]
    nothing = effect(Board(known), Board(known))
    assert (nothing.enter, nothing.leave) == ([], [])


def test_lines_are_written_with_a_dash_where_there_is_nothing() -> None:
    board = Board(sheet([Reading(1, 1, 1, (5, None)), Reading(1, 2, 1, (3, None))], weights=(50, 50)))
    shown = listing(board, ListParams())

    found = ranking_line(shown.entries[0], measures(50, 50), lambda value: f"{value:.1f}")

    assert (found.rank, found.parts, found.raw, found.median) == ("1", ["4.0", "–"], "80.0", "80.0")
    assert (found.spread, found.dots, found.dots_label) == ("40.0 (σ\u00a028.3)", [60, 100], "60.0; 100.0")
    assert (found.apart, found.missing, found.outlier, found.changed) == ("C1 (2)", 1, 0, False)


def test_readers_stand_from_strict_to_mild() -> None:
    readings = [one for file in range(1, 9) for one in flat(5, 4, 3, file=file)]
    board = Board(sheet(readings))

    found = reviewer_lines(board.reviewer_rows(), lambda value: f"{value:.1f}")

    assert [(one.name, one.mild, one.mean, one.read) for one in found] == [
        ("Lezer 3", -1, "60.0", 8),
        ("Lezer 2", 0, "80.0", 8),
        ("Lezer 1", 1, "100.0", 8),
    ]
    assert [one.place for one in found] == [18, 50, 82]
    assert [one.far for one in found] == [True, False, True]


@pytest.mark.parametrize(
    ("counts", "done", "wanted"),
    [
        ({State.IN_REVIEW: 4}, 5, (4, 12, 7, True)),
        ({State.IN_REVIEW: 1, State.SUBMITTED: 3}, 3, (1, 3, 0, True)),
        ({State.CONFIRMED: 2, State.DECLINED: 2}, 5, (4, 12, 0, False)),
        ({State.SUBMITTED: 1}, 0, (0, 0, 0, True)),
    ],
)
def test_how_far_a_call_is(counts: dict[State, int], done: int, wanted: tuple[int, int, int, bool]) -> None:
    found = Progress(counts, done, 3, date(2027, 2, 1))

    assert (found.files, found.needed, found.missing, found.is_running) == wanted
    assert found.days_late(date(2027, 2, 4)) == (3 if found.missing else 0)


def test_opinions_become_readings() -> None:
    given = [Opinion(1, 7, "Ann", 2, 2, 4, ""), Opinion(1, 7, "Ann", 2, 1, None, ""), Opinion(2, 7, "Ann", 1, 1, 5, "")]

    assert readings_of(given, measures(50, 50)) == [Reading(1, 7, 2, (None, 4)), Reading(2, 7, 1, (5, None))]


def answer(question: str) -> Answer:
    """A row of a form."""
    return Answer(question, question.upper(), 1, [], question, "", [])


def test_questions_stand_beside_each_other_also_where_they_moved() -> None:
    first = [SectionSummary("one", 1, "Een", [answer("a"), answer("b")]), SectionSummary("empty", 2, "Leeg", [])]
    second = [
        SectionSummary("one", 1, "Een", [answer("c")]),
        SectionSummary("two", 2, "Twee", [answer("b"), answer("d")]),
    ]

    found = beside(first, second)

    assert [(section.key, [pair.label for pair in section.pairs]) for section in found] == [
        ("one", ["A", "B", "C"]),
        ("two", ["D"]),
    ]
    both = [tuple(row is not None for row in pair.rows) for section in found for pair in section.pairs]
    assert both == [(True, False), (True, True), (False, True), (False, True)]
