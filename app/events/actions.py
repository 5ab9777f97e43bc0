"""Register, cancel, move up, remind, record attendance, erase."""

from datetime import datetime

from sqlalchemy import Select, Text, cast, delete, literal, select, update

from app.accounts.rules import hashed, new_token
from app.core.audit import audit_trail
from app.core.db.base import change_any, db, lock
from app.core.errors import Conflict
from app.core.i18n.addresses import mailed_address
from app.events import queries
from app.events.models import AccessNeeds, Event, Registration, RegistrationLink
from app.events.rules import Needs, RegistrationStatus, needs_reminder, takes_registrations
from app.mail import queries as mail_queries
from app.mail.actions import writing

PAGE = "events_public.registration"
FORGOTTEN = "forgotten:"
MOST_AT_ONCE = 100
NOTHING = Needs()


def sign_up(
    event: Event, *, name: str, email: str, language: str, at: datetime, needs: Needs = NOTHING
) -> Registration:
    """Register this address for a place or the waiting list; the letter says which.

    `needs`: what they need to take part, with their consent. Needs given before are not replaced here, as anybody can
    type an address: that is for the mailed link.

    Idempotent; the letter is sent again at most once a day, so that a lost letter can be replaced and a stranger learns
    nothing. Raises Conflict once the event has started.
    """
    lock(event)
    if not takes_registrations(event.starts_at, at):
        raise Conflict("the event has begun")
    found = queries.registration_of(event.id, email)
    if found and found.state != RegistrationStatus.CANCELLED:
        if needs and queries.needs(found.id) is None:
            keep_needs(found, needs, at=at)
        _write(found, found.state, key=f"again:{found.id}:{at:%Y-%m-%d}", at=at)
        return found
    full = queries.taken(event.id).get(RegistrationStatus.CONFIRMED, 0) >= event.places
    if found is None:
        found = Registration(event=event, email=email)
        db.session.add(found)
    found.name, found.language, found.signed_up_at, found.changed_at = name, language, at, at
    found.state, found.reminded, found.came = (
        RegistrationStatus.WAITING if full else RegistrationStatus.CONFIRMED,
        False,
        None,
    )
    db.session.flush()
    keep_needs(found, needs, at=at)
    _note("signed_up", found, by=_self(found), at=at)
    _write(found, found.state, key=f"{found.state}:{found.id}:{at.isoformat()}", at=at)
    return found


def keep_needs(registration: Registration, needs: Needs, *, at: datetime) -> None:
    """Replace what somebody needs to take part, with their consent of this moment; nothing removes it.

    Raises Conflict for a cancelled registration and once the event has begun, where there is nothing to prepare. No
    line in the audit trail, which is kept for good: even a number would say who needs something.
    """
    lock(registration)
    if not needs:
        _end_needs(select(Registration.id).where(Registration.id == registration.id))
        return
    if registration.state == RegistrationStatus.CANCELLED or not takes_registrations(registration.event.starts_at, at):
        raise Conflict("there is nothing to prepare")
    stored = queries.needs(registration.id)
    if stored is None:
        stored = AccessNeeds(registration_id=registration.id)
        db.session.add(stored)
    stored.kinds, stored.words, stored.agreed_at = " ".join(needs.kinds), needs.words, at
    db.session.flush()


def cancel(registration: Registration, *, by: str = "", at: datetime) -> None:
    """Cancel a registration; the longest waiting one moves up. Idempotent.

    `by`: the reference of a colleague who cancels for somebody. Raises Conflict once the event has started.
    """
    lock(registration.event)
    lock(registration)
    if registration.state == RegistrationStatus.CANCELLED:
        return
    if not takes_registrations(registration.event.starts_at, at):
        raise Conflict("the event has begun")
    registration.state, registration.changed_at = RegistrationStatus.CANCELLED, at
    keep_needs(registration, NOTHING, at=at)
    db.session.flush()
    _note("cancelled", registration, by=by or _self(registration), at=at)
    _write(registration, RegistrationStatus.CANCELLED, key=f"cancelled:{registration.id}:{at.isoformat()}", at=at)
    move_up(registration.event, at=at)


