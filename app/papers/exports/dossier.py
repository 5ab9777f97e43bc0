"""What the team and the jury hold in their hands: a file, and what its readers wrote about it."""

from collections.abc import Iterable
from datetime import datetime
from itertools import groupby
from typing import Any

from flask_babel import gettext as _

from app.applications.queries import File
from app.core.i18n import moment, number, speaking
from app.papers.exports.whole import whole_file


def dossier(file: File, marks: Iterable[Any], *, at: datetime) -> dict[str, Any]:
    """A whole file with the scores and reasons of its readers, in the language of the file."""
    data = whole_file(file, at=at)
    with speaking(file.application.language):
        return data | {"sections": [*data["sections"], *_readings(list(marks))]}


def jury_book(title: str, files: list[dict[str, Any]], *, language: str, at: datetime) -> dict[str, Any]:
    """Many dossiers behind each other, each on a page of its own, with a list in front."""
    with speaking(language):
        return {
            "title": title,
            "language": language,
            "region": "BE",
            "reference": "",
            "made": _("Coopcity. Made on %(moment)s.", moment=moment(at)),
            "page": _("Page %(number)s of %(count)s", number="{n}", count="{of}"),
            "facts": [[_("Dossiers"), number(len(files))]],
            "contents": _("Contents"),
            "files": files,
        }


def _readings(marks: list[Any]) -> list[dict[str, Any]]:
    found = []
    for reader, of_reader in groupby(marks, key=lambda mark: mark.reader):
        rows = []
        for mark in of_reader:
            score = _("cannot judge") if mark.cannot_judge or mark.score is None else f"{mark.score} / {mark.highest}"
            lines = [score, *mark.reason.splitlines()]
            rows.append({"label": f"{mark.code} ({mark.weight})", "lines": lines, "empty": ""})
        found.append({"title": _("Read by %(name)s", name=reader), "rows": rows})
    return found
