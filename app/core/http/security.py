"""What every answer tells the browser: load only from here, run only our files, show in no frame."""

from datetime import timedelta
from urllib.parse import urlsplit

from flask import Flask, Response, abort, current_app, request
from flask.sessions import SecureCookieSessionInterface, SessionMixin
from flask_wtf.csrf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

from app.core.http.gateway import REFUSED

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
LOOKING = frozenset({"HEAD", "OPTIONS", "TRACE"})  # nobody reads a page: no message is shown, no choice remembered
YEAR = 365 * 24 * 3600
COOKIE_LASTS = timedelta(days=31)  # longer than any sign-in, whose own end is in the database
OWN_MACHINE = ("127.0.0.1", "localhost", "::1")  # a newcomer, and whoever asks for the health of the process


class Sessions(SecureCookieSessionInterface):
    """The session's cookie: sent after every other header is set, and therefore with the last word on caches."""

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Send the cookie with an answer that carries a deed; nobody but this browser may keep that answer."""
        if _changes_nothing(response, has_session=self.get_cookie_name(app) in request.cookies):
            if session.accessed:
                response.vary.add("Cookie")
            return
        super().save_session(app, session, response)
        if "Set-Cookie" in response.headers:
            _keep_to_this_browser(response)


def _changes_nothing(answer: Response, *, has_session: bool) -> bool:
    """HEAD and its like only look; a refusal gives no cookie to somebody who had none.

    But for 401 and 422: their page holds a form to send again, which needs the proof in the cookie.
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
    """Set headers, cookie flags, the CSRF check and the proxies that are believed."""
    https = app.config["BASE_URL"].startswith("https:")
    app.config.update(
        SESSION_COOKIE_NAME="__Host-coopcity" if https else "coopcity",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=https,
        SESSION_REFRESH_EACH_REQUEST=False,
        PERMANENT_SESSION_LIFETIME=COOKIE_LASTS,
        WTF_CSRF_TIME_LIMIT=None,  # as long as the session: a draft may stay open on a screen for days
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
    """Answer with the error page where the server in front did not read the body: too large, too slow, broken off."""
    status = request.environ.get(REFUSED)
    if status:
        abort(int(status))


def refuse_foreign_hosts() -> None:
    """Answer only under our own name: a Host header is somebody's claim, and caches believe it."""
    try:
        host = urlsplit(f"//{request.host}").hostname
    except ValueError:
        host = None
    if host not in (urlsplit(current_app.config["BASE_URL"]).hostname, *OWN_MACHINE):
        abort(400)


def refuse_nul() -> None:
    """No address of ours holds a NUL, and PostgreSQL breaks on one; in forms it is cleaned away."""
    if "\x00" in request.path or b"%00" in request.query_string or b"\x00" in request.query_string:
        abort(400)


def set_headers(answer: Response) -> Response:
    """Add what is not there yet; a page of a signed-in person is never kept by anybody."""
    for name, value in HEADERS.items():
        answer.headers.setdefault(name, value)
    if request.is_secure or current_app.config["SESSION_COOKIE_SECURE"]:  # a proxy may hide from us that it speaks TLS
        answer.headers.setdefault("Strict-Transport-Security", f"max-age={2 * YEAR}; includeSubDomains")
    if answer.location and answer.location.startswith(request.host_url):
        # The router's own redirects name scheme and host, which a proxy may know better than we do.
        answer.location = answer.location.removeprefix(request.host_url.rstrip("/"))
    if answer.mimetype == "text/html":
        answer.vary.add("Cookie")  # the way in reads otherwise for whoever is signed in
    if "Set-Cookie" in answer.headers:
        _keep_to_this_browser(answer)
    if "Cache-Control" not in answer.headers:
        answer.headers["Cache-Control"] = _caching(answer)
    return answer


def _caching(answer: Response) -> str:
    """Nobody keeps a private page; but of a page that answers a form the browser keeps its own copy for Back.

    Without it Chromium shows "confirm form resubmission" (ERR_CACHE_MISS) in place of what was typed. Signing out
    deletes these copies.
    """
    if request.method == "POST" and answer.mimetype == "text/html" and not answer.location:
        return "private, no-cache"
    return "no-store" if _is_private(answer) else "no-cache"


def for_everybody(answer: Response) -> Response:
    """Let pages of other sites read this answer: open data, the same for all, without a cookie."""
    answer.headers["Access-Control-Allow-Origin"] = "*"
    answer.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return answer


def _is_private(answer: Response) -> bool:
    return bool(request.cookies) or answer.status_code >= 400