def move_up(event: Event, *, at: datetime) -> int:
    """Give free places to the waiting list, first come first served; return how many. Never once the event has
    started.
    """
    lock(event)
    if not takes_registrations(event.starts_at, at):
        return 0
    free = max(0, event.places - queries.taken(event.id).get(RegistrationStatus.CONFIRMED, 0))
    lucky = queries.waiting(event.id)[:free]
    for registration in lucky:
        registration.state, registration.changed_at = RegistrationStatus.CONFIRMED, at
        db.session.flush()
        _note("moved_up", registration, by="system", at=at)
        _write(registration, "moved_up", key=f"moved_up:{registration.id}:{at.isoformat()}", at=at)
    return len(lucky)


def fill_free_places(*, at: datetime) -> int:
    """Move people up where an editor raised the capacity."""
    return sum(move_up(event, at=at) for event in sorted(queries.with_free_places(at), key=lambda one: one.id))


def remind(*, at: datetime) -> int:
    """Remind everybody with a place at an event tomorrow, once; return how many."""
    soon = queries.to_remind(at)
    found = [one for one in soon if needs_reminder(one.event.starts_at, one.changed_at)][:MOST_AT_ONCE]
    for registration in found:
        registration.reminded = True
        _write(
            registration, "reminder", key=f"reminder:{registration.id}:{registration.signed_up_at.isoformat()}", at=at
        )
    return len(found)


def mark_who_came(event: Event, came: set[int], *, by: str, at: datetime) -> None:
    """Record attendance: the ticked registrations came, the others did not."""
    if takes_registrations(event.starts_at, at):
        raise Conflict("the event has not begun")
    for registration in queries.attendance(event.id):
        registration.came = registration.id in came
    db.session.flush()
    audit_trail.record("event.attendance_kept", by=by, about=_about(event), at=at, came=len(came))


def forget(*, before: datetime) -> int:
    """Erase names and addresses of events that ended before this moment; attendance counts stay. Return how many."""
    old = select(Event.id).where(Event.ends_at <= before)
    forgotten = change_any(
        update(Registration)
        .where(Registration.event_id.in_(old), Registration.name != "")
        # One address per event, also among erased ones.
        .values(name="", email=literal(FORGOTTEN) + cast(Registration.id, Text))
    )
    _end_links(select(Registration.id).where(Registration.event_id.in_(old), Registration.name == ""))
    return forgotten


def forget_needs(*, before: datetime) -> int:
    """Erase what people needed at events that ended before this moment; return how many."""
    return _end_needs(select(Registration.id).join(Event).where(Event.ends_at <= before))


def forget_address(email: str, *, at: datetime) -> None:
    """Erase this address from every list, without a letter; a freed place goes to the waiting list."""
    for registration in queries.registrations_with(email):
        event = registration.event
        lock(event)
        lock(registration)
        leaves = registration.state != RegistrationStatus.CANCELLED and takes_registrations(event.starts_at, at)
        if leaves:
            registration.state, registration.changed_at = RegistrationStatus.CANCELLED, at
            _note("cancelled", registration, by=_self(registration), at=at)
        registration.name, registration.email = "", f"{FORGOTTEN}{registration.id}"
        db.session.flush()
        _end_links(select(Registration.id).where(Registration.id == registration.id))
        keep_needs(registration, NOTHING, at=at)
        if leaves:
            move_up(event, at=at)


def _end_links(registrations: Select[int]) -> None:
    change_any(delete(RegistrationLink).where(RegistrationLink.registration_id.in_(registrations)))


def _end_needs(registrations: Select[int]) -> int:
    return change_any(delete(AccessNeeds).where(AccessNeeds.registration_id.in_(registrations)))


def _new_link(registration: Registration, key: str) -> str:
    """A new link to the registration for one mail: only its hash is stored; links in earlier mails stay valid."""
    if mail_queries.exists(key):
        return ""
    token = new_token()
    db.session.add(RegistrationLink(token_hash=hashed(token), registration_id=registration.id))
    return mailed_address(PAGE, lang=registration.language, key=token)


def _about(event: Event) -> str:
    return f"event:{event.id}"


def _self(registration: Registration) -> str:
    return f"registration:{registration.id}"


def _note(action: str, registration: Registration, *, by: str, at: datetime) -> None:
    audit_trail.record(f"event.{action}", by=by, about=_about(registration.event), at=at, registration=registration.id)


def _write(registration: Registration, letter: str, *, key: str, at: datetime) -> None:
    key = f"event:{key}"
    writing.queue(
        f"event_{letter}",
        to_name=registration.name,
        to_email=registration.email,
        language=registration.language,
        key=key,
        about=_about(registration.event),
        at=at,
        event=registration.event,
        url=_new_link(registration, key),
    )
