"""Files spread over readers: the promises of the rule, each over many made-up calls, and its speed."""

import time
from collections import Counter
from itertools import combinations, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.reviewers.rules.balancing import Able, Board, Given, ToRead, balance, bits
from app.reviewers.rules.proposal import Proposal, proposal

LANGUAGES, SECTORS = ("nl", "fr"), ("food", "care", "repair")
Made = tuple[list[ToRead], list[Able], list[Given], set[tuple[int, int]], int]


@st.composite
def calls(draw: st.DrawFn, files: int = 9, reviewers: int = 6) -> Made:
    """A call: files, readers, what was given already, who is too close, how many readings."""
    wanted = [
        ToRead(number, draw(st.sampled_from(LANGUAGES)), (draw(st.sampled_from(SECTORS)),))
        for number in range(draw(st.integers(0, files)))
    ]
    able = [
        Able(
            number,
            frozenset(draw(st.sets(st.sampled_from(LANGUAGES), min_size=1))),
            draw(st.integers(0, 6)),
            frozenset(draw(st.sets(st.sampled_from(SECTORS), max_size=2))),
        )
        for number in range(draw(st.integers(0, reviewers)))
    ]
    pairs = [(file.id, one.id) for file, one in product(wanted, able)]
    some = st.sets(st.sampled_from(pairs), max_size=6) if pairs else st.just(set())
    barred = draw(some)
    had = [Given(file, reviewer, draw(st.booleans())) for file, reviewer in sorted(draw(some) - barred)]
    return wanted, able, had, barred, draw(st.integers(1, 3))


def pairs_of(board: Board) -> set[tuple[int, int]]:
    return {
        (file.id, board.reviewers[reviewer].id)
        for place, file in enumerate(board.files)
        for reviewer in bits(board.on[place])
    }


def can_pass_on(board: Board) -> bool:
    """Can a reading be passed on, along a chain, to somebody with at least two fewer? Written plainly, as a check."""
    for giver in range(len(board.reviewers)):
        reached, waiting = {giver}, [giver]
        while waiting:
            one = waiting.pop()
            for file in range(len(board.files)):
                if board.on[file] >> one & 1 and not board.fixed[file] >> one & 1:
                    for other in range(len(board.reviewers)):
                        if board.able[file] >> other & 1 and not board.on[file] >> other & 1 and other not in reached:
                            reached.add(other)
                            waiting.append(other)
        if any(board.loads[one] <= board.loads[giver] - 2 and board.has_room(one) for one in reached):
            return True
    return False


@given(calls())
def test_never_a_conflict_never_over_a_limit_never_too_many(made: Made) -> None:
    files, reviewers, had, barred, readings = made

    found = pairs_of(balance(*made))

    fixed = {(one.file, one.reviewer) for one in had if one.fixed}
    new = found - fixed
    assert new & barred == set()
    for one in reviewers:
        by_hand = sum(reviewer == one.id for _file, reviewer in fixed)
        assert sum(reviewer == one.id for _file, reviewer in found) <= max(one.cap, by_hand)
    for file in files:
        by_hand = sum(pair[0] == file.id for pair in fixed)
        assert sum(pair[0] == file.id for pair in found) <= max(readings, by_hand)


@given(calls())
def test_what_was_begun_or_given_by_hand_stays(made: Made) -> None:
    plan = proposal(*made)

    fixed = {(one.file, one.reviewer) for one in made[2] if one.fixed}
    assert {(one.file, one.reviewer) for one in plan.removed} & fixed == set()
    assert {(one.file, one.reviewer) for one in plan.added} & fixed == set()


@given(calls())
def test_whoever_is_chosen_reads_the_language_unless_nobody_does(made: Made) -> None:
    files, reviewers, had, _barred, _readings = made
    by_id = {one.id: one for one in reviewers}
    languages = {file.id: file.language for file in files}

    new = pairs_of(balance(*made)) - {(one.file, one.reviewer) for one in had if one.fixed}

    for file, reviewer in new:
        anybody = any(languages[file] in one.languages for one in reviewers)
        assert languages[file] in by_id[reviewer].languages or not anybody


