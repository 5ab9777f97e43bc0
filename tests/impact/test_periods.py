"""The years in the heading of a figure."""

from dataclasses import dataclass

import pytest

from app.impact.rules.periods import years


@dataclass(frozen=True)
class Value:
    from_year: int
    to_year: int


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ([], ""),
        ([Value(2021, 2021)], "2021"),
        ([Value(2016, 2020)], "2016–2020"),
        ([Value(2021, 2021), Value(2016, 2020)], "2016–2021"),
    ],
)
def test_the_years_of_a_heading_are_all_that_were_counted(values: list[Value], words: str) -> None:
    assert years(values) == words
