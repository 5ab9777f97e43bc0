"""Conditional requests (RFC 9110, section 13): public responses get an ETag; unchanged ones are answered 304."""

from base64 import urlsafe_b64encode
from datetime import UTC, datetime
from hashlib import blake2b

from flask import Flask, Response, current_app, g, request, session

from app.core import clock
from app.core.db.transactions import SAFE_METHODS

ETAG_BYTES = 12


def init_app(app: Flask) -> None:
    """Answer 304 where the client has the same version.

    Call this last: Flask runs after-request functions in reverse order, so the ETag is computed before compression and
    a 304 is never compressed.
    """
    app.config["STARTED_AT"] = clock.now()
    app.after_request(answer_only_what_is_new)


def since(*moments: datetime) -> None:
    """Set when the content of this page last changed; for pages where nothing else changes between releases."""
    g.changed_at = max(moments)


def answer_only_what_is_new(answer: Response) -> Response:
    """Give a public response its ETag, and Last-Modified where the view knows it; 304 when the client has it.

    The ETag is weak: plain, gzip and brotli are the same page.
    """
    if not _is_public(answer):
        return answer
    if answer.get_etag() == (None, None):
        answer.set_etag(_mark(answer.get_data()), weak=True)
    changed_at = g.get("changed_at")
    if changed_at and answer.last_modified is None:
        # A release may change the layout of every page: nothing is older than this process.
        answer.last_modified = max(changed_at, current_app.config["STARTED_AT"]).astimezone(UTC)
    answer.make_conditional(request)
    return answer


def _is_public(answer: Response) -> bool:
    """True when the response is the same for everybody: no session, no cookie, no private cache directive."""
    if request.method not in SAFE_METHODS or answer.status_code != 200 or answer.is_streamed:
        return False
    # Flask writes the session's cookie later: a modified session means a cookie.
    if request.cookies or session.modified or answer.headers.getlist("Set-Cookie"):
        return False
    return not (answer.cache_control.no_store or answer.cache_control.private)


def _mark(content: bytes) -> str:
    return urlsafe_b64encode(blake2b(content, digest_size=ETAG_BYTES).digest()).decode()
