"""Read the ranking's parameters from an address; invalid values are ignored."""

from collections.abc import Sequence

from werkzeug.datastructures import MultiDict

from app.core.text.cleaning import sent_number
from app.ranking.rules.board import RankedReviewer
from app.ranking.rules.figures import Measure
from app.ranking.rules.listing import Filter, ListParams
from app.ranking.rules.order import Sort

HEAVIEST = 100
MOST_SHIFTS = 100
LONGEST_KEY = 64
Args = MultiDict[str, str]


def list_params(args: Args) -> ListParams:
    """Order, filter and page."""
    sorts, onlys = {one.value: one for one in Sort}, {one.value: one for one in Filter}
    return ListParams(
        sort=sorts.get(args.get("sort", ""), Sort.RAW),
        only=onlys.get(args.get("only", ""), Filter.ALL),
        page=sent_number(args.get("page", "")) or 1,
    )


def weights(args: Args, measures: Sequence[Measure]) -> dict[int, int]:
    """The weight of each criterion, by id: from the address, or the call's own."""
    return {one.id: _weight(args.get(f"w{one.id}", ""), one.weight) for one in measures}


def left_out(args: Args, reviewers: Sequence[RankedReviewer]) -> frozenset[int]:
    """The excluded reviewers."""
    return frozenset(map(sent_number, args.getlist("without"))) & {reviewer.id for reviewer in reviewers}


def two_files(args: Args) -> tuple[str, str] | None:
    """The keys of two different applications: `a` and `b`, or the first two that were ticked."""
    given = [args.get("a", ""), args.get("b", "")] if "a" in args or "b" in args else args.getlist("file")
    first, second = (*dict.fromkeys(key[:LONGEST_KEY] for key in given if key), "", "")[:2]
    return (first, second) if second else None


def ticked(args: Args) -> list[str]:
    """The keys of the ticked applications, when they are not two."""
    return [key for name in ("a", "b", "file") for key in args.getlist(name)]


def _weight(given: str, own: int) -> int:
    fine = given.isascii() and given.isdigit() and len(given) < 4
    return min(int(given), HEAVIEST) if fine else own
