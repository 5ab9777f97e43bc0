"""Files on paper, in tables and in archives."""

from app.papers.exports.archive import archive, or_none, safe, stored
from app.papers.exports.dossier import dossier, jury_book
from app.papers.exports.tables import Table, columns, files_table, marks_table
from app.papers.exports.whole import whole_file

__all__ = [
    "Table",
    "archive",
    "columns",
    "dossier",
    "files_table",
    "jury_book",
    "marks_table",
    "or_none",
    "safe",
    "stored",
    "whole_file",
]
