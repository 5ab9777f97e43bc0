"""Serve stored files: always as an attachment, sandboxed and uncached."""

from flask import Response

from app.core.errors import NotFound
from app.core.files.metadata import Unremovable, without_metadata
from app.core.files.storage import storage
from app.core.logs import log


def as_attachment(digest: str, *, name: str, media_type: str, is_anonymous: bool = False) -> Response:
    """The response; a browser never shows the content inside our pages. Raises NotFound.

    `is_anonymous`: a copy without metadata about the author. Raises Unremovable.
    """
    try:
        content = storage().get(digest)
    except FileNotFoundError:
        raise NotFound from None
    if is_anonymous:
        content = _anonymous(content, media_type)
    answer = Response(content, mimetype=media_type)
    answer.headers.set("Content-Disposition", "attachment", filename=" ".join(name.split()))  # a header is one line
    answer.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def _anonymous(content: bytes, media_type: str) -> bytes:
    try:
        return without_metadata(content, media_type)
    except Exception as failure:  # noqa: BLE001 - a name must not slip through because a file is unusual
        log.info("metadata not removed", media_type=media_type, failure=type(failure).__name__)
        raise Unremovable(media_type) from None
