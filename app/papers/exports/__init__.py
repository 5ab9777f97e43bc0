"""Files on paper, in tables and in archives."""

from app.papers.exports.archive import archive
from app.papers.exports.tables import Table, columns, files_table, marks_table
from app.papers.exports.whole import whole_file

__all__ = ["Table", "archive", "columns", "files_table", "marks_table", "whole_file"]
