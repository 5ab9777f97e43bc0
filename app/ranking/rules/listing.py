"""One page of a ranking: which applications, in which order, where the cut-off is, how many need discussion."""

import enum
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from app.ranking.rules.alarms import Alarm
from app.ranking.rules.board import Board, Row
from app.ranking.rules.order import BY_VALUE, CutOff, Sort

PAGE_SIZE = 100


class Filter(enum.StrEnum):
    """Which applications are listed."""

    ALL = ""
    TALK = "talk"  # applications with alarms
    BAND = "band"  # near the cut-off


@dataclass(frozen=True)
class ListParams:
    """The parameters of a ranking's address."""

    sort: Sort = Sort.RAW
    only: Filter = Filter.ALL
    page: int = 1


class Entry(NamedTuple):
    """A row on the page. `distance`: from the cut-off, within the band around it."""

    row: Row
    alarms: list[Alarm]
    distance: float | None


@dataclass(frozen=True)
class Listing:
    """`entries_above`: how many entries of this page are above the cut-off; None when it is not on this page."""

    entries: list[Entry]
    cut_off: CutOff | None
    entries_above: int | None
    page: int
    pages: int
    counts: Mapping[Filter, int]


def listing(board: Board, wanted: ListParams) -> Listing:
    """This page of the ranking; a page number that is too high gives the last one."""
    order, (cut_off, band) = board.order(wanted.sort), board.cut_off(wanted.sort)
    kept = {
        Filter.ALL: order,
        Filter.TALK: [file for file in order if board.needs_discussion(file)],
        Filter.BAND: [file for file in order if file in band],
    }
    chosen = kept[wanted.only]
    pages = max(1, -(-len(chosen) // PAGE_SIZE))
    page = min(max(1, wanted.page), pages)
    shown = chosen[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]
    entries = [Entry(board.row(one), board.alarms(one), band.get(one)) for one in shown]
    entries_above = _entries_above(board, wanted, (page - 1) * PAGE_SIZE, len(shown)) if cut_off else None
    return Listing(entries, cut_off, entries_above, page, pages, {only: len(files) for only, files in kept.items()})


def _entries_above(board: Board, wanted: ListParams, above: int, shown: int) -> int | None:
    """The cut-off is after the last application with a place, also when the next one has the same value."""
    place = board.sheet.terms.places - above
    return place if wanted.sort in BY_VALUE and wanted.only is Filter.ALL and 0 < place <= shown else None
