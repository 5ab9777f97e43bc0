"""Ask for a sign-in link, use it, sign out."""

from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlsplit

from flask import current_app, flash, g, redirect, render_template, request, session, url_for
from flask_babel import gettext as _
from werkzeug.exceptions import HTTPException

from app.accounts import actions, queries
from app.accounts.forms import SignInForm
from app.accounts.guards import PLAIN, current_person, current_sign_in, everyone, first_page, may_enter
from app.accounts.models import Person
from app.accounts.rules import Purpose, hashed, new_token
from app.core import clock
from app.core.extension_points import ExtensionPoint
from app.core.http.forms import normal_email
from app.core.http.limits import rate_limit
from app.core.http.typed_text import UNSAVED
from app.core.http.web import AppBlueprint, forget_device_copies, redirect_after_post
from app.core.i18n.language import locale
from app.core.logs import log

# Extension point: why a page asks to sign in, by its endpoint and values; an empty text when the room has no reason.
SIGN_IN_REASONS = ExtensionPoint[Callable[[str, Mapping[str, Any]], str]]("sign_in_reasons")

bp = AppBlueprint("accounts_public", __name__, guard=everyone)


@bp.page(nl="/aanmelden", fr="/connexion", methods=("GET", "POST"))
@rate_limit("20 per hour")
def sign_in() -> Any:
    """For applicants: the link works on any device and gives no role."""
    return _ask(Purpose.SIGN_IN)


@bp.page(nl="/team/aanmelden", fr="/equipe/connexion", methods=("GET", "POST"))
@rate_limit("20 per hour")
def team_sign_in() -> Any:
    """For the team and reviewers: the link works for ten minutes, in the browser that asked for it."""
    return _ask(Purpose.TEAM)


@bp.page(nl="/aanmelden/verstuurd", fr="/connexion/envoye")
def link_sent() -> Any:
    if "link_sent_to" not in session:
        return redirect(url_for(".sign_in"), 302)
    return render_template(
        "accounts/public/link_sent.html", email=session["link_sent_to"], for_team=session.get("link_for_team", False)
    )


@bp.page(nl="/aanmelden/<token>", fr="/connexion/<token>", methods=("GET", "POST"))
@rate_limit("60 per hour")
def open_link(token: str) -> Any:
    """GET only shows a button: mail scanners follow links and must not use them up."""
    link, browser = queries.usable_link(token, clock.now()), session.get("browser", "")
    if link is not None and link.browser_hash not in ("", hashed(browser)):
        return _other_browser()
    if request.method != "POST":
        if link is None:
            log.warning("security", kind="sign_in_failed", why="bad_link", status=410, endpoint=request.endpoint)
        why = _why(link.next_path) if link else ""
        return render_template("accounts/public/open_link.html", link=link, why=why), (200 if link else 410)
    before, here = current_person(), current_sign_in()
    session_token, opened, next_path = actions.use_link(token, browser=browser, here=here, at=clock.now())
    kept = {name: session[name] for name in (UNSAVED, PLAIN) if session.get(name)}
    session.clear()
    session.update(kept)
    session["sign_in"] = session_token
    session.permanent = not opened.roles  # the team signs in again after closing the browser
    session["language"] = opened.person.language
    g.sign_in = opened
    answer = redirect_after_post(_where_to(opened.person, own_path(next_path)))
    return answer if before is None or before.id == opened.person_id else forget_device_copies(answer)


def _other_browser() -> Any:
    """Explain that a team link works only in the browser that asked for it."""
    log.warning("security", kind="sign_in_failed", why="other_browser", status=403, endpoint=request.endpoint)
    return render_template("accounts/public/other_browser.html"), 403


@bp.page(nl="/afmelden", fr="/deconnexion", methods=("POST",))
def sign_out() -> Any:
    found = current_sign_in()
    if found:
        actions.end_session(found, at=clock.now())
    session.clear()
    return forget_device_copies(redirect_after_post(url_for("site_public.home")))


def own_path(address: str | None) -> str:
    """Return the address when it is on this site, else an empty string: prevents open redirects."""
    path = address or ""
    parts = urlsplit(path)
    is_ours = path.startswith("/") and not path.startswith(("//", "/\\")) and not parts.scheme and not parts.netloc
    return path if is_ours and path.isprintable() else ""


def _ask(purpose: Purpose) -> Any:
    """Same page and same work for every address; the worker checks whether it is known."""
    form = SignInForm(next=request.args.get("next", ""))
    for_team = purpose is Purpose.TEAM
    if not form.validate_on_submit():
        page = render_template("accounts/public/sign_in.html", form=form, for_team=for_team, why=_why(form.next.data))
        return page, (422 if form.errors else 200)
    email = normal_email(form.email.data or "") or ""
    if for_team and "browser" not in session:
        session["browser"] = new_token()
    actions.ask_for_link(
        email,
        purpose,
        next_path=own_path(form.next.data),
        language=locale(),
        browser=session["browser"] if for_team else "",
        at=clock.now(),
    )
    session["link_sent_to"], session["link_for_team"] = email, for_team
    return redirect_after_post(url_for(".link_sent"))


def _where_to(person: Person, wanted: str) -> str:
    """The requested address, or the first page of the person who signed in."""
    if wanted and _is_for_them(wanted):
        return wanted
    if wanted:
        flash(_("The page that you asked for is not for your role. You begin here."))
    return first_page(person.language)


def _is_for_them(path: str) -> bool:
    """True when the signed-in person may open this address. An unknown address passes: its own page answers 404."""
    found = _page_at(path)
    return found is None or may_enter(found[0])


def _why(path: str | None) -> str:
    """Why the page at this address asks to sign in, where its room says so; shows nothing stored about a person."""
    found = _page_at(own_path(path)) if path else None
    return next(filter(None, (reason(*found) for reason in SIGN_IN_REASONS.all())), "") if found else ""


def _page_at(path: str) -> tuple[str, Mapping[str, Any]] | None:
    """The endpoint and the values of an address of this site."""
    try:
        endpoint, values = current_app.url_map.bind("").match(urlsplit(path).path)
    except HTTPException:
        return None
    return endpoint, values
