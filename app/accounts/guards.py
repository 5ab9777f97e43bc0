"""Guards: who may open the pages of a blueprint. Each request to a page runs the guard of its blueprint first."""

from typing import Any

from flask import current_app, g, redirect, request, session, url_for
from werkzeug.local import LocalProxy

from app.accounts import queries
from app.accounts.models import Person, SignIn
from app.accounts.rules import EDITORS, STAFF, Role
from app.core import clock
from app.core.db.transactions import SAFE_METHODS, end_reading
from app.core.errors import Forbidden

PLAIN = "plain_language"


class SignInNeeded(Forbidden):
    """The session ended before the form was sent. The error page shows what was typed."""

    code = 401


def everyone() -> None:
    """Allow every visitor."""


def applicants() -> Any:
    """Allow every session, confirmed or not; each page checks which applications the session may open."""
    return None if current_sign_in() else _redirect_to_sign_in()


def confirmed_people() -> Any:
    """Allow people whose e-mail address is confirmed."""
    found = current_sign_in()
    return None if found and found.confirmed else _redirect_to_sign_in()


def staff() -> Any:
    """Allow programme managers and administrators."""
    return _only(STAFF)


def reviewers() -> Any:
    """Allow reviewers."""
    return _only(frozenset({Role.REVIEWER}))


def administrators() -> Any:
    """Allow administrators."""
    return _only(frozenset({Role.ADMIN}))


def editors() -> Any:
    """Allow editors."""
    return _only(EDITORS)


# The first page of each role; a person with several roles gets the first one they may open.
FIRST_PAGES = (
    "dashboard_staff.desk",
    "review_reviewer.files",
    "content_staff.pages",
    "applications_applicant.my_files",
)


def may_enter(endpoint: str) -> bool:
    """True when the signed-in person may open this page. Used by menus and before a redirect."""
    room = current_app.blueprints.get(endpoint.partition(".")[0])
    try:
        return getattr(room, "guard", everyone)() is None
    except Forbidden:
        return False


def first_page(language: str) -> str:
    """The first page of the signed-in person, or an empty string for a visitor."""
    if current_sign_in() is None:
        return ""
    endpoint = next(one for one in FIRST_PAGES if may_enter(one))
    return url_for(endpoint, lang=language)


def current_sign_in() -> SignIn | None:
    """The session of this request. Queried at most once, and only when there is a cookie."""
    if "sign_in" not in g:
        token = session.get("sign_in")
        g.sign_in = queries.open_sign_in(token, clock.now()) if token else None
    found: SignIn | None = g.sign_in
    return found


def start_writing() -> None:
    """Start a writing transaction after a view with files has read; checks the session again.

    Raises SignInNeeded.
    """
    end_reading()
    g.pop("sign_in", None)
    if current_sign_in() is None:
        raise SignInNeeded


def current_person() -> Person | None:
    found = current_sign_in()
    return found.person if found else None


def confirmed_person() -> int | None:
    """The id of the person when their address is confirmed."""
    found = current_sign_in()
    return found.person_id if found and found.confirmed else None


def shown_name(whom: Person) -> str:
    """The name to show on this device.

    Before the address is confirmed, only the name typed here: knowing an address must not reveal whose it is.
    """
    found = current_sign_in()
    if found is None or found.confirmed:
        return whom.name
    return str(session.get("name", "")) if whom.id == found.person_id else ""


def reads_plain_language() -> bool:
    """True when the forms show their plain texts: chosen on this device, or by a person with a confirmed address."""
    found = current_sign_in()
    return bool(session.get(PLAIN, found is not None and found.confirmed and found.person.plain_language))


def choose_plain_language(*, wanted: bool) -> bool:
    """Remember the choice on this device; True when it may be stored for the person too: the address is confirmed."""
    session[PLAIN] = wanted
    return confirmed_person() is not None


def _only(roles: frozenset[Role]) -> Any:
    found = current_sign_in()
    if not (found and found.confirmed):
        return _redirect_to_sign_in("team_sign_in")
    if found.roles & roles:
        return None
    if found.person.roles & roles:  # an applicant's session: team roles do not apply on this device
        return _redirect_to_sign_in("team_sign_in")
    raise Forbidden


def _redirect_to_sign_in(page: str = "sign_in") -> Any:
    if request.method not in SAFE_METHODS:
        raise SignInNeeded
    return redirect(url_for(f"accounts_public.{page}", next=request.full_path.rstrip("?")), 302)


person: Person = LocalProxy(current_person)  # type: ignore[assignment]  # guarded pages have a person
sign_in: SignIn = LocalProxy(current_sign_in)  # type: ignore[assignment]
