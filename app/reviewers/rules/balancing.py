"""Balanced assignment of applications to reviewers: deterministic, on plain data.

Five guarantees, each with a property test:

1. never a reviewer in conflict, never above a reviewer's limit, never a reviewer without the language of the
application, unless nobody has it;
2. started and manual assignments stay;
3. as many reviews as possible, and every application that can gets its first review in its own language before any gets
a second;
4. balanced loads: no chain of transfers between reviewers ends with somebody whose load is at least two lower. No other
assignment of these reviews has a smaller sum of squared loads;
5. at equal loads, as many reviews by experts of the sector as pairwise swaps allow; and without changes in the input,
the next plan changes nothing.

Sets of reviewers and of applications are integers used as bit sets, which is fast for a thousand applications and forty
reviewers.
"""

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field


@dataclass(frozen=True)
class ToRead:
    """An application that needs reviewers."""

    id: int
    language: str
    sectors: tuple[str, ...] = ()


@dataclass(frozen=True)
class Able:
    """A reviewer available for assignments; `cap`: their total limit."""

    id: int
    languages: frozenset[str]
    cap: int
    expertise: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Given:
    """An existing assignment; `fixed`: started or manual, so it stays."""

    file: int
    reviewer: int
    fixed: bool


@dataclass
class Board:
    """The state: which pairs are assigned, allowed and movable, per application and per reviewer."""

    files: list[ToRead]
    reviewers: list[Able]
    readings: int
    able: list[int] = field(default_factory=list)  # per application: allowed reviewers
    known: list[bool] = field(default_factory=list)  # per application: whether any reviewer has its language
    on: list[int] = field(default_factory=list)  # per application: assigned reviewers
    fixed: list[int] = field(default_factory=list)  # per application: fixed reviewers
    experts: list[int] = field(default_factory=list)  # per application: experts of its sector
    has: list[int] = field(default_factory=list)  # per reviewer: movable applications
    loads: list[int] = field(default_factory=list)
    elsewhere: list[int] = field(default_factory=list)  # per application: reviews by people who get no more assignments

    def give(self, file: int, reviewer: int) -> None:
        """Assign; the pair stays movable."""
        self.on[file] |= 1 << reviewer
        self.has[reviewer] |= 1 << file
        self.loads[reviewer] += 1

    def take(self, file: int, reviewer: int) -> None:
        """Unassign."""
        self.on[file] &= ~(1 << reviewer)
        self.has[reviewer] &= ~(1 << file)
        self.loads[reviewer] -= 1

    def count(self, file: int) -> int:
        """The number of reviews of the application."""
        return self.on[file].bit_count() + self.elsewhere[file]

    def has_room(self, reviewer: int) -> bool:
        """True when the reviewer is below their limit."""
        return self.loads[reviewer] < self.reviewers[reviewer].cap


def balance(
    files: Iterable[ToRead],
    reviewers: Iterable[Able],
    given: Iterable[Given],
    barred: set[tuple[int, int]],
    readings: int,
) -> Board:
    """The state after balancing; `barred`: forbidden pairs (application, reviewer)."""
    board = _set_up(sorted(files, key=_by_id), sorted(reviewers, key=_by_id), list(given), barred, readings)
    _fill(board)
    _even_out(board)
    _bring_experts(board)
    return board


def bits(number: int) -> Iterator[int]:
    """The positions of the set bits, lowest first."""
    while number:
        lowest = number & -number
        yield lowest.bit_length() - 1
        number ^= lowest


def _by_id(one: ToRead | Able) -> int:
    return one.id


def _set_up(
    files: list[ToRead], reviewers: list[Able], given: list[Given], barred: set[tuple[int, int]], readings: int
) -> Board:
    """Compute the allowed pairs, and what stays of existing ones."""
    board = Board(files, reviewers, readings)
    for file in files:
        free = [place for place, one in enumerate(reviewers) if (file.id, one.id) not in barred]
        speaking = [place for place in free if file.language in reviewers[place].languages]
        # No reviewer of the call knows the language: then anybody may, and the plan says so.
        board.known.append(any(file.language in one.languages for one in reviewers))
        board.able.append(sum(1 << place for place in (speaking if board.known[-1] else free)))
        board.experts.append(sum(1 << n for n, one in enumerate(reviewers) if one.expertise & set(file.sectors)))
    board.on, board.fixed, board.elsewhere = ([0] * len(files) for _which in range(3))
    board.has, board.loads = [0] * len(reviewers), [0] * len(reviewers)
    _keep(board, given)
    return board


def _keep(board: Board, given: list[Given]) -> None:
    """Keep fixed assignments first, then others that still fit."""
    file_at = {file.id: place for place, file in enumerate(board.files)}
    reader_at = {one.id: place for place, one in enumerate(board.reviewers)}
    for one in sorted(given, key=lambda one: (not one.fixed, one.file, one.reviewer)):
        file, reviewer = file_at.get(one.file), reader_at.get(one.reviewer)
        if file is None and reviewer is not None and one.fixed:
            board.loads[reviewer] += 1  # the application is past the review stage: the review counts all the same
        elif file is not None and reviewer is None and one.fixed:
            board.elsewhere[file] += 1
        elif file is not None and reviewer is not None and one.fixed:
            board.on[file] |= 1 << reviewer
            board.fixed[file] |= 1 << reviewer
            board.loads[reviewer] += 1
        elif file is not None and reviewer is not None:
            fits = board.able[file] >> reviewer & 1 and board.has_room(reviewer) and board.count(file) < board.readings
            if fits:
                board.give(file, reviewer)


