"""Get or create people, grant roles, issue sign-in links, start and end sessions."""

from datetime import datetime, timedelta

from sqlalchemy import delete, or_, select, update

from app.accounts import queries
from app.accounts.models import LinkRequest, Person, RoleGrant, SignIn, SignInLink
from app.accounts.rules import TERMS, Level, Purpose, Role, hashed, new_token, roles_at, sign_in_lasts
from app.core.audit import audit_trail
from app.core.db.base import change_any, db, lock
from app.core.db.unique import get_or_create
from app.core.errors import Conflict

LINK_WINDOW = timedelta(hours=1)


def get_or_create_person(email: str, *, name: str, language: str, at: datetime) -> Person:
    """Return the person with this address; create the row when the address is new. An existing name and language do
    not change.
    """
    person, is_new = get_or_create(
        lambda: queries.person_by_email(email),
        lambda: Person(email=email, name=name, language=language, created_at=at, grants=[]),
    )
    if is_new:
        audit_trail.record("person.added", by=person.ref, about=person.ref, at=at)
    return person


def grant(person: Person, role: Role, *, by: str, at: datetime) -> None:
    """Grant a role; no effect when the person has it. Any change of roles ends open sessions and unused links."""
    lock(person)
    if role in person.roles:
        return
    _grant, is_new = get_or_create(
        lambda: queries.grant_of(person.id, role), lambda: RoleGrant(person_id=person.id, role=role.value)
    )
    db.session.expire(person, ["grants"])
    if not is_new:
        return
    person.suspended_at = None
    db.session.flush()
    end_sign_ins(person, at=at)
    audit_trail.record("person.role_granted", by=by, about=person.ref, at=at, role=role.value)


def revoke(person: Person, role: Role, *, by: str, at: datetime) -> None:
    """Revoke a role; no effect when the person does not have it. Raises Conflict for the last administrator."""
    if role not in person.roles:
        return
    if role is Role.ADMIN and queries.is_last_administrator(person.id):
        raise Conflict("last administrator")
    db.session.execute(delete(RoleGrant).where(RoleGrant.person_id == person.id, RoleGrant.role == role))
    db.session.expire(person, ["grants"])
    end_sign_ins(person, at=at)
    audit_trail.record("person.role_revoked", by=by, about=person.ref, at=at, role=role.value)


def suspend(person: Person, *, by: str, at: datetime) -> None:
    """Revoke every role, session and unused link. Raises Conflict for the last administrator.

    `app/people` hands over what the person was assigned in other rooms.
    """
    if queries.is_last_administrator(person.id):
        raise Conflict("last administrator")
    for role in sorted(person.roles):
        revoke(person, role, by=by, at=at)
    end_sign_ins(person, at=at)
    person.suspended_at = at
    db.session.flush()
    audit_trail.record("person.suspended", by=by, about=person.ref, at=at)


def end_sign_ins(person: Person, *, at: datetime, only_unconfirmed: bool = False) -> None:
    """End all sessions of a person, or only those whose address was typed and never confirmed."""
    mine = update(SignIn).where(SignIn.person_id == person.id, SignIn.ended_at.is_(None))
    if only_unconfirmed:
        mine = mine.where(SignIn.confirmed.is_(False))
    else:
        links = update(SignInLink).where(SignInLink.person_id == person.id, SignInLink.used_at.is_(None))
        db.session.execute(links.values(used_at=at).execution_options(synchronize_session="fetch"))
    db.session.execute(mine.values(ended_at=at).execution_options(synchronize_session="fetch"))


def ask_for_link(
    email: str, purpose: Purpose, *, next_path: str, language: str, browser: str = "", at: datetime
) -> None:
    """Queue a request for a sign-in link. Looks nothing up, so known and unknown addresses take the same time.

    `browser`: the secret of the requesting browser, for a link that only this browser may use.
    """
    db.session.add(
        LinkRequest(
            email=email,
            purpose=purpose,
            browser_hash=hashed(browser) if browser else "",
            next_path=next_path,
            language=language,
            asked_at=at,
        )
    )
    db.session.flush()