@given(calls(files=4, reviewers=4))
@settings(max_examples=60)
def test_as_many_files_as_possible_have_a_fluent_reader(made: Made) -> None:
    """Compared with the best of all ways to give each file one fluent reader, found by trying them."""
    files, reviewers, _had, barred, _readings = made
    board = balance(files, reviewers, [], barred, 1)

    def can_all(chosen: tuple[ToRead, ...]) -> bool:
        ways = [
            [one for one in reviewers if file.language in one.languages and (file.id, one.id) not in barred]
            for file in chosen
        ]
        return any(all(count <= one.cap for one, count in Counter(way).items()) for way in product(*ways))

    best = max((size for size in range(len(files) + 1) if any(map(can_all, combinations(files, size)))), default=0)
    by_id = {one.id: one for one in reviewers}
    served = {
        file.id for file in files for reviewer in bits(board.on[file.id]) if file.language in by_id[reviewer].languages
    }
    assert len(served) == best


def test_a_language_that_nobody_has_takes_no_reviewer_from_another() -> None:
    files = [ToRead(1, "de"), ToRead(2, "nl")]
    reviewers = [Able(1, frozenset({"nl"}), cap=1)]

    assert pairs_of(balance(files, reviewers, [], set(), 1)) == {(2, 1)}


@given(calls())
def test_loads_are_as_even_as_any_passing_on_can_make_them(made: Made) -> None:
    assert not can_pass_on(balance(*made))


@given(calls(files=4, reviewers=3))
@settings(max_examples=60)
def test_no_other_spreading_of_the_same_readings_is_more_even(made: Made) -> None:
    """The sum of squared loads, against all ways to give each file as many readers as it got."""
    files, reviewers, _had, barred, readings = made
    board = balance(files, reviewers, [], barred, readings)
    ways = [
        list(combinations(list(bits(board.able[place])), board.on[place].bit_count())) for place in range(len(files))
    ]

    def loads(way: tuple[tuple[int, ...], ...]) -> Counter[int]:
        return Counter(reviewer for chosen in way for reviewer in chosen)

    possible = [loads(way) for way in product(*ways)]
    fitting = [
        one for one in possible if all(count <= board.reviewers[reviewer].cap for reviewer, count in one.items())
    ]
    assert sum(load**2 for load in board.loads) == min(sum(load**2 for load in one.values()) for one in fitting)


@given(calls())
def test_where_nothing_changed_nothing_changes(made: Made) -> None:
    files, reviewers, had, barred, readings = made
    fixed = {(one.file, one.reviewer) for one in had if one.fixed}
    after = [Given(file, reviewer, (file, reviewer) in fixed) for file, reviewer in sorted(pairs_of(balance(*made)))]

    again = proposal(files, reviewers, after, barred, readings)

    assert again.changes_nothing


@given(calls(), st.randoms(use_true_random=False))
def test_the_order_of_the_data_makes_no_difference(made: Made, chance: object) -> None:
    files, reviewers, had, barred, readings = made
    shuffled = [list(files), list(reviewers), list(had)]
    for part in shuffled:
        chance.shuffle(part)  # type: ignore[attr-defined]

    assert proposal(*shuffled, barred, readings) == proposal(files, reviewers, had, barred, readings)


@given(calls())
def test_every_file_that_lacks_something_is_named_with_its_reason(made: Made) -> None:
    files, reviewers, _had, _barred, readings = made
    plan = proposal(*made)
    got = Counter(file for file, _reader in pairs_of(balance(*made)))

    missing = {file.id: readings - got[file.id] for file in files if got[file.id] < readings}
    assert {one.file: one.missing for one in plan.short if one.missing} == missing
    assert plan.after == {one.id: plan.before[one.id] + _change(plan, one.id) for one in reviewers}


def _change(plan: Proposal, reviewer: int) -> int:
    return sum(one.reviewer == reviewer for one in plan.added) - sum(one.reviewer == reviewer for one in plan.removed)


def a_reviewer(number: int, languages: str = "nl fr", *, cap: int = 12, expertise: str = "") -> Able:
    return Able(number, frozenset(languages.split()), cap, frozenset(expertise.split()))


@pytest.mark.parametrize(
    ("reviewers", "barred", "short"),
    [
        ([a_reviewer(1)], set(), [(1, "readers")]),
        ([a_reviewer(1), a_reviewer(2, "fr")], set(), [(1, "language")]),
        ([a_reviewer(1), a_reviewer(2)], {(1, 2)}, [(1, "conflict")]),
        ([a_reviewer(1), a_reviewer(2, cap=0)], set(), [(1, "cap")]),
        ([a_reviewer(1, "fr"), a_reviewer(2, "fr")], set(), [(0, "no_language")]),
        ([], set(), [(2, "no_language")]),
        ([a_reviewer(1), a_reviewer(2)], set(), []),
    ],
)
def test_why_a_file_lacks_readers(reviewers: list[Able], barred: set[tuple[int, int]], short: list[object]) -> None:
    plan = proposal([ToRead(1, "nl")], reviewers, [], barred, 2)

    assert [(one.missing, one.code) for one in plan.short] == short


