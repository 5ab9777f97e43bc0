"""Error pages in both languages; what was typed is shown again, so that nothing is lost."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from flask import Flask, current_app, g, jsonify, make_response, render_template, request, url_for
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import IntegrityError, OperationalError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as NoConnection
from werkzeug.exceptions import HTTPException
from werkzeug.http import HTTP_STATUS_CODES
from werkzeug.wrappers import Response

from app.core import clock
from app.core.db.base import db
from app.core.db.unique import is_duplicate
from app.core.errors import Refusal
from app.core.extension_points import ExtensionPoint
from app.core.http.limits import seconds_left
from app.core.http.security import for_everybody
from app.core.http.typed_text import typed_texts
from app.core.i18n.bilingual import LOCALES
from app.core.i18n.formats import hour
from app.core.i18n.language import locale, speaking
from app.core.logs import log

# Extension points: search results for the words of an address; the first page of the signed-in person in a language;
# and, by endpoint, a function that stores the text of a refused request and returns whether it did.
SUGGESTIONS = ExtensionPoint[Callable[[str], list[Any]]]("suggestions")
FIRST_PAGE = ExtensionPoint[Callable[[str], str]]("first_page")
TYPED_KEEPERS = ExtensionPoint[Mapping[str | None, Callable[[], bool]]]("typed_keepers")

SECURITY = frozenset({401, 403, 429})
REASONS = {401: "signed_out", 403: "forbidden", 429: "rate_limit"}
KEYS = frozenset({"key", "token", "file_key", "event_key"})
RETRY_SECONDS = 30
FOR_PROGRAMS = ("/api/", "/open-data/")
WORDS, LONGEST_WORDS = re.compile(r"[^\W\d_]{2,}"), 60
LAST_RESORT = """<!doctype html><html lang="nl-BE"><head><meta charset="utf-8"><title>Coopcity</title></head><body>
<h1>Er ging iets stuk. <span lang="fr-BE">Une erreur s’est produite.</span></h1>
<p>Wat bewaard was, is veilig. Probeer het over een minuut opnieuw.</p>
<p lang="fr-BE">Ce qui était enregistré est en sécurité. Réessayez dans une minute.</p></body></html>"""


def init_app(app: Flask) -> None:
    """Answer every error with the same template."""
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Refusal, _refusal)
    app.register_error_handler(OperationalError, _database)
    app.register_error_handler(NoConnection, _database)
    app.register_error_handler(IntegrityError, _refused_duplicate)
    app.register_error_handler(Exception, _unexpected)


def words(code: int) -> tuple[str, str]:
    """(title, sentence) for a status code, in the current language."""
    too_long = _("We could not read this"), _("The address or what your browser sent along with it is too long.")
    texts = {
        400: (_("We could not read this"), _("Your browser sent something that is not right. Go back and try again.")),
        401: (
            _("You are no longer signed in"),
            _("Nothing was stored. Sign in to go on; what you typed stands below."),
        ),
        403: (_("This door stays closed"), _("You are signed in, but this page is not for you.")),
        404: (_("There is no door here"), _("This page does not exist, or no longer. It may have moved.")),
        405: (_("This does not open from here"), _("This address only answers a form. Go back and try again.")),
        408: (
            _("This took too long"),
            _("Not all of it reached us in time. Nothing was stored: go back and send it again."),
        ),
        409: (_("Something changed meanwhile"), _("This was done before, or is no longer possible. Nothing changed.")),
        410: (_("This link does not work"), _("It was used before, is too old, or is not whole. Ask for a new one.")),
        413: (_("This is too large"), _too_large()),
        414: too_long,
        431: too_long,
        429: (_("One moment, please"), _too_much()),
        500: (_("Something broke on our side"), _("We have been told. What was saved is safe. Try again in a minute.")),
        503: (_("Back in a moment"), _("The site cannot store anything right now. Try again in half a minute.")),
    }
    return texts.get(code, texts[400] if code < 500 else texts[500])


def _too_large() -> str:
    """A body of this size is not read, so its text cannot be shown: the browser still has it."""
    return _(
        "Nothing was stored: what you sent was too large to be read. Files may be 5 MB each, and 20 MB together. Your "
        "text is still in your browser: go back one page, shorten it or choose smaller files, then send it again."
    )


def _words_of_a_post(code: int, *, expired: bool) -> tuple[str, str]:
    """The same, for a page that shows what was typed."""
    texts = {
        403: (
            _("You may no longer do this"),
            _("Nothing was stored. Perhaps your access ended while you were writing."),
        ),
        404: (
            _("You cannot save here any more"),
            _("Nothing was stored. Perhaps your access ended while you were writing, or the page is gone."),
        ),
        413: (_("This is too large"), _("Nothing was stored. What you typed stands below: send it again in parts.")),
        429: (_("One moment, please"), _too_much(stored=False)),
        503: (_("Back in a moment"), _("Nothing was stored. Send it again in half a minute.")),
    }
    if expired:
        return (
            _("This page was open for too long"),
            _("Nothing was stored, but nothing is lost: what you typed stands below."),
        )
    return texts.get(code) or words(code)


def _too_much(*, stored: bool = True) -> str:
    at = hour(clock.now() + timedelta(seconds=g.get("try_again_in", RETRY_SECONDS)))
    if stored:
        return _("Too much was sent in a short time, by you or from your network. Try again at %(hour)s.", hour=at)
    return _(
        "Nothing was stored: too much was sent in a short time, by you or from your network. "
        "Send it again at %(hour)s.",
        hour=at,
    )


def page(code: int, detail: str = "", *, reason: Any = "", expired: bool = False) -> Response:
    """The error page in the current language, then the other one; problem JSON for programs.

    `reason`: why, lazily translated, in the place of the sentence of this code.
    `expired`: a form with an old CSRF token from somebody who need not sign in.
    """
    if request.path.startswith(FOR_PROGRAMS):
        return _problem(code, detail)
    typed = typed_texts() if request.method == "POST" and code != 405 else []
    sides = []
    for language in sorted(LOCALES, key=lambda one: one != locale()):
        with speaking(language):
            title, sentence = _words_of_a_post(code, expired=expired) if typed or expired else words(code)
            sentence = str(reason) or sentence
            sides.append({"locale": language, "title": title, "sentence": sentence, "links": _ways_on(language, code)})
    words_asked, found = _looked_for() if code == 404 else ("", [])
    page_html = render_template(
        "errors/page.html",
        code=code,
        sides=sides,
        typed=typed,
        words=words_asked,
        found=found,
        back=_way_back(code) if typed else None,
        again=_again(code, expired=expired) if typed else [],
    )
    answer = make_response(page_html, code)
    if request.method != "POST":
        answer.headers["Cache-Control"] = "no-store"
    return answer


def _problem(code: int, detail: str) -> Response:
    """Problem details (RFC 9457), in English like the rest of the API."""
    answer = jsonify(type="about:blank", title=HTTP_STATUS_CODES.get(code, ""), status=code, detail=detail)
    answer.status_code, answer.mimetype = code, "application/problem+json"
    answer.headers["Cache-Control"] = "no-store"
    return for_everybody(answer)


def _looked_for() -> tuple[str, list[Any]]:
    """(words of an unknown address, search results for them); empty when search is unavailable.

    A room finds them: SUGGESTIONS.
    """
    last = re.split(r"[/.]", request.path.rstrip("/"))[-1] if request.path.count("/") > 1 else ""
    asked = " ".join(WORDS.findall(last))[:LONGEST_WORDS]
    suggest = SUGGESTIONS.first()
    if request.method != "GET" or not asked or suggest is None:
        return asked, []
    try:
        return asked, list(suggest(asked))
    except SQLAlchemyError:
        db.session.rollback()
        return asked, []


def _ways_on(language: str, code: int) -> list[tuple[str, str]]:
    """Links to other places, by endpoint name.

    For a signed-in person their first page: FIRST_PAGE gives its address.
    """
    mine = _first_page(language) if code < 500 else ""
    if mine:
        return [
            (_("To my first page"), mine),
            (_("Programmes and calls"), url_for("programmes_public.programmes", lang=language)),
        ]
    return [
        (_("Programmes and calls"), url_for("programmes_public.programmes", lang=language)),
        (_("All enterprises"), url_for("enterprises_public.showcase", lang=language)),
        (_("Go on with my application"), url_for("accounts_public.sign_in", lang=language)),
    ]


def _first_page(language: str) -> str:
    first = FIRST_PAGE.first()
    try:
        return str(first(language)) if first else ""
    except SQLAlchemyError:
        db.session.rollback()
        return ""


@dataclass(frozen=True)
class WayBack:
    """Where to continue: `kept` when the text waits there, `signs_in` when it is the sign-in page."""

    address: str
    kept: bool
    signs_in: bool


def _way_back(code: int) -> WayBack | None:
    """The page from which the text came, through the sign-in page when the session ended.

    A room may store the text for the same browser: TYPED_KEEPERS.
    """
    if code != 401:
        return None
    keeper = next((one[request.endpoint] for one in TYPED_KEEPERS.all() if request.endpoint in one), None)
    kept = bool(keeper and keeper())
    address = request.path if kept or _can_be_read() else urlsplit(request.referrer or "").path
    if not _needs_sign_in():
        return WayBack(address, kept, False) if address else None
    return WayBack(url_for("accounts_public.sign_in", next=address), kept, True)


def _can_be_read() -> bool:
    """True when a GET page exists at this address."""
    return any("GET" in (rule.methods or ()) for rule in current_app.url_map.iter_rules(request.endpoint or ""))


def _needs_sign_in() -> bool:
    """True when this page needs a session."""
    guard = getattr(current_app.blueprints.get(request.blueprint or ""), "guard", None)
    try:
        return guard is not None and guard() is not None
    except Refusal as refusal:
        return refusal.code == 401


def _again(code: int, *, expired: bool) -> list[tuple[str, str]]:
    """The fields to resend unchanged; empty for a form that another site may have sent, or with files."""
    if not (expired or code in (429, 503)) or request.files:
        return []
    ours = request.headers.get("Origin", "") == request.host_url.rstrip("/")
    return [(name, value) for name, value in request.form.items(multi=True) if name != "csrf_token"] if ours else []


def _http(error: HTTPException) -> Response:
    failure = getattr(error, "original_exception", None)
    if failure is not None:  # the commit failed after the view had answered
        return _database(failure) if isinstance(failure, OperationalError | NoConnection) else _unexpected(failure)
    code = error.code or 500
    expired = False
    if isinstance(error, CSRFError) and request.form:
        code, expired = 401, not _needs_sign_in()
    if code == 429:
        g.try_again_in = getattr(error, "retry_after", None) or seconds_left()
    if code in SECURITY or isinstance(error, CSRFError):
        _note_refusal("refused", code, "csrf" if isinstance(error, CSRFError) else REASONS[code])
    answer = page(code, expired=expired)
    for name, value in error.get_headers():
        if name in ("Retry-After", "Allow"):
            answer.headers[name] = value
    if code == 429:
        answer.headers["Retry-After"] = str(g.try_again_in)
    return answer


def _refusal(error: Refusal) -> Response:
    if str(error) == "link":
        _note_refusal("sign_in_failed", error.code, "bad_link")
    elif error.code in SECURITY:
        _note_refusal("refused", error.code, REASONS[error.code])
    elif error.code == 404 and KEYS & set(request.view_args or ()):
        _note_refusal("unknown_key", error.code, "not_found")  # a mistake, or somebody probing
    answer = page(error.code, str(error), reason=error.words)
    if error.code == 429:
        answer.headers["Retry-After"] = "3600"
    return answer


def _note_refusal(kind: str, code: int, why: str) -> None:
    """Log a security event: what was refused where; no name, address, key or input."""
    log.warning("security", kind=kind, why=why, status=code, endpoint=request.endpoint, method=request.method)


def _database(error: OperationalError | NoConnection) -> Response:
    """The database is locked, full, unreachable, or the pool is exhausted: answer 503 with Retry-After and keep the
    typed text.
    """
    log.error("database", error=str(error.orig if isinstance(error, OperationalError) else error)[:200])
    if isinstance(error, NoConnection):
        g.sign_in = None  # this page queries no session
    answer = page(503)
    answer.headers["Retry-After"] = str(RETRY_SECONDS)
    return answer


def _refused_duplicate(error: IntegrityError) -> Any:
    """A unique violation that no action handled: two people created the same thing; nothing of this one was stored."""
    if not is_duplicate(error):
        return _unexpected(error)
    db.session.rollback()
    log.error("duplicate", constraint=str(getattr(getattr(error.orig, "diag", None), "constraint_name", "")))
    return page(409)


def _unexpected(error: Exception) -> Any:
    log.error("unexpected", exc_info=error)
    try:
        return page(500)
    except Exception as again:  # noqa: BLE001 - whatever broke may have broken our own page too
        log.error("error page", exc_info=again)
        return Response(LAST_RESORT, 500, mimetype="text/html")
