"""Figures that count themselves, and bars that can be read."""

import re
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from app.impact.models import IndicatorValue
from app.impact.rules.drawings import bars
from tests.builders import an_enterprise, an_indicator, both
from tests.pages import PageClient, assert_budget

STREET = "impact_public.street"


def test_the_street_is_counted_without_what_is_fabricated(client: PageClient) -> None:
    an_enterprise(sector="food", legal_form="cv", municipality="21013", founded=2017)
    an_enterprise(sector="food", legal_form="asbl", municipality="", founded=None)
    an_enterprise(sector="work", legal_form="unknown", municipality="21004", founded=2012)
    an_enterprise(sector="work", is_rehearsal=True)

    page = client.get(STREET)

    assert "februari 2027 telt deze site 3 ondernemingen" in page.text
    tables = [table.select("tbody tr") for table in page.main.select("table")]
    rows = [[" ".join(row.get_text(" ", strip=True).split()) for row in table] for table in tables]
    assert rows[0] == ["Voeding en stadslandbouw 2", "Werk en inschakeling 1"]
    assert len(rows[1]) == len(rows[2]) == 2
    assert rows[3] == ["vóór 2016 1", "2016–2020 1"]
    for address in page.links("main table a"):
        assert client.get_path(address).select("h2")[0].startswith(("1 ", "2 "))


def test_a_table_with_one_row_is_not_a_chart(client: PageClient) -> None:
    an_enterprise(sector="food", legal_form="cv", municipality="21013", founded=2017)
    an_enterprise(sector="work", legal_form="cv", municipality="21013", founded=2017)

    page = client.get(STREET)

    drawn = [bool(one.select("svg.drawing")) for one in page.main.select("section:has(table)")]
    assert drawn == [True, False, False, False]


def test_an_empty_street_is_calm_and_a_long_one_costs_no_more(client: PageClient) -> None:
    assert client.get(STREET, lang="fr").main.select("table") == []
    for _number in range(40):
        an_enterprise()

    assert_budget(client.get(STREET), 2)


def test_a_figure_with_several_values_has_a_chart_beside_its_table(client: PageClient) -> None:
    _one, several = an_indicator("one"), an_indicator("several", value=10)
    several.values.append(
        IndicatorValue(
            from_year=2021, to_year=2021, value=20, as_of=date(2022, 1, 1), source_name=both("Bron", "Source")
        )
    )

    single = client.get("impact_public.indicator", slug="one-nl")
    assert single.main.select("svg.drawing[role=img]") == []
    assert (single.select("#series"), client.get("impact_public.indicator", slug="several-nl").select("#series")) == (
        ["Het cijfer en de bron"],
        ["Het cijfer in de tijd"],
    )
    chart = client.get("impact_public.indicator", slug="several-nl").main.select_one("svg.drawing[role=img]")
    assert chart is not None
    assert [text.get_text() for text in chart.select("text")] == ["2016–2020", "10", "2021", "20"]


@given(st.lists(st.tuples(st.text(max_size=30), st.integers(0, 10**6)), max_size=12))
def test_bars_are_as_long_as_their_numbers(rows: list[tuple[str, int]]) -> None:
    view, inside = bars(rows)

    widths = [int(found) for found in re.findall(r"h(\d+)v12", inside)]
    assert len(widths) == len(rows)
    assert all(0 <= width <= 356 for width in widths)
    most = max((value for _name, value in rows), default=0) or 1
    assert all(abs(width - 356 * value / most) <= 0.5 for width, (_name, value) in zip(widths, rows, strict=True))
    assert view.startswith("0 0 360 ")


def test_names_in_a_chart_stay_text() -> None:
    assert "<script" not in bars([("<script>", 1)])[1]
