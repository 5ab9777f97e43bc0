"""Tagged PDF (PDF/UA-1) with Typst. Texts are passed as data, never as markup, so they cannot contain code."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import typst
from flask import Response, current_app
from flask_babel import gettext as _

from app.core.exports import typefaces
from app.core.i18n.language import speaking
from app.core.logs import log

MEDIA_TYPE = "application/pdf"


class RenderingFailed(RuntimeError):
    """Typst made no PDF of this data; the reason is in the log."""


def render_pdf(template: str, data: Mapping[str, Any]) -> bytes:
    """Render a Typst template with this data; ui/paper.typ has what every document needs.

    A character without a glyph becomes a visible mark, and the document says so. Raises RenderingFailed.
    """
    folder = Path(current_app.config["ROOT"]) / "templates"
    try:
        made = typst.compile(
            str(folder / template),
            root=str(folder),
            font_paths=typefaces.fonts(),
            format="pdf",
            pdf_standards=["ua-1"],
            sys_inputs={"paper": json.dumps(_drawable_data(data), ensure_ascii=False)},
        )
    except typst.TypstError as reason:
        log.error("paper failed", template=template, error=reason.message.partition("`")[0][:200])
        raise RenderingFailed from reason
    if not isinstance(made, bytes):
        raise TypeError(type(made))
    return made


def pdf_response(template: str, data: Mapping[str, Any], *, name: str) -> Response:
    """Render and return a download."""
    return as_pdf(render_pdf(template, data), name=name)


def as_pdf(content: bytes, *, name: str) -> Response:
    """A stored PDF as a download."""
    answer = Response(content, mimetype=MEDIA_TYPE)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def _drawable_data(data: Mapping[str, Any]) -> dict[str, Any]:
    """The data in characters that the fonts have, with a title (required by PDF/UA) and a note where marks stand."""
    found: dict[str, Any] = _drawable(dict(data))
    found["title"] = found["title"] if found["title"].strip() else "Coopcity"
    if typefaces.MARK in json.dumps(found, ensure_ascii=False):
        with speaking(data["language"]):
            note = _(
                "%(mark)s stands for a character that this document cannot show. The website shows it.",
                mark=typefaces.MARK,
            )
        found["note"] = note
    return found


def _drawable(value: Any) -> Any:
    match value:
        case str():
            return typefaces.drawable(value)
        case Mapping():
            return {key: _drawable(one) for key, one in value.items()}
        case list() | tuple():
            return [_drawable(one) for one in value]
    return value
