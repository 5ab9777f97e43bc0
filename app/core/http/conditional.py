"""Has this changed? Public answers carry a mark of their content, and nothing is sent twice (RFC 9110, section 13)."""

from base64 import urlsafe_b64encode
from datetime import UTC, datetime
from hashlib import blake2b

from flask import Flask, Response, current_app, g, request, session

from app.core import clock
from app.core.db.transactions import SAFE_METHODS

ETAG_BYTES = 12


def init_app(app: Flask) -> None:
    """Answer who has it already with 304.

    Call this last: of the functions after a request Flask runs the latest first, so the mark is made from the plain
    text, before anything compresses it, and an answer of 304 costs no compression.
    """
    app.config["STARTED_AT"] = clock.now()
    app.after_request(answer_only_what_is_new)


def since(*moments: datetime) -> None:
    """Say when the things on this page last changed; for a page on which nothing else can change between releases."""
    g.changed_at = max(moments)


def answer_only_what_is_new(answer: Response) -> Response:
    """Give a public answer its ETag, and Last-Modified where a view knows it; 304 for whoever holds this very thing.

    The mark is weak: one text goes out as it is, as gzip and as brotli, and all three are the same page.
    """
    if not _is_public(answer):
        return answer
    if answer.get_etag() == (None, None):
        answer.set_etag(_mark(answer.get_data()), weak=True)
    changed_at = g.get("changed_at")
    if changed_at and answer.last_modified is None:
        # A release may change the layout around every text: nothing here is older than this process.
        answer.last_modified = max(changed_at, current_app.config["STARTED_AT"]).astimezone(UTC)
    answer.make_conditional(request)
    return answer


def _is_public(answer: Response) -> bool:
    """The same for everybody: read without a session, kept by whoever likes, and without a cookie on its way."""
    if request.method not in SAFE_METHODS or answer.status_code != 200 or answer.is_streamed:
        return False
    # Flask writes the session's cookie after this: a session that was changed is a cookie on its way.
    if request.cookies or session.modified or answer.headers.getlist("Set-Cookie"):
        return False
    return not (answer.cache_control.no_store or answer.cache_control.private)


def _mark(content: bytes) -> str:
    return urlsafe_b64encode(blake2b(content, digest_size=ETAG_BYTES).digest()).decode()
