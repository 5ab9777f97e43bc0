"""Security headers, sessions, CSRF, and checks of host and body."""

import functools
from collections.abc import Callable
from datetime import timedelta
from typing import Any, cast
from urllib.parse import urlsplit

from flask import Flask, Response, abort, current_app, request
from flask.sessions import SecureCookieSessionInterface, SessionMixin
from flask_wtf.csrf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

from app.core.http.gateway import REFUSED

View = Callable[..., Any]
csrf = CSRFProtect()

POLICY = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "font-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    ]
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
LOOKING = frozenset({"HEAD", "OPTIONS", "TRACE"})  # these endpoints show no page: no message, no remembered choice
YEAR = 365 * 24 * 3600
COOKIE_LASTS = timedelta(days=31)  # longer than any session, whose real end is in the database
OWN_MACHINE = ("127.0.0.1", "localhost", "::1")  # a developer's machine, and health checks


class Sessions(SecureCookieSessionInterface):
    """The session cookie; runs after all other headers are set, so it decides on caching."""

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Send the cookie with a response that changes the session, and forbid shared caches to store it."""
        if _changes_nothing(response, has_session=self.get_cookie_name(app) in request.cookies):
            if session.accessed:
                response.vary.add("Cookie")
            return
        super().save_session(app, session, response)
        if "Set-Cookie" in response.headers:
            _keep_to_this_browser(response)


def _changes_nothing(answer: Response, *, has_session: bool) -> bool:
    """True for HEAD and similar, and for refusals to a visitor without a cookie.

    Except 401 and 422: their page has a form to resend, which needs the CSRF token in the cookie.
    """
    if request.method in LOOKING:
        return True
    return answer.status_code >= 400 and answer.status_code not in (401, 422) and not has_session


def _keep_to_this_browser(answer: Response) -> None:
    caching = answer.cache_control
    if not (caching.private or caching.no_store):
        answer.headers["Cache-Control"] = "no-store"
    for name in ("ETag", "Last-Modified", "Expires"):
        answer.headers.pop(name, None)
    answer.vary.add("Cookie")


def init_app(app: Flask) -> None:
    """Set headers, cookie flags, CSRF protection and trusted proxies."""
    https = app.config["BASE_URL"].startswith("https:")
    app.config.update(
        SESSION_COOKIE_NAME="__Host-coopcity" if https else "coopcity",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=https,
        SESSION_REFRESH_EACH_REQUEST=False,
        PERMANENT_SESSION_LIFETIME=COOKIE_LASTS,
        WTF_CSRF_TIME_LIMIT=None,  # as long as the session: a draft may stay open for days
        WTF_CSRF_SSL_STRICT=https,
    )
    app.session_interface = Sessions()
    app.before_request(refuse_unread)
    app.before_request(refuse_foreign_hosts)
    app.before_request(refuse_nul)
    csrf.init_app(app)
    app.after_request(set_headers)
    proxies = app.config["TRUSTED_PROXIES"]
    if proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=proxies, x_proto=proxies, x_host=0)  # type: ignore[method-assign]


def refuse_unread() -> None:
    """Answer with the error page when the gateway did not read the body: too large, too slow, cut off."""
    status = request.environ.get(REFUSED)
    if status:
        abort(int(status))


def refuse_foreign_hosts() -> None:
    """Answer only to our own host names: a forged Host header could poison caches."""
    if not _is_ours(f"//{request.host}"):
        abort(400)


def acts_for_nobody(view: View) -> View:
    """Mark a public form that uses neither session nor sign-in: no token, so reading its page sets no cookie.

    In place of the token, a form that a browser sends from another site is refused.
    """

    @functools.wraps(view)
    def checked(*args: Any, **values: Any) -> Any:
        if request.method == "POST" and _comes_from_elsewhere():
            abort(400)
        return view(*args, **values)

    return cast(View, csrf.exempt(checked))


def _comes_from_elsewhere() -> bool:
    """True when the browser names another site as the sender; programs name none."""
    origin = request.headers.get("Origin")
    if request.headers.get("Sec-Fetch-Site") == "cross-site":
        return True
    return origin is not None and not _is_ours(origin)


def _is_ours(address: str) -> bool:
    try:
        host = urlsplit(address).hostname
    except ValueError:
        return False
    return host in (urlsplit(current_app.config["BASE_URL"]).hostname, *OWN_MACHINE)


def refuse_nul() -> None:
    """Refuse NUL in addresses, which PostgreSQL cannot store; in forms it is cleaned."""
    if "\x00" in request.path or b"%00" in request.query_string or b"\x00" in request.query_string:
        abort(400)


def set_headers(answer: Response) -> Response:
    """Add missing headers; pages of a signed-in person are never stored by shared caches."""
    for name, value in HEADERS.items():
        answer.headers.setdefault(name, value)
    if request.is_secure or current_app.config["SESSION_COOKIE_SECURE"]:  # a proxy may terminate TLS without saying so
        answer.headers.setdefault("Strict-Transport-Security", f"max-age={2 * YEAR}; includeSubDomains")
    if answer.location and answer.location.startswith(request.host_url):
        # The router's redirects name scheme and host; a proxy may know them better.
        answer.location = answer.location.removeprefix(request.host_url.rstrip("/"))
    if answer.mimetype == "text/html":
        answer.vary.add("Cookie")  # the sign-in page differs for a signed-in visitor
    if "Set-Cookie" in answer.headers:
        _keep_to_this_browser(answer)
    if "Cache-Control" not in answer.headers:
        answer.headers["Cache-Control"] = _caching(answer)
    return answer


def _caching(answer: Response) -> str:
    """Private pages are not stored, except pages that answer a form: the browser keeps them for the Back button.

    Otherwise Chromium shows "confirm form resubmission" (ERR_CACHE_MISS) instead of the typed text. Signing out deletes
    these copies.
    """
    if request.method == "POST" and answer.mimetype == "text/html" and not answer.location:
        return "private, no-cache"
    return "no-store" if _is_private(answer) else "no-cache"


def for_everybody(answer: Response) -> Response:
    """Allow cross-origin reading of open data."""
    answer.headers["Access-Control-Allow-Origin"] = "*"
    answer.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return answer


def _is_private(answer: Response) -> bool:
    return bool(request.cookies) or answer.status_code >= 400
