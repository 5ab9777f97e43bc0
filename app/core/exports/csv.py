"""Lists as CSV that opens right in a Belgian spreadsheet: byte-order mark, semicolons, nothing taken for a formula."""

import csv
import io
from collections.abc import Iterable, Sequence

from flask import Response

FORMULA = ("=", "+", "-", "@", "\t", "\r")


def rows_as_csv(header: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """The file. Cells that a spreadsheet would run get an apostrophe in front (OWASP, CSV injection)."""
    written = io.StringIO()
    lines = csv.writer(written, delimiter=";", lineterminator="\r\n")
    lines.writerow(header)
    lines.writerows([_cell(value) for value in row] for row in rows)
    return b"\xef\xbb\xbf" + written.getvalue().encode("utf-8")


def as_download(header: Sequence[str], rows: Iterable[Sequence[object]], *, name: str) -> Response:
    """The file as an answer, to be kept and not shown."""
    answer = Response(rows_as_csv(header, rows))
    answer.headers["Content-Type"] = "text/csv; charset=utf-8"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _cell(value: object) -> object:
    if isinstance(value, str):
        return f"'{value}" if value.startswith(FORMULA) else value
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, float):
        return str(value).replace(".", ",")  # a Belgian spreadsheet takes 4.15 for the fourth of a month, or for text
    return "" if value is None else value
