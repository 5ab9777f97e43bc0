"""The effect of other weights, or of excluding a reviewer, on the order; never stored."""

from dataclasses import dataclass

from app.ranking.rules.board import Board, Ranked


@dataclass(frozen=True)
class Shift:
    """One application in both orders. `up`: ranks it would rise; negative when it would fall."""

    file: Ranked
    rank: int | None
    was: int | None
    value: float | None
    was_value: float | None

    @property
    def up(self) -> int:
        return self.was - self.rank if self.was and self.rank else 0


@dataclass(frozen=True)
class Effect:
    """Everything in the new order; who would gain or lose a place."""

    shifts: list[Shift]
    enter: list[Ranked]
    leave: list[Ranked]


def effect(now: Board, then: Board) -> Effect:
    """The changes when `then` is used instead of `now`."""
    order = then.order()
    shifts = [
        Shift(then.by_id[one], then.ranks.get(one), now.ranks.get(one), then.of(one).raw, now.of(one).raw)
        for one in order
    ]
    places = {file: place for place, file in enumerate(now.order())}
    enter = [then.by_id[one] for one in order if one in then.inside - now.inside]
    leave = [now.by_id[one] for one in sorted(now.inside - then.inside, key=places.__getitem__)]
    return Effect(shifts, enter, leave)