def _fill(board: Board) -> None:
    """In rounds, to share a shortage: first a reviewer in its own language for every application that can have one."""
    closed: set[int] = set()
    for wanted in range(board.readings + 1):
        for file in range(len(board.files)):
            if file in closed or not (wanted or board.known[file]):
                continue  # a language that nobody has waits: its reviewer may be the only one of another application
            enough = board.count(file) >= wanted if wanted else bool(board.on[file] & board.able[file])
            if not enough and board.count(file) < board.readings and not _find_one(board, file):
                closed.add(file)  # an application without a candidate will not get one later


def _find_one(board: Board, file: int) -> bool:
    """One more reviewer for the application: the least loaded one; by a chain of transfers only when all are full."""
    came = dict.fromkeys(bits(board.able[file] & ~board.on[file]), (-1, file))
    reached = [reviewer for reviewer in came if board.has_room(reviewer)]
    if not reached:
        _spread(board, came)
        reached = [reviewer for reviewer in came if board.has_room(reviewer)]
    if not reached:
        return False
    expert = board.experts[file]
    _pass_on(board, came, min(reached, key=lambda one: (board.loads[one], not expert >> one & 1, one)))
    return True


def _even_out(board: Board) -> None:
    """Transfer from the most loaded until no chain leads to somebody with a load two lower."""
    moved = True
    while moved:
        moved = False
        for giver in sorted(range(len(board.reviewers)), key=lambda one: (-board.loads[one], one)):
            came: dict[int, tuple[int, int]] = {giver: (-1, -1)}
            _spread(board, came)
            lower = [one for one in came if board.loads[one] <= board.loads[giver] - 2 and board.has_room(one)]
            if lower:
                _pass_on(board, came, min(lower, key=lambda one: (board.loads[one], one)))
                moved = True
                break


def _spread(board: Board, came: dict[int, tuple[int, int]]) -> None:
    """Breadth-first search for whom a review can be moved to: `came` maps each reviewer to predecessor and
    application.
    """
    seen, everybody = sum(1 << reviewer for reviewer in came), (1 << len(board.reviewers)) - 1
    waiting = deque(came)
    while waiting and seen != everybody:
        giver = waiting.popleft()
        for file in bits(board.has[giver]):
            new = board.able[file] & ~board.on[file] & ~seen
            for reviewer in bits(new):
                came[reviewer] = (giver, file)
                waiting.append(reviewer)
            seen |= new
            if seen == everybody:
                break


def _pass_on(board: Board, came: dict[int, tuple[int, int]], reviewer: int) -> None:
    """Follow the path back: each reviewer passes one application on."""
    while True:
        giver, file = came[reviewer]
        if file < 0:
            return
        board.give(file, reviewer)
        if giver < 0:
            return
        board.take(file, giver)
        reviewer = giver


def _bring_experts(board: Board) -> None:
    """Swap two assignments wherever that gains an expert of the sector and loses none."""
    may, knows, on = _by_reviewer(board)
    better = True
    while better:
        better = False
        for file in range(len(board.files)):
            for reviewer in bits(board.on[file] & ~board.fixed[file] & ~board.experts[file]):
                swap = _swap_for(board, file, reviewer, may, knows, on)
                if swap is not None:
                    _exchange(board, (file, reviewer), swap, on)
                    better = True
                    break


def _by_reviewer(board: Board) -> tuple[list[int], list[int], list[int]]:
    """Per reviewer: allowed applications, those in their sectors, assigned ones."""
    found: list[list[int]] = []
    for per_file in (board.able, board.experts, board.on):
        per_reader = [0] * len(board.reviewers)
        for file, reviewers in enumerate(per_file):
            for reviewer in bits(reviewers):
                per_reader[reviewer] |= 1 << file
        found.append(per_reader)
    return found[0], found[1], found[2]


def _swap_for(
    board: Board, file: int, reviewer: int, may: list[int], knows: list[int], on: list[int]
) -> tuple[int, int] | None:
    """(application, expert) to swap with: preferably one where both gain, else the first without a loss."""
    fallback = None
    for expert in bits(board.able[file] & board.experts[file] & ~board.on[file]):
        offered = board.has[expert] & ~knows[expert] & may[reviewer] & ~on[reviewer]
        if offered & knows[reviewer]:
            return next(bits(offered & knows[reviewer])), expert
        if offered and fallback is None:
            fallback = next(bits(offered)), expert
    return fallback


def _exchange(board: Board, one: tuple[int, int], other: tuple[int, int], on: list[int]) -> None:
    for (file, giver), taker in ((one, other[1]), (other, one[1])):
        board.take(file, giver)
        board.give(file, taker)
        on[giver] &= ~(1 << file)
        on[taker] |= 1 << file
