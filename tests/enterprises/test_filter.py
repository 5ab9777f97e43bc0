"""What a visitor looks for in the showcase."""

import pytest
from werkzeug.datastructures import MultiDict

from app.enterprises.forms import order, showcase_filter
from app.enterprises.rules.filter import Filter, period_of, years_of


def asked(*pairs: tuple[str, str]) -> Filter:
    return showcase_filter(MultiDict(pairs))


def test_nothing_asked_is_everything() -> None:
    assert asked() == Filter()
    assert Filter().choices() == []


def test_choices_come_facet_by_facet_and_typed_words_last() -> None:
    wanted = asked(
        ("q", " été "),
        ("sector", "work"),
        ("sector", "food"),
        ("form", "cv"),
        ("year", "2016"),
        ("year", "0"),
        ("programme", "seeds"),
        ("municipality", "21013"),
    )

    assert wanted.choices() == [
        ("sector", "food"),
        ("sector", "work"),
        ("legal_form", "cv"),
        ("period", "0"),
        ("period", "2016"),
        ("programme", "seeds"),
        ("municipality", "21013"),
        ("text", "été"),
    ]


@pytest.mark.parametrize(
    "pair",
    [
        ("sector", "zz"),
        ("form", "'"),
        ("year", "2017"),
        ("year", "1990"),
        ("year", "20160"),
        ("year", "²016"),
        ("programme", "A B"),
        ("municipality", "1000"),
        ("x", "food"),
    ],
)
def test_what_makes_no_sense_is_left_out(pair: tuple[str, str]) -> None:
    assert asked(pair) == Filter()


def test_one_choice_less_and_one_facet_less() -> None:
    wanted = Filter(text="x", sector=frozenset({"food", "work"}), municipality="21013")

    assert wanted.less("sector", "food") == Filter(text="x", sector=frozenset({"work"}), municipality="21013")
    assert wanted.less("municipality", "21013").municipality == ""
    assert wanted.less("text", "x").text == ""
    assert wanted.without("sector").sector == frozenset()


@pytest.mark.parametrize(
    ("year", "code"), [(1999, "0"), (2015, "0"), (2016, "2016"), (2020, "2016"), (2021, "2021"), (2026, "2026")]
)
def test_years_stand_in_stretches_of_five(year: int, code: str) -> None:
    first, last = years_of(code)

    assert period_of(year) == code
    assert (first or 0) <= year <= last


def test_an_unknown_order_is_that_of_the_street() -> None:
    assert order(MultiDict([("sort", "name")])) == "name"
    assert order(MultiDict([("sort", "'")])) == "place"
