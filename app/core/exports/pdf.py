"""Papers as tagged PDF (PDF/UA-1). Words go in as data, never as markup: nothing in an answer can be code."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import typst
from flask import Response, current_app

FONTS = Path(__file__).parent / "fonts"


def paper(template: str, data: Mapping[str, Any]) -> bytes:
    """The PDF that a Typst file among the templates makes of this data; ui/paper.typ says what every paper needs."""
    folder = Path(current_app.config["ROOT"]) / "templates"
    made = typst.compile(
        str(folder / template),
        root=str(folder),
        font_paths=[str(FONTS)],
        format="pdf",
        pdf_standards=["ua-1"],
        sys_inputs={"paper": json.dumps(data, ensure_ascii=False)},
    )
    if not isinstance(made, bytes):
        raise TypeError(type(made))
    return made


def as_paper(template: str, data: Mapping[str, Any], *, name: str) -> Response:
    """The PDF as an answer, to be kept and not shown."""
    answer = Response(paper(template, data), mimetype="application/pdf")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
