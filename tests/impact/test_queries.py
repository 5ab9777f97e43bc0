"""Public figures in their order, each with its values."""

from datetime import date
from typing import Any

import pytest

from app.core.db.base import db
from app.impact import queries
from app.impact.models import IndicatorValue
from tests.builders import an_indicator, both

pytestmark = pytest.mark.usefixtures("app")


def counted(from_year: int, value: int) -> IndicatorValue:
    source: dict[str, Any] = {"source_name": both("Jaarverslag", "Rapport"), "source_url": ""}
    return IndicatorValue(
        from_year=from_year, to_year=from_year, value=value, as_of=date(from_year + 1, 1, 31), **source
    )


def test_indicators_keep_their_order_and_values_theirs() -> None:
    an_indicator("jobs", position=2)
    an_indicator("projects", position=1, values=[counted(2022, 40), counted(2021, 30)])
    db.session.expire_all()

    found = queries.indicators()

    assert [indicator.key for indicator in found] == ["projects", "jobs"]
    assert [value.value for value in found[0].values] == [30, 40]


def test_indicator_is_found_by_its_slug_in_the_language_of_the_page() -> None:
    jobs = an_indicator("jobs", slug=both("banen", "emplois"))

    assert queries.indicator("fr", "emplois") is jobs
    assert queries.indicator("nl", "emplois") is None