def take_link_requests(most: int) -> list[LinkRequest]:
    """Delete and return the oldest requests; the caller answers them in the same transaction."""
    wanted = select(LinkRequest).order_by(LinkRequest.id).limit(most).with_for_update(skip_locked=True)
    found = list(db.session.scalars(wanted))
    for one in found:
        db.session.delete(one)
    db.session.flush()
    return found


def may_have_link(person: Person, purpose: Purpose, *, at: datetime) -> bool:
    """True while the person is below the hourly limit of this purpose. Each purpose has its own limit."""
    most = TERMS[purpose].most_per_hour
    if purpose is Purpose.TEAM and not person.roles:
        return False
    return not most or queries.links_since(person.id, purpose, at - LINK_WINDOW) < most


def make_link(
    person: Person, *, purpose: Purpose = Purpose.SIGN_IN, next_path: str, at: datetime, browser_hash: str = ""
) -> str:
    """Create a one-time token. The caller mails or prints it; only its hash is stored.

    Raises ValueError for a link of one browser without a browser.
    """
    terms, token = TERMS[purpose], new_token()
    if terms.one_browser and not browser_hash:
        raise ValueError("this link belongs to one browser")
    db.session.add(
        SignInLink(
            token_hash=hashed(token),
            person_id=person.id,
            purpose=purpose,
            browser_hash=browser_hash,
            next_path=next_path,
            created_at=at,
            ends_at=at + terms.lasts,
        )
    )
    db.session.flush()
    audit_trail.record("person.link_made", by="system", about=person.ref, at=at, purpose=purpose.value)
    return token


def prefer_plain_language(person: Person, *, wanted: bool) -> None:
    """Remember for every device whether the forms show their plain texts."""
    person.plain_language = wanted
    db.session.flush()


def use_link(token: str, *, browser: str = "", here: SignIn | None = None, at: datetime) -> tuple[str, SignIn, str]:
    """Exchange a mailed token for a confirmed session: (session token, sign-in, next address).

    One atomic UPDATE decides, so of two clicks one succeeds. Raises Conflict for a token that is used, expired, unknown
    or made for another browser. Unconfirmed sessions with the same address end, except `here`, the session of this
    browser: its drafts belong to the person who just confirmed the address.
    """
    used = db.session.execute(
        update(SignInLink)
        .where(
            SignInLink.token_hash == hashed(token),
            SignInLink.used_at.is_(None),
            SignInLink.ends_at > at,
            SignInLink.browser_hash.in_(["", hashed(browser)]),
        )
        .values(used_at=at)
        .returning(SignInLink.person_id, SignInLink.next_path, SignInLink.purpose)
    ).one_or_none()
    if used is None:
        raise Conflict("link")
    person = db.session.get_one(Person, used.person_id)
    person.email_confirmed_at = person.email_confirmed_at or at
    if here is not None and here.person_id == person.id:
        here.proved_at = at
        db.session.flush()
    end_sign_ins(person, at=at, only_unconfirmed=True)
    level = TERMS[Purpose(used.purpose)].level
    session_token, sign_in = start_session(person, confirmed=True, level=level, at=at)
    audit_trail.record("person.signed_in", by=person.ref, about=person.ref, at=at, level=level.value)
    return session_token, sign_in, used.next_path


def start_session(person: Person, *, confirmed: bool, level: Level = Level.FULL, at: datetime) -> tuple[str, SignIn]:
    """Start a session on this device: (session token, sign-in)."""
    token = new_token()
    roles = roles_at(level, person.roles) if confirmed else frozenset()
    sign_in = SignIn(
        token_hash=hashed(token),
        person=person,
        confirmed=confirmed,
        level=level,
        started_at=at,
        ends_at=at + sign_in_lasts(roles),
    )
    db.session.add(sign_in)
    db.session.flush()
    return token, sign_in


def end_session(sign_in: SignIn, *, at: datetime) -> None:
    sign_in.ended_at = at
    audit_trail.record("person.signed_out", by=sign_in.person.ref, about=sign_in.person.ref, at=at)


def forget_old_links(*, before: datetime) -> int:
    """Delete links that were used or expired before this moment; return how many."""
    old = or_(SignInLink.used_at <= before, SignInLink.ends_at <= before)
    return change_any(delete(SignInLink).where(old))
