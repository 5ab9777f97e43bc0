"""CSV for Belgian spreadsheets: byte-order mark, semicolons, no formulas."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal

from flask import Response

from app.core import clock
from app.core.exports.sending import as_file

FORMULA = ("=", "+", "-", "@", "\t", "\r")
MARK = b"\xef\xbb\xbf"
LINES_AT_ONCE = 100


def rows_as_csv(header: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """The whole file, for a short list."""
    return b"".join(csv_pieces(header, rows))


def csv_pieces(header: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[bytes]:
    """The file in pieces, for long lists.

    Every cell is quoted, so that no character in a text starts a new cell. Cells that a spreadsheet would execute get a
    leading apostrophe (OWASP, CSV injection).
    """
    written = io.StringIO()
    lines = csv.writer(written, delimiter=";", lineterminator="\r\n", quoting=csv.QUOTE_ALL)
    lines.writerow([_cell(name) for name in header])
    yield MARK
    for number, row in enumerate(rows, 1):
        lines.writerow([_cell(value) for value in row])
        if number % LINES_AT_ONCE == 0:
            yield _taken(written)
    yield _taken(written)


def as_download(header: Sequence[str], rows: Iterable[Sequence[object]], *, name: str) -> Response:
    """The response as a download."""
    pieces = csv_pieces(header, rows)
    return as_file(lambda target: target.writelines(pieces), name=name, media_type="text/csv; charset=utf-8")


def _taken(written: io.StringIO) -> bytes:
    piece = written.getvalue().encode("utf-8", "replace")
    written.seek(0)
    written.truncate()
    return piece


def _cell(value: object) -> object:
    if isinstance(value, str):
        return f"'{value}" if value.startswith(FORMULA) else value
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, float | Decimal):
        return str(value).replace(".", ",")  # a Belgian spreadsheet reads 4.15 as a date or as text
    if isinstance(value, datetime):
        return clock.in_brussels(value).strftime("%d/%m/%Y %H:%M")
    if isinstance(value, date):
        return value.strftime("%d/%m/%Y")
    return "" if value is None else value
