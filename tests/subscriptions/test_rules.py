"""Which e-mail about a call is due, for dates that stay and dates that move."""

from datetime import UTC, date, datetime, timedelta

import pytest

from app.core import clock
from app.subscriptions.rules import Notice, Notified, due, ends_at, reminder, simplified, to_renew_before

OPENS = datetime(2027, 3, 1, 8, tzinfo=UTC)
CLOSES = datetime(2027, 4, 16, 10, tzinfo=UTC)
DAY = timedelta(days=1)
AT_THE_OPENING = Notified(CLOSES, OPENS)


@pytest.mark.parametrize(
    ("notified", "at", "expected"),
    [
        ([], OPENS - timedelta(seconds=1), None),
        ([], OPENS, Notice.OPENED),
        ([], CLOSES - 2 * DAY, Notice.OPENED),  # the worker was down: one e-mail, with the deadline
        ([], CLOSES, None),
        ([AT_THE_OPENING], OPENS, None),
        ([AT_THE_OPENING], CLOSES - 7 * DAY - timedelta(seconds=1), None),
        ([AT_THE_OPENING], CLOSES - 7 * DAY, Notice.CLOSING),
        ([AT_THE_OPENING], CLOSES - timedelta(minutes=1), Notice.CLOSING),
        ([AT_THE_OPENING], CLOSES, None),
        ([AT_THE_OPENING, Notified(CLOSES, CLOSES - 7 * DAY)], CLOSES - 6 * DAY, None),
        # Notified less than a week before the reminder: a short call, or a late subscription.
        ([Notified(CLOSES, CLOSES - 14 * DAY)], CLOSES - 7 * DAY, None),
        ([Notified(CLOSES, CLOSES - 14 * DAY - timedelta(seconds=1))], CLOSES - 7 * DAY, Notice.CLOSING),
        ([Notified(CLOSES, CLOSES - 3 * DAY)], CLOSES - 2 * DAY, None),
    ],
)
def test_one_mail_at_the_opening_and_one_a_week_before(
    notified: list[Notified], at: datetime, expected: Notice | None
) -> None:
    assert due(OPENS, CLOSES, notified, at) == expected


@pytest.mark.parametrize(
    ("announced", "said", "at", "expected"),
    [
        # Closes earlier than the reminder said: another one at once.
        (CLOSES + 3 * DAY, CLOSES - 4 * DAY, CLOSES - 3 * DAY, Notice.CLOSING),
        (CLOSES + timedelta(minutes=1), CLOSES - 6 * DAY, CLOSES - 6 * DAY, Notice.CLOSING),
        # Stays open for some days more: what was said is early enough.
        (CLOSES - 6 * DAY, CLOSES - 13 * DAY, CLOSES - 7 * DAY, None),
        # Stays open for weeks: a second reminder, a week before the new end.
        (CLOSES - 20 * DAY, CLOSES - 27 * DAY, CLOSES - 8 * DAY, None),
        (CLOSES - 20 * DAY, CLOSES - 27 * DAY, CLOSES - 7 * DAY, Notice.CLOSING),
        # Was open all year, and now has a deadline.
        (None, OPENS, CLOSES - 7 * DAY, Notice.CLOSING),
    ],
)
def test_a_call_that_moves_is_announced_again_only_where_it_matters(
    announced: datetime | None, said: datetime, at: datetime, expected: Notice | None
) -> None:
    assert due(OPENS, CLOSES, [AT_THE_OPENING, Notified(announced, said)], at) == expected


def test_an_early_closing_is_over_and_said_by_nobody() -> None:
    assert due(OPENS, OPENS + DAY, [AT_THE_OPENING], OPENS + 2 * DAY) is None


def test_a_call_without_a_deadline_has_one_mail() -> None:
    assert due(OPENS, None, [], OPENS) == Notice.OPENED
    assert due(OPENS, None, [Notified(None, OPENS)], OPENS + 400 * DAY) is None
    assert reminder(None, OPENS) is None


def test_all_calls_include_those_of_each_programme() -> None:
    assert simplified({"calls:seeds", "calls", "newsletter"}) == ["calls", "newsletter"]
    assert simplified({"newsletter", "calls:seeds", "calls:first"}) == ["calls:first", "calls:seeds", "newsletter"]


def test_a_subscription_lasts_two_years_and_asks_a_month_before() -> None:
    renewed = clock.brussels(date(2027, 2, 1), 11)

    assert ends_at(renewed) == renewed.replace(year=2029)
    assert to_renew_before(renewed.replace(year=2029, month=1)) == renewed
