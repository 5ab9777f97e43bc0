"""XLSX: texts stay texts, so that no cell becomes a formula or link and leading zeros stay.

The header gives each column's meaning in the language of the page; a second sheet adds its stable name and every
language.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import IO, Any

import xlsxwriter
from flask import Response
from flask_babel import gettext as _

from app.core import clock
from app.core.exports.columns import Column
from app.core.exports.sending import as_file
from app.core.i18n.bilingual import LANGUAGE_NAMES, LOCALES
from app.core.i18n.language import locale
from app.core.text.cleaning import UNWANTED

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LONGEST_CELL = 32_767  # the maximum of a spreadsheet cell
WIDTHS = (10, 60)
MARK = "\ufffd"  # not allowed in XML
# Rows are written to disk one by one: constant memory.
OPTIONS = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


@dataclass(frozen=True)
class _Formats:
    """Number formats for figures, days and moments; cells hold typed values."""

    head: Any
    day: Any
    moment: Any
    money: Any
    wrapped: Any


def write_xlsx(target: IO[bytes], columns: Sequence[Column], rows: Iterable[Sequence[object]], *, sheet: str) -> None:
    """Write the list with a frozen header and filters, and a sheet that explains the columns.

    Cells are typed: number, amount, day, moment, text.
    """
    book = xlsxwriter.Workbook(target, OPTIONS)
    book.set_properties({"created": clock.now().replace(tzinfo=None)})
    formats = _Formats(
        head=book.add_format({"bold": True}),
        day=book.add_format({"num_format": "dd/mm/yyyy"}),
        moment=book.add_format({"num_format": "dd/mm/yyyy hh:mm"}),
        money=book.add_format({"num_format": '#,##0.00\\ "€"'}),
        wrapped=book.add_format({"text_wrap": True, "valign": "top"}),
    )
    page = _sheet(book, sheet, [one.meaning[locale()] for one in columns], formats)
    number = 0
    for number, row in enumerate(rows, 1):
        for place, (column, value) in enumerate(zip(columns, row, strict=True)):
            _write(page, number, place, value, formats.money if column.is_money else None, formats)
    page.autofilter(0, 0, number, len(columns) - 1)
    _explain(book, columns, formats)
    book.close()


def as_xlsx(columns: Sequence[Column], rows: Iterable[Sequence[object]], *, sheet: str, name: str) -> Response:
    """The response as a download."""
    return as_file(lambda target: write_xlsx(target, columns, rows, sheet=sheet), name=name, media_type=MEDIA_TYPE)


def _sheet(book: Any, title: str, header: Sequence[str], formats: _Formats) -> Any:
    page = book.add_worksheet(title)
    least, most = WIDTHS
    for place, name in enumerate(header):
        page.set_column(place, place, min(most, max(least, len(name) + 3)))
    page.freeze_panes(1, 0)
    for place, name in enumerate(header):
        page.write_string(0, place, _text(name), formats.head)
    return page


def _explain(book: Any, columns: Sequence[Column], formats: _Formats) -> None:
    """The meaning of each column in every language."""
    header = [_("Column"), *(LANGUAGE_NAMES[language] for language in LOCALES)]
    page = _sheet(book, _("About the columns"), header, formats)
    page.set_column(1, len(LOCALES), WIDTHS[1], formats.wrapped)
    for number, column in enumerate(columns, 1):
        for place, words in enumerate((column.name, *(column.meaning[language] for language in LOCALES))):
            page.write_string(number, place, _text(words))


def _write(page: Any, row: int, place: int, value: object, number_format: Any, formats: _Formats) -> None:
    if value is None or (isinstance(value, float | Decimal) and not math.isfinite(value)):
        return
    if isinstance(value, bool):
        page.write_boolean(row, place, value)
    elif isinstance(value, int | float | Decimal):
        page.write_number(row, place, value, number_format)
    elif isinstance(value, datetime):
        page.write_datetime(row, place, clock.in_brussels(value).replace(tzinfo=None), formats.moment)
    elif isinstance(value, date):
        page.write_datetime(row, place, value, formats.day)
    else:
        page.write_string(row, place, _text(str(value)))


def _text(typed: str) -> str:
    """The text without characters that XML forbids, cut at the maximum length."""
    text = UNWANTED.sub(MARK, typed)
    return text if len(text) <= LONGEST_CELL else f"{text[: LONGEST_CELL - 1]}…"
