"""Who may enter a room: one guard per door, run before each of its pages."""

from typing import Any

from flask import current_app, g, redirect, request, session, url_for
from werkzeug.local import LocalProxy

from app.accounts import queries
from app.accounts.models import Person, SignIn
from app.accounts.rules import EDITORS, STAFF, Role
from app.core import clock
from app.core.db.transactions import SAFE_METHODS, end_reading
from app.core.errors import Forbidden


class SignInNeeded(Forbidden):
    """A form was sent after the sign-in had ended; the error page shows what was typed."""

    code = 401


def everyone() -> None:
    """Public pages."""


def applicants() -> Any:
    """Anybody signed in, confirmed or not; each page checks which files this sign-in may open."""
    return None if current_sign_in() else _redirect_to_sign_in()


def confirmed_people() -> Any:
    """Anybody whose e-mail address is proved by a mailed link."""
    found = current_sign_in()
    return None if found and found.confirmed else _redirect_to_sign_in()


def staff() -> Any:
    """Programme managers and administrators."""
    return _only(STAFF)


def reviewers() -> Any:
    """Whoever reads for a call."""
    return _only(frozenset({Role.REVIEWER}))


def administrators() -> Any:
    """Whoever may change who works here."""
    return _only(frozenset({Role.ADMIN}))


def editors() -> Any:
    """Whoever writes pages."""
    return _only(EDITORS)


# The first page of each role; somebody with several comes to the first that they may enter.
FIRST_PAGES = (
    "dashboard_staff.desk",
    "review_reviewer.files",
    "content_staff.pages",
    "applications_applicant.my_files",
)


def may_enter(endpoint: str) -> bool:
    """May the signed-in person open this page? Asked by menus, and before somebody is sent on."""
    room = current_app.blueprints.get(endpoint.partition(".")[0])
    try:
        return getattr(room, "guard", everyone)() is None
    except Forbidden:
        return False


def first_page(language: str) -> str:
    """The first page of the signed-in person; "" for a visitor."""
    if current_sign_in() is None:
        return ""
    endpoint = next(one for one in FIRST_PAGES if may_enter(one))
    return url_for(endpoint, lang=language)


def current_sign_in() -> SignIn | None:
    """The sign-in of this request, read at most once and only when a cookie says so."""
    if "sign_in" not in g:
        token = session.get("sign_in")
        g.sign_in = queries.open_sign_in(token, clock.now()) if token else None
    found: SignIn | None = g.sign_in
    return found


def start_writing() -> None:
    """Go on to write after a view with files has read: in a new transaction, if the sign-in is still good.

    Raises SignInNeeded.
    """
    end_reading()
    g.pop("sign_in", None)
    if current_sign_in() is None:
        raise SignInNeeded


def current_person() -> Person | None:
    """The person of this request."""
    found = current_sign_in()
    return found.person if found else None


def confirmed_person() -> int | None:
    """The person of this request, by number, when their address is proved."""
    found = current_sign_in()
    return found.person_id if found and found.confirmed else None


def shown_name(whom: Person) -> str:
    """The name of this person for whoever sits at this device.

    Until the address is confirmed here, only what was typed here: whoever knows an address must not learn from us
    whose it is.
    """
    found = current_sign_in()
    if found is None or found.confirmed:
        return whom.name
    return str(session.get("name", "")) if whom.id == found.person_id else ""


def _only(roles: frozenset[Role]) -> Any:
    found = current_sign_in()
    if not (found and found.confirmed):
        return _redirect_to_sign_in("team_sign_in")
    if found.roles & roles:
        return None
    if found.person.roles & roles:  # signed in as an applicant: the roles do not count on this device
        return _redirect_to_sign_in("team_sign_in")
    raise Forbidden


def _redirect_to_sign_in(page: str = "sign_in") -> Any:
    if request.method not in SAFE_METHODS:
        raise SignInNeeded
    return redirect(url_for(f"accounts_public.{page}", next=request.full_path.rstrip("?")), 302)


person: Person = LocalProxy(current_person)  # type: ignore[assignment]  # guarded pages have a person
sign_in: SignIn = LocalProxy(current_sign_in)  # type: ignore[assignment]
