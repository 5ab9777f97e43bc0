"""Compare a balanced plan with the present: additions, removals, shortages, each with its reason."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from app.reviewers.rules.balancing import Able, Board, Given, ToRead, balance, bits

Why = list[dict[str, Any]]


@dataclass(frozen=True)
class Addition:
    """A new assignment; `why`: codes with values, as an assignment stores them."""

    file: int
    reviewer: int
    why: Why


@dataclass(frozen=True)
class Removal:
    """An assignment taken away: `conflict`, `left`, `language`, `cap`, `enough`, or `moved` to another reviewer."""

    file: int
    reviewer: int
    code: str


@dataclass(frozen=True)
class Shortage:
    """What an application lacks. `missing` reviews: no reviewer with its language is left (`language`), the others
    are in conflict (`conflict`), have reached their limit (`cap`), or there are no others (`readers`). Nothing
    missing, but no reviewer has its language (`no_language`), or the manually chosen ones do not (`by_hand`).
    """

    file: int
    missing: int
    code: str


@dataclass(frozen=True)
class Proposal:
    """A plan that was not carried out. `before` and `after`: loads by reviewer."""

    added: list[Addition]
    removed: list[Removal]
    short: list[Shortage]
    before: dict[int, int]
    after: dict[int, int]
    stays: int

    @property
    def digest(self) -> str:
        """A fingerprint, so that the confirmed plan is the one that was shown."""
        pairs = [[(one.file, one.reviewer) for one in part] for part in (self.added, self.removed)]
        return hashlib.sha256(json.dumps(pairs).encode()).hexdigest()[:16]

    @property
    def changes_nothing(self) -> bool:
        """True when the plan equals the present."""
        return not self.added and not self.removed


def proposal(
    files: Iterable[ToRead],
    reviewers: Iterable[Able],
    given: Iterable[Given],
    barred: set[tuple[int, int]],
    readings: int,
) -> Proposal:
    """The balanced plan, with a reason for each choice."""
    had = list(given)
    board = balance(files, reviewers, had, barred, readings)
    before = {(one.file, one.reviewer) for one in had}
    after = {
        (file.id, board.reviewers[reviewer].id)
        for place, file in enumerate(board.files)
        for reviewer in bits(board.on[place])
    }
    fixed = {(one.file, one.reviewer) for one in had if one.fixed}
    loads = dict.fromkeys((one.id for one in board.reviewers), 0)
    for _file, reviewer in before:
        if reviewer in loads:
            loads[reviewer] += 1
    return Proposal(
        added=_additions(board, barred, before),
        removed=_removals(board, barred, before - after - fixed, {file for file, _reader in after - before}),
        short=[found for place in range(len(board.files)) if (found := _shortage(board, barred, place))],
        before=loads,
        after={one.id: board.loads[place] for place, one in enumerate(board.reviewers)},
        stays=len(before & after | fixed),
    )


def _additions(board: Board, barred: set[tuple[int, int]], before: set[tuple[int, int]]) -> list[Addition]:
    span = min(board.loads, default=0), max(board.loads, default=0)
    found = []
    for place, file in enumerate(board.files):
        close = sum((file.id, one.id) in barred for one in board.reviewers)
        for reviewer in bits(board.on[place] & ~board.fixed[place]):
            one = board.reviewers[reviewer]
            if (file.id, one.id) not in before:
                found.append(Addition(file.id, one.id, _why(board, place, reviewer, span, close)))
    return found


def _why(board: Board, place: int, number: int, span: tuple[int, int], close: int) -> Why:
    """The reasons of a choice, as codes with values."""
    file, reviewer, load = board.files[place], board.reviewers[number], board.loads[number]
    why: Why = [
        {"code": "language" if file.language in reviewer.languages else "nobody_reads", "language": file.language}
    ]
    known = [sector for sector in file.sectors if sector in reviewer.expertise]
    if known:
        why.append({"code": "expertise", "sector": known[0]})
    elif code := _why_no_expert(board, place):
        why.append({"code": code, "sector": file.sectors[0]})
    why.append({"code": "load", "files": load, "cap": reviewer.cap, "least": span[0], "most": span[1]})
    if close:
        why.append({"code": "others_in_conflict", "count": close})
    return why


def _why_no_expert(board: Board, place: int) -> str:
    """Why somebody was chosen who does not know the sector; empty when nobody who may read this file knows it."""
    if board.experts[place] & board.on[place]:
        return "expert_reads_too"
    return "no_expert_free" if board.experts[place] & board.able[place] else ""


def _removals(
    board: Board, barred: set[tuple[int, int]], gone: set[tuple[int, int]], refilled: set[int]
) -> list[Removal]:
    """What is taken away, and why; `refilled`: applications that another reviewer gets."""
    files = {file.id: place for place, file in enumerate(board.files)}
    reviewers = {one.id: place for place, one in enumerate(board.reviewers)}
    counts = {file.id: board.count(place) for place, file in enumerate(board.files)}
    found = []
    for file, reviewer in sorted(gone):
        if file not in files:
            continue  # past the review stage, so not moved
        if (file, reviewer) in barred:
            code = "conflict"
        elif reviewer not in reviewers:
            code = "left"
        elif not board.able[files[file]] >> reviewers[reviewer] & 1:
            code = "language"
        elif file in refilled:
            code = "moved"
        else:
            code = "enough" if counts[file] >= board.readings else "cap"
        found.append(Removal(file, reviewer, code))
    return found


def _shortage(board: Board, barred: set[tuple[int, int]], place: int) -> Shortage | None:
    file, missing = board.files[place], board.readings - board.count(place)
    speaks = any(file.language in one.languages for one in board.reviewers)
    if missing <= 0:
        if board.on[place] and not speaks:
            return Shortage(file.id, 0, "no_language")
        understood = any(file.language in board.reviewers[one].languages for one in bits(board.on[place]))
        return None if understood or not board.on[place] else Shortage(file.id, 0, "by_hand")
    if not speaks:
        return Shortage(file.id, missing, "no_language")
    if board.able[place] & ~board.on[place]:
        return Shortage(file.id, missing, "cap")
    close = any((file.id, one.id) in barred and file.language in one.languages for one in board.reviewers)
    others = any(file.language not in one.languages for one in board.reviewers)
    return Shortage(file.id, missing, "conflict" if close else "language" if others else "readers")