@pytest.mark.parametrize(
    ("had", "barred", "readings", "gone"),
    [
        ([Given(1, 1, False), Given(1, 2, False)], {(1, 1)}, 2, [(1, "conflict")]),
        ([Given(1, 1, False), Given(1, 2, False)], set(), 1, [(2, "enough")]),
        ([Given(1, 9, False)], set(), 1, [(9, "left")]),
        ([Given(1, 3, False)], set(), 1, [(3, "language")]),
        ([Given(1, 1, False), Given(2, 1, False)], set(), 1, [(1, "moved")]),
    ],
)
def test_why_a_reader_loses_a_file(
    had: list[Given], barred: set[tuple[int, int]], readings: int, gone: list[tuple[int, str]]
) -> None:
    reviewers = [a_reviewer(1), a_reviewer(2), a_reviewer(3, "fr")]

    plan = proposal([ToRead(1, "nl"), ToRead(2, "nl")], reviewers, had, barred, readings)

    assert [(one.reviewer, one.code) for one in plan.removed] == gone


def test_whoever_knows_the_sector_comes_first_and_it_is_said() -> None:
    reviewers = [a_reviewer(1, expertise="food"), a_reviewer(2, expertise="care")]
    files = [ToRead(1, "nl", ("care",)), ToRead(2, "nl", ("food",))]

    plan = proposal(files, reviewers, [Given(1, 1, False), Given(2, 2, False)], set(), 1)

    assert [(one.file, one.reviewer, one.why[1]) for one in plan.added] == [
        (1, 2, {"code": "expertise", "sector": "care"}),
        (2, 1, {"code": "expertise", "sector": "food"}),
    ]
    assert plan.changes_nothing is False


@pytest.mark.parametrize(
    ("had", "cap", "code"),
    [
        ([], 5, "expert_reads_too"),  # the expert gets the same file in this plan
        ([Given(1, 1, True)], 5, "expert_reads_too"),  # or has it already
        ([Given(2, 1, True)], 1, "no_expert_free"),
    ],
)
def test_why_a_file_goes_to_somebody_who_does_not_know_its_sector(had: list[Given], cap: int, code: str) -> None:
    reviewers = [Able(1, frozenset({"nl"}), cap, frozenset({"care"})), a_reviewer(2), a_reviewer(3)]
    files = [ToRead(1, "nl", ("care",)), *[ToRead(one.file, "nl") for one in had if one.file != 1]]

    plan = proposal(files, reviewers, had, set(), 2)

    whys = [one.why for one in plan.added if one.file == 1 and one.reviewer != 1]
    assert {why[1]["code"] for why in whys} == {code}


def test_an_expert_who_may_not_read_the_file_is_no_reason() -> None:
    reviewers = [a_reviewer(1, expertise="care"), a_reviewer(2)]

    plan = proposal([ToRead(1, "nl", ("care",))], reviewers, [], {(1, 1)}, 1)

    assert [reason["code"] for reason in plan.added[0].why] == ["language", "load", "others_in_conflict"]


def test_one_file_more_moves_little() -> None:
    files = [ToRead(number, "nl") for number in range(40)]
    reviewers = [a_reviewer(number, cap=20) for number in range(8)]
    first = proposal(files, reviewers, [], set(), 3)
    had = [Given(one.file, one.reviewer, False) for one in first.added]

    plan = proposal([*files, ToRead(40, "nl")], reviewers, had, set(), 3)

    assert (len(plan.added), len(plan.removed)) == (3, 0)


def cpu_seconds_for(count: int) -> float:
    """To spread this many files over forty reviewers, three reviews each."""
    files = [ToRead(number, LANGUAGES[number % 5 < 2], (SECTORS[number % 3],)) for number in range(count)]
    spoken = ("nl", "fr", "nl fr")
    reviewers = [a_reviewer(n, spoken[n % 3], cap=60 + n % 4 * 15, expertise=SECTORS[n % 3]) for n in range(40)]
    barred = {(number * 7 % count, number % 40) for number in range(count * 2 // 5)}
    began = time.process_time()
    plan = proposal(files, reviewers, [], barred, 3)
    spent = time.process_time() - began
    assert (len(plan.added), plan.short) == (3 * count, [])
    return spent


def test_four_times_the_files_take_at_most_ten_times_the_work() -> None:
    few, many = (min(cpu_seconds_for(count) for _round in range(2)) for count in (250, 1000))

    assert many < 10 * few
