"""Tables as XLSX, read back by another program: kinds of cells, zeros in front, nothing that would be run."""

import io
import zipfile
from datetime import UTC, date, datetime
from decimal import Decimal

import openpyxl
import pytest
from flask import Flask

from app.core.exports.columns import Column
from app.core.exports.csv import rows_as_csv
from app.core.exports.xlsx import LONGEST_CELL, write_xlsx


@pytest.fixture(autouse=True)
def _words(app: Flask) -> None:
    """The sheet about the columns speaks a language."""


def written(*rows: tuple[object, ...]) -> list[tuple[object, ...]]:
    """The rows as another program finds them, header left out."""
    target = io.BytesIO()
    write_xlsx(target, plain(len(rows[0])), rows, sheet="ranking")
    sheet = openpyxl.load_workbook(io.BytesIO(target.getvalue()))["ranking"]
    found = list(sheet.iter_rows(values_only=True))
    assert list(found[0]) == [one.meaning["nl"] for one in plain(len(rows[0]))]
    return found[1:]


def plain(count: int) -> list[Column]:
    return [Column(f"column_{number}", {"nl": f"Kolom {number}", "fr": f"Colonne {number}"}) for number in range(count)]


def test_each_cell_keeps_its_kind() -> None:
    at = datetime(2027, 2, 1, 10, tzinfo=UTC)

    found = written(("007", 7, 71.25, True, date(2027, 2, 1), at, None, float("nan"), "é–ü"))

    assert found == [
        ("007", 7, 71.25, True, datetime(2027, 2, 1), datetime(2027, 2, 1, 11), None, None, "é–ü")  # noqa: DTZ001 - a spreadsheet knows no zones
    ]


def test_nothing_is_a_formula_or_a_link() -> None:
    typed = ("=HYPERLINK(1)", "+32 2 555", "-1", "@x", "https://example.be/", "mailto:x@example.be", "{=1}")
    target = io.BytesIO()

    write_xlsx(target, plain(7), [typed], sheet="ranking")

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

    write_xlsx(io.BytesIO(), plain(1), rows(), sheet="s")  # type: ignore[arg-type]

    assert asked == [0, 1, 2]


def test_figures_in_csv_have_the_belgian_comma(app: Flask) -> None:
    lines = rows_as_csv(["a", "b", "c"], [(71.25, -3.5, 4)]).decode("utf-8-sig").splitlines()

    assert lines[1] == '"71,25";"-3,5";"4"'


def test_every_cell_is_quoted() -> None:
    typed = ("a;b", 'zeg "ja"', "een\ntwee", "=1+1", 7, None, "")

    text = rows_as_csv(["x;y"] * 7, [typed]).decode("utf-8-sig")

    assert text == '"x;y";' * 6 + '"x;y"\r\n' + '"a;b";"zeg ""ja""";"een\ntwee";"\'=1+1";"7";"";""\r\n'


def test_sums_are_numbers_with_their_format() -> None:
    target = io.BytesIO()
    columns = [Column("q_budget", {"nl": "Budget", "fr": "Budget"}, is_money=True), *plain(1)]

    write_xlsx(target, columns, [(Decimal("48500.5"), Decimal(3)), (Decimal("NaN"), 1)], sheet="list")

    sheet = openpyxl.load_workbook(io.BytesIO(target.getvalue()))["list"]
    assert (sheet["A2"].value, sheet["A2"].data_type) == (48500.5, "n")
    assert "€" in sheet["A2"].number_format
    assert (sheet["B2"].value, sheet["A3"].value) == (3, None)
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:B3"


def test_a_second_sheet_explains_the_columns() -> None:
    target = io.BytesIO()

    write_xlsx(target, plain(2), [], sheet="list")

    sheets = openpyxl.load_workbook(io.BytesIO(target.getvalue())).worksheets
    found = list(sheets[1].iter_rows(values_only=True))
    assert found[0][1:] == ("Nederlands", "français")
    assert found[1:] == [("column_0", "Kolom 0", "Colonne 0"), ("column_1", "Kolom 1", "Colonne 1")]


def test_any_text_can_be_opened_again() -> None:
    hard = ("\ud800", "\x00\x0b", "\uffff\ufffe", "😀漢\ufeff", "\u202eabc", "e\u0301")

    found = written(hard)

    assert "�" in str(found[0][0])
    assert "😀漢" in str(found[0][3])
    assert rows_as_csv(["a"] * 6, [hard]).decode("utf-8")
