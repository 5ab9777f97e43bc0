"""Tables as XLSX, read back by another program: kinds of cells, zeros in front, nothing that would be run."""

import io
import zipfile
from datetime import UTC, date, datetime

import openpyxl
from flask import Flask

from app.core.exports.csv import rows_as_csv
from app.core.exports.xlsx import LONGEST_CELL, write_xlsx


def written(*rows: tuple[object, ...]) -> list[tuple[object, ...]]:
    """The rows as another program finds them, header left out."""
    target = io.BytesIO()
    header = [f"column_{number}" for number in range(len(rows[0]))]
    write_xlsx(target, header, rows, sheet="ranking")
    sheet = openpyxl.load_workbook(io.BytesIO(target.getvalue()))["ranking"]
    found = list(sheet.iter_rows(values_only=True))
    assert list(found[0]) == header
    return found[1:]


def test_each_cell_keeps_its_kind() -> None:
    at = datetime(2027, 2, 1, 10, tzinfo=UTC)

    found = written(("007", 7, 71.25, True, date(2027, 2, 1), at, None, float("nan"), "é–ü"))

    assert found == [
        ("007", 7, 71.25, True, datetime(2027, 2, 1), datetime(2027, 2, 1, 11), None, None, "é–ü")  # noqa: DTZ001 - a spreadsheet knows no zones
    ]


def test_nothing_is_a_formula_or_a_link() -> None:
    typed = ("=HYPERLINK(1)", "+32 2 555", "-1", "@x", "https://example.be/", "mailto:x@example.be", "{=1}")
    target = io.BytesIO()

    write_xlsx(target, [str(number) for number in range(7)], [typed], sheet="ranking")

    assert written(typed) == [typed]
    with zipfile.ZipFile(target) as parts:
        page = parts.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in page
    assert "hyperlink" not in page


def test_a_long_text_is_cut_and_says_so() -> None:
    found = written(("x" * 40_000, "a\x00b"))

    assert found[0][0] == "x" * (LONGEST_CELL - 1) + "…"
    assert str(found[0][1]).startswith("a")


def test_rows_do_not_stay_in_memory() -> None:
    """A generator is asked row by row."""
    asked = []

    def rows() -> object:
        for number in range(3):
            asked.append(number)
            yield (number,)

    write_xlsx(io.BytesIO(), ["n"], rows(), sheet="s")  # type: ignore[arg-type]

    assert asked == [0, 1, 2]


def test_figures_in_csv_have_the_belgian_comma(app: Flask) -> None:
    lines = rows_as_csv(["a", "b", "c"], [(71.25, -3.5, 4)]).decode("utf-8-sig").splitlines()

    assert lines[1] == "71,25;-3,5;4"
