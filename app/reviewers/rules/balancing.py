"""Who reads what, spread evenly: plain data in, a plan out; the same data give the same plan.

Five promises, each of which a property test holds it to:

1. never a reader in conflict, never over a reader's limit, never a reader who does not read the language of the file,
   unless nobody can;
2. what was begun or given by hand stays;
3. as many readings as can be given, and before any file gets its second one, every file that can has its first in its
   own language;
4. even loads: no reading can be passed on, from one reader to the next along any chain, so that it ends with somebody
   who has at least two fewer. No spreading of these readings has a smaller sum of squared loads;
5. with the same loads as many readings as swaps of two can bring with somebody who knows the sector; and where nothing
   changed since, the next plan changes nothing.

Sets of readers and of files are whole numbers, bit by bit: a thousand files and forty readers are then small work.
"""

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field


@dataclass(frozen=True)
class ToRead:
    """A file that wants readers."""

    id: int
    language: str
    sectors: tuple[str, ...] = ()


@dataclass(frozen=True)
class Able:
    """A reader who may be given files; `cap`: how many they take in all."""

    id: int
    languages: frozenset[str]
    cap: int
    expertise: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Given:
    """A file that a reader has already; `fixed`: begun or given by hand, so that it stays."""

    file: int
    reviewer: int
    fixed: bool


@dataclass
class Board:
    """The state of the work: per file and per reader which pairs are, may be and may not be moved."""

    files: list[ToRead]
    reviewers: list[Able]
    readings: int
    able: list[int] = field(default_factory=list)  # per file: readers who may have it
    on: list[int] = field(default_factory=list)  # per file: readers who have it
    fixed: list[int] = field(default_factory=list)  # per file: readers who keep it
    experts: list[int] = field(default_factory=list)  # per file: readers who know its sector
    has: list[int] = field(default_factory=list)  # per reader: files that can be taken from them
    loads: list[int] = field(default_factory=list)
    elsewhere: list[int] = field(default_factory=list)  # per file: readings of people who get no files any more

    def give(self, file: int, reviewer: int) -> None:
        """The reader has the file; it may be moved later."""
        self.on[file] |= 1 << reviewer
        self.has[reviewer] |= 1 << file
        self.loads[reviewer] += 1

    def take(self, file: int, reviewer: int) -> None:
        """The reader has the file no more."""
        self.on[file] &= ~(1 << reviewer)
        self.has[reviewer] &= ~(1 << file)
        self.loads[reviewer] -= 1

    def count(self, file: int) -> int:
        """How many readings the file has."""
        return self.on[file].bit_count() + self.elsewhere[file]

    def has_room(self, reviewer: int) -> bool:
        """May the reader take one more?"""
        return self.loads[reviewer] < self.reviewers[reviewer].cap


def balance(
    files: Iterable[ToRead],
    reviewers: Iterable[Able],
    given: Iterable[Given],
    barred: set[tuple[int, int]],
    readings: int,
) -> Board:
    """The board after spreading; `barred`: pairs (file, reader) that must not be."""
    board = _set_up(sorted(files, key=_by_id), sorted(reviewers, key=_by_id), list(given), barred, readings)
    _fill(board)
    _even_out(board)
    _bring_experts(board)
    return board


def bits(number: int) -> Iterator[int]:
    """The places of the bits that are set, from the lowest on."""
    while number:
        lowest = number & -number
        yield lowest.bit_length() - 1
        number ^= lowest


def _by_id(one: ToRead | Able) -> int:
    return one.id


def _set_up(
    files: list[ToRead], reviewers: list[Able], given: list[Given], barred: set[tuple[int, int]], readings: int
) -> Board:
    """What each reader may have, and what stays of what they have."""
    board = Board(files, reviewers, readings)
    for file in files:
        free = [place for place, one in enumerate(reviewers) if (file.id, one.id) not in barred]
        speaking = [place for place in free if file.language in reviewers[place].languages]
        # Nobody among all who read for the call knows the language: then anybody, and the plan says so.
        chosen = speaking if any(file.language in one.languages for one in reviewers) else free
        board.able.append(sum(1 << place for place in chosen))
        board.experts.append(sum(1 << n for n, one in enumerate(reviewers) if one.expertise & set(file.sectors)))
    board.on, board.fixed, board.elsewhere = ([0] * len(files) for _which in range(3))
    board.has, board.loads = [0] * len(reviewers), [0] * len(reviewers)
    _keep(board, given)
    return board


def _keep(board: Board, given: list[Given]) -> None:
    """First what is fixed, then whatever still fits."""
    file_at = {file.id: place for place, file in enumerate(board.files)}
    reader_at = {one.id: place for place, one in enumerate(board.reviewers)}
    for one in sorted(given, key=lambda one: (not one.fixed, one.file, one.reviewer)):
        file, reviewer = file_at.get(one.file), reader_at.get(one.reviewer)
        if file is None and reviewer is not None and one.fixed:
            board.loads[reviewer] += 1  # a file that is further on: it was work all the same
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
    """Round by round, so that a shortage is shared: first a reader of its own language for every file."""
    closed: set[int] = set()
    for wanted in range(board.readings + 1):
        for file in range(len(board.files)):
            enough = board.count(file) >= wanted if wanted else bool(board.on[file] & board.able[file])
            if file not in closed and not enough and board.count(file) < board.readings and not _find_one(board, file):
                closed.add(file)  # once nobody can be found for a file, nobody will be


def _find_one(board: Board, file: int) -> bool:
    """One more reader for the file: the least loaded; only when all are full by passing other files on."""
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
    """Pass readings on from the most loaded until nobody can be relieved by somebody who has two fewer."""
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
    """Whom a reading can come to: `came` gets, for each reader, from whom and with which file. Shortest ways first."""
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
    """Go the way back: each hands one file on to the next."""
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
    """Swap two readings wherever that brings somebody who knows the sector and takes nobody away who does."""
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
    """Per reader: the files that they may have, those whose sector they know, those that they have."""
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
    """(file, expert) to swap with: the best that the other file gains from too, else the first that loses nothing."""
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
