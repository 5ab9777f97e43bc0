"""PDF for team and jury: an application with its reviews."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import groupby
from typing import Any

from flask_babel import gettext as _

from app.applications.queries.files import File
from app.core.exports.pdf import RenderingFailed, render_pdf
from app.core.i18n.formats import moment, number
from app.core.i18n.language import speaking
from app.documents.exports.whole import whole_file

ONE, MANY = "documents/applicant/whole.typ", "documents/staff/book.typ"
Named = tuple[str, str]  # a reference and a title


def dossier(file: File, marks: Iterable[Any], *, changing: bool, at: datetime) -> dict[str, Any]:
    """One application with the reviewers' scores and reasons, in its language.

    `changing`: the applicant is editing a newer text, which is not included.
    """
    data = whole_file(file, at=at)
    with speaking(data["language"]):
        facts = [*data["facts"], *([[_("Being changed"), _("Yes. This is the text that was handed in.")]] * changing)]
        return data | {"facts": facts, "sections": [*data["sections"], *_readings(list(marks))]}


def jury_book(
    title: str, files: list[dict[str, Any]], *, failed: Sequence[Named] = (), language: str, at: datetime
) -> bytes:
    """Several dossiers in one PDF, each on a new page, with a table of contents.

    Those that cannot be rendered, and those in `failed`, are named there.
    """
    try:
        return render_pdf(MANY, _book(title, files, failed, language=language, at=at))
    except RenderingFailed:
        good = [one for one in files if _is_drawn(one)]
        if len(good) == len(files):
            raise
        failed = [*failed, *((one["reference"], one["title"]) for one in files if one not in good)]
        return render_pdf(MANY, _book(title, good, failed, language=language, at=at))


def _is_drawn(data: dict[str, Any]) -> bool:
    try:
        render_pdf(ONE, data)
    except RenderingFailed:
        return False
    return True


def _book(
    title: str, files: list[dict[str, Any]], failed: Sequence[Named], *, language: str, at: datetime
) -> dict[str, Any]:
    calls = list(dict.fromkeys(one["header"] for one in files))
    with speaking(language):
        return {
            "title": title,
            "language": language,
            "region": "BE",
            "reference": "",
            "header": " / ".join(calls[:3]),
            "made": _("Coopcity. Made on %(moment)s.", moment=moment(at)),
            "page": _("Page %(number)s of %(count)s", number="{n}", count="{of}"),
            "facts": [*([_("Call"), one] for one in calls), [_("Dossiers"), number(len(files))]],
            "contents": _("Contents"),
            "files": files,
            "failed_title": _("Not in this document"),
            "failed": [list(one) for one in failed],
        }


def _readings(marks: list[Any]) -> list[dict[str, Any]]:
    found = []
    for reviewer, of_reader in groupby(marks, key=lambda mark: mark.reviewer):
        rows = []
        for mark in of_reader:
            score = _("cannot judge") if mark.cannot_judge or mark.score is None else f"{mark.score} / {mark.highest}"
            lines = [score, *mark.reason.splitlines()]
            rows.append({"label": f"{mark.code} ({mark.weight})", "lines": lines, "empty": ""})
        found.append({"title": _("Read by %(name)s", name=reviewer), "rows": rows})
    return found
