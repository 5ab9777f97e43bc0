"""What readiness means for letters."""

from datetime import timedelta

import pytest

from app.core.clock import now
from app.site.rules import LONGEST_WAIT, is_stuck


@pytest.mark.parametrize(
    ("waits", "stuck"),
    [(timedelta(0), False), (LONGEST_WAIT, False), (LONGEST_WAIT + timedelta(seconds=1), True)],
)
def test_letters_are_stuck_when_one_has_been_due_for_too_long(waits: timedelta, stuck: bool) -> None:
    at = now()

    assert is_stuck(at - waits, at) is stuck


def test_empty_outbox_is_not_stuck() -> None:
    assert not is_stuck(None, now())
