"""What a decision needs, what may be answered, what a text gives away, and what stops a batch."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from flask import Flask

from app.applications.rules.states import State
from app.core.belgium.holidays import working_day_from
from app.core.issues import blocks
from app.decisions.rules.checks import At, Draft, Surroundings, issues
from app.decisions.rules.outcomes import (
    free_places,
    gaps,
    is_late,
    last_day_to_answer,
    mark_of,
    may_correct,
    possible_answers,
    shown_in,
)
from app.decisions.rules.words import leans_elsewhere, named, seems
from tests.deciding import REASON

DUTCH, FRENCH = REASON["nl"], REASON["fr"]
TODAY = date(2027, 3, 1)
GOOD = Draft("k", "SE27-0001", "De Spoel", "nl", "accepted", None, DUTCH, own="Zoë Janssens De Spoel")
AROUND = Surroundings(
    people=("Daan Willems", "Chloé Lambert"),
    criteria={1: "Doel", 2: "Team"},
    today=TODAY,
    answer_by=date(2027, 3, 15),
)


@pytest.mark.parametrize(
    ("outcome", "reason", "rank", "missing"),
    [
        ("accepted", DUTCH, None, []),
        ("accepted", "Te kort.", None, ["reason"]),
        ("reserve", DUTCH, None, ["rank"]),
        ("reserve", "", 2, ["reason"]),
        ("reserve", DUTCH, 2, []),
        ("declined", " " * 40, None, ["reason"]),
    ],
)
def test_what_a_decision_needs(outcome: str, reason: str, rank: int | None, missing: list[str]) -> None:
    assert gaps(outcome, reason, rank) == missing


@pytest.mark.parametrize(
    ("state", "days", "possible"),
    [
        (State.ACCEPTED, 0, [State.CONFIRMED, State.DECLINED_BY_TEAM]),
        (State.ACCEPTED, 14, [State.CONFIRMED, State.DECLINED_BY_TEAM]),
        (State.ACCEPTED, 15, [State.DECLINED_BY_TEAM]),
        (State.RESERVE, 15, [State.DECLINED_BY_TEAM]),
        (State.CONFIRMED, 40, [State.DECLINED_BY_TEAM]),
        (State.DECLINED, 0, []),
        (State.JURY, 0, []),
        (State.DECLINED_BY_TEAM, 0, []),
    ],
)
def test_what_may_be_answered_about_a_place(state: State, days: int, possible: list[State]) -> None:
    last = TODAY + timedelta(days=14)

    assert possible_answers(state, last, TODAY + timedelta(days=days)) == possible
    assert is_late(state, last, TODAY + timedelta(days=days)) is (state is State.ACCEPTED and days > 14)


def test_places_are_never_fewer_than_none() -> None:
    assert [free_places(3, held) for held in (0, 2, 3, 5)] == [3, 1, 0, 0]


@pytest.mark.parametrize("state", list(State))
def test_what_was_told_may_be_corrected_until_the_place_is_answered_for(state: State) -> None:
    assert may_correct(state, True) is (state in (State.ACCEPTED, State.RESERVE, State.DECLINED))
    assert not may_correct(state, False)


def test_a_mark_tells_what_stood_on_the_page() -> None:
    at = datetime(2027, 3, 1, 9, tzinfo=UTC)

    assert shown_in(mark_of(at, "reserve", 3)) == ("reserve", "3")
    assert shown_in(mark_of(at, "accepted", None)) == ("accepted", "")
    assert shown_in(mark_of(None, "", None)) == ("", "")
    assert mark_of(at, "accepted", None) != mark_of(at + timedelta(microseconds=1), "accepted", None)


def test_the_proposed_last_day_is_a_working_day_two_weeks_on() -> None:
    assert last_day_to_answer(date(2027, 3, 15)) == date(2027, 3, 30)  # 29 March is Easter Monday
    assert working_day_from(date(2027, 12, 25)) == date(2027, 12, 27)


@pytest.mark.parametrize(
    ("planned", "proposed"),
    [
        (date(2027, 4, 20), date(2027, 4, 20)),
        (date(2027, 3, 29), date(2027, 3, 30)),  # Easter Monday
        (date(2027, 3, 15), date(2027, 3, 30)),  # the day on which the letters leave: two weeks on
        (date(2027, 2, 1), date(2027, 3, 30)),
    ],
)
def test_the_proposed_last_day_is_that_of_the_plan_while_it_is_to_come(planned: date, proposed: date) -> None:
    assert last_day_to_answer(date(2027, 3, 15), planned) == proposed


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (DUTCH + " Jullie weten wat de buurt nodig heeft, maar het budget is nog niet rond.", "nl"),
        (FRENCH + " Le budget n’est pas encore bouclé, mais vous connaissez le quartier.", "fr"),
        ("", ""),
        ("Kuregem", ""),
        ("Le plan est bon. Het plan is goed maar niet rond.", ""),
        ("12345 !!! ***", ""),
    ],
)
def test_small_words_tell_a_language(text: str, language: str) -> None:
    assert seems(text) == language


@pytest.mark.parametrize(
    ("text", "language", "elsewhere"),
    [
        ("Het economische model blijft onduidelijk en de cijfers ontbreken.", "fr", True),
        ("Het economische model blijft onduidelijk en de cijfers ontbreken.", "nl", False),
        ("Le modèle est fragile.", "nl", True),
        ("Weinig klanten.", "fr", False),
        ("", "nl", False),
    ],
)
def test_a_short_text_leans_to_the_language_of_its_small_words(text: str, language: str, elsewhere: bool) -> None:
    assert leans_elsewhere(text, language) is elsewhere


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Daan Willems vond het sterk.", ["Daan Willems"]),
        ("volgens DAAN WILLEMS", ["Daan Willems"]),
        ("Willems twijfelt.", ["Daan Willems"]),
        ("de heer willems", []),  # a family name alone counts with a capital
        ("Chloe Lambert et Daan Willems", ["Chloé Lambert", "Daan Willems"]),
        ("LAMBERT", ["Chloé Lambert"]),
        ("Daan vond het sterk.", []),
        ("Willemsen is iemand anders.", []),
        ("De heer Wit", []),  # three letters are no name
        ("Marie Wit", ["Marie Wit"]),
        ("Van den Broeck zei ja", ["Jan Van den Broeck"]),
        ("De ploeg is sterk.", []),
    ],
)
def test_a_juror_is_found_in_a_text(text: str, found: list[str]) -> None:
    people = ["Chloé Lambert", "Daan Willems", "Jan Van den Broeck", "Marie Wit", "Zoë"]

    assert named(text, people) == found


def test_the_applicants_own_name_is_no_secret() -> None:
    assert named("Beste Willems, dank je.", ["Daan Willems"], own="Piet Willems") == []
    assert named("Daan Willems las het.", ["Daan Willems"], own="Piet Willems") == ["Daan Willems"]


def check(*drafts: Draft, around: Surroundings = AROUND) -> list[tuple[At, bool]]:
    """Where the spots are, and whether each is a mere warning."""
    return [(issue.at, issue.warning) for issue in issues(drafts, around)]


def test_a_good_batch_has_nothing_to_mend(app: Flask) -> None:
    reserve = replace(GOOD, key="r", outcome="reserve", rank=1)

    with app.test_request_context("/nl/"):
        assert check(GOOD, reserve, replace(GOOD, outcome="declined")) == []


STOPS: list[tuple[dict[str, Any], At]] = [
    ({"reason": "Te kort."}, At.DECISION),
    ({"outcome": "reserve"}, At.DECISION),
    ({"in_conflict": True}, At.DECISION),
    ({"wanted": frozenset({1})}, At.FEEDBACK),
    ({"wanted": frozenset({1}), "feedback": {1: "  "}}, At.FEEDBACK),
    ({"reason": f"{DUTCH} Chloé Lambert"}, At.DECISION),
    ({"feedback": {2: "Willems las het graag."}}, At.FEEDBACK),
]


@pytest.mark.parametrize(("change", "at"), STOPS)
def test_one_file_stops_the_batch(app: Flask, change: dict[str, Any], at: At) -> None:
    with app.test_request_context("/nl/"):
        assert check(GOOD, replace(GOOD, **change)) == [(at, False)]


def test_a_place_on_the_list_is_given_once(app: Flask) -> None:
    first, second = (replace(GOOD, key=key, outcome="reserve", rank=2) for key in "ab")

    with app.test_request_context("/fr/"):
        assert check(first, second) == [(At.DECISION, False)] * 2
        assert check(first, around=replace(AROUND, taken_ranks=frozenset({2}))) == [(At.DECISION, False)]
        assert check(first, replace(second, rank=3), around=replace(AROUND, taken_ranks=frozenset({1}))) == []


@pytest.mark.parametrize("day", [None, TODAY, date(2027, 2, 1), date(2027, 3, 13), date(2027, 3, 29)])
def test_the_last_day_is_a_working_day_to_come(app: Flask, day: date | None) -> None:
    with app.test_request_context("/nl/"):
        assert check(GOOD, around=replace(AROUND, answer_by=day)) == [(At.DAY, False)]
        assert check(replace(GOOD, outcome="declined"), around=replace(AROUND, answer_by=day)) == []


def test_a_reserve_list_beside_free_places_is_a_warning(app: Flask) -> None:
    """Its letter says that there were more good files than places."""
    waits = replace(GOOD, outcome="reserve", rank=1)
    with app.test_request_context("/nl/"):
        assert check(GOOD, waits, around=replace(AROUND, places_left=2)) == [(At.CALL, True)]
        assert check(GOOD, waits, around=replace(AROUND, places_left=1)) == []
        assert check(GOOD, around=replace(AROUND, places_left=2)) == []
        (found,) = issues([GOOD, waits], replace(AROUND, places_left=3))
        assert found.sentence.startswith("Er blijven 2 plaatsen vrij")


def test_nobody_is_left_out_and_the_rest_is_a_warning(app: Flask) -> None:
    with app.test_request_context("/fr/"):
        assert check(GOOD, around=replace(AROUND, undecided=2)) == [(At.CALL, False)]
        assert check(GOOD, around=replace(AROUND, left_out=1)) == [(At.CALL, True)]
        assert check(GOOD, GOOD, around=replace(AROUND, places_left=1)) == [(At.CALL, True)]
        strange = replace(GOOD, reason=f"{FRENCH} Vous connaissez le quartier et les habitants.")
        assert check(strange) == [(At.DECISION, True)]
        assert not blocks(issues([strange], AROUND))
        assert blocks(issues([replace(strange, in_conflict=True)], AROUND))
