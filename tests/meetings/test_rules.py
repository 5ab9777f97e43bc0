"""When a decision counts, how far a file is, in which order files come."""

from dataclasses import dataclass

import pytest

from app.meetings.rules import Order, Presence, Stage, in_order, stage_of


@dataclass(frozen=True)
class Listed:
    reference: str
    language: str


A, B, C, D = Listed("A", "nl"), Listed("B", "nl"), Listed("C", "fr"), Listed("D", "nl")


@pytest.mark.parametrize(
    ("opened", "to_leave", "revealed", "decided", "stage"),
    [
        (False, True, False, False, Stage.WAITING),
        (True, True, False, False, Stage.LEAVING),
        (True, True, True, False, Stage.LEAVING),
        (True, False, False, False, Stage.TALK),
        (True, False, True, False, Stage.REVEALED),
        (True, False, True, True, Stage.DECIDED),
    ],
)
def test_nothing_is_shown_before_everybody_left(
    opened: bool, to_leave: bool, revealed: bool, decided: bool, stage: Stage
) -> None:
    assert stage_of(opened=opened, to_leave=to_leave, revealed=revealed, decided=decided) is stage
    gone = stage_of(opened=opened, to_leave=to_leave, revealed=revealed, decided=decided, gone=True)
    assert gone is (Stage.DECIDED if decided else Stage.GONE)


def test_whoever_left_does_not_count_for_the_quorum() -> None:
    room = Presence(frozenset({1, 2, 3}), frozenset({3, 9}))

    assert room.deciding == 2
    assert (room.is_enough(2), room.is_enough(3)) == (True, False)


def test_the_agenda_can_be_put_in_an_order_that_can_be_explained() -> None:
    files, scores = [D, C, B, A], [None, 70.0, 90.0, 70.0]

    assert in_order(files, Order.REFERENCE, scores) == [A, B, C, D]
    assert in_order(files, Order.SCORE, scores) == [B, A, C, D]
    assert in_order(files, Order.LANGUAGE, scores) == [B, C, A, D]
