"""Lists as XLSX: text stays text, so that no cell is taken for a formula or a link and no zero in front is lost."""

import math
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import IO, Any

import xlsxwriter
from flask import Response

from app.core import clock
from app.core.exports.sending import as_file

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LONGEST_CELL = 32_767  # what a spreadsheet holds; it would show nothing of a longer text
WIDTHS = (10, 60)
# Rows go to the disk one by one: memory does not grow with the list.
OPTIONS = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


def write_xlsx(target: IO[bytes], header: Sequence[str], rows: Iterable[Sequence[object]], *, sheet: str) -> None:
    """Write one sheet with a header that stays in sight. A cell keeps its kind: number, day, moment, text."""
    book = xlsxwriter.Workbook(target, OPTIONS)
    book.set_properties({"created": clock.now().replace(tzinfo=None)})
    page = book.add_worksheet(sheet)
    bold, day, moment = (
        book.add_format(look)
        for look in ({"bold": True}, {"num_format": "dd/mm/yyyy"}, {"num_format": "dd/mm/yyyy hh:mm"})
    )
    least, most = WIDTHS
    for column, name in enumerate(header):
        page.set_column(column, column, min(most, max(least, len(name) + 3)))
    page.freeze_panes(1, 0)
    for column, name in enumerate(header):
        page.write_string(0, column, name, bold)
    for number, row in enumerate(rows, 1):
        for column, value in enumerate(row):
            _write(page, number, column, value, day, moment)
    book.close()


def as_xlsx(header: Sequence[str], rows: Iterable[Sequence[object]], *, sheet: str, name: str) -> Response:
    """The file as an answer, to be kept and not shown."""
    return as_file(lambda target: write_xlsx(target, header, rows, sheet=sheet), name=name, media_type=MEDIA_TYPE)


def _write(page: Any, row: int, column: int, value: object, day: Any, moment: Any) -> None:
    if value is None or (isinstance(value, float) and not math.isfinite(value)):
        return
    if isinstance(value, bool):
        page.write_boolean(row, column, value)
    elif isinstance(value, int | float):
        page.write_number(row, column, value)
    elif isinstance(value, datetime):
        page.write_datetime(row, column, clock.in_brussels(value).replace(tzinfo=None), moment)
    elif isinstance(value, date):
        page.write_datetime(row, column, value, day)
    else:
        text = str(value)
        page.write_string(row, column, text if len(text) <= LONGEST_CELL else f"{text[: LONGEST_CELL - 1]}…")
