"""Giving a file back: always as an attachment, in a sandbox, kept by nobody."""

from flask import Response

from app.core.errors import Missing
from app.core.files.storage import storage


def as_attachment(digest: str, *, name: str, media_type: str) -> Response:
    """Answer with the octets; whatever they hold, a browser never shows them inside our pages. Raises Missing."""
    try:
        content = storage().get(digest)
    except FileNotFoundError:
        raise Missing from None
    answer = Response(content, mimetype=media_type)
    answer.headers.set("Content-Disposition", "attachment", filename=" ".join(name.split()))  # a header is one line
    answer.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
