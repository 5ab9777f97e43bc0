"""Letters as a colleague may see them; letters about a hidden application are hidden too."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, String, case, cast, func, literal, or_, select, tuple_, union_all
from sqlalchemy.orm import joinedload

from app.accounts.models import Person
from app.applications.models import Application
from app.conflicts.queries.hidden import open_to
from app.core.audit import audit_trail
from app.core.db.base import db
from app.core.i18n.bilingual import Bilingual
from app.core.search.search_index import names_one
from app.decisions.models import Decision
from app.events.models import Event
from app.mail.models import OutgoingMail, Wording
from app.mail.rules.states import MailState
from app.outbox.rules import application_in, call_key_in
from app.programmes.models import Call

PAGE_SIZE = 50
MOST_BATCHES = 100


@dataclass(frozen=True)
class Filter:
    """A filter of the list; empty fields filter nothing."""

    text: str = ""
    state: str = ""
    kind: str = ""
    batch: str = ""
    after: int = 0


def seen_by(person_id: int) -> ColumnElement[bool]:
    """Condition: this person may see the letter."""
    return OutgoingMail.about.not_in(_hidden_from(person_id))


def letters(wanted: Filter, person_id: int, *, most: int = PAGE_SIZE) -> list[Any]:
    """One page of letters and one more row, newest first, without texts."""
    columns = (
        *(
            OutgoingMail.id,
            OutgoingMail.subject,
            OutgoingMail.language,
            OutgoingMail.kind,
            OutgoingMail.state,
            OutgoingMail.to_name,
            OutgoingMail.to_email,
        ),
        *(OutgoingMail.created_at, OutgoingMail.error, OutgoingMail.batch, OutgoingMail.edited_at, OutgoingMail.about),
    )
    query: Select[*tuple[Any, ...]] = select(*columns).where(seen_by(person_id)).limit(most + 1)
    return list(db.session.execute(_in_order(_filtered(query, wanted), wanted)))


def _filtered(query: Select[*tuple[Any, ...]], wanted: Filter) -> Select[*tuple[Any, ...]]:
    for column, value in (
        (OutgoingMail.state, wanted.state),
        (OutgoingMail.kind, wanted.kind),
        (OutgoingMail.batch, wanted.batch),
    ):
        if value:
            query = query.where(column == value)
    for word in wanted.text.split():
        pattern = "%" + word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
        numbered = select(_ref_of(Application.id)).where(Application.reference.ilike(pattern, escape="\\"))
        found = [
            column.ilike(pattern, escape="\\")
            for column in (OutgoingMail.to_email, OutgoingMail.to_name, OutgoingMail.subject)
        ]
        query = query.where(or_(*found, OutgoingMail.about.in_(numbered)))
    return query


def _in_order(query: Select[*tuple[Any, ...]], wanted: Filter) -> Select[*tuple[Any, ...]]:
    """Newest first; an exact match of an address or reference comes before the others."""
    if not names_one(wanted.text):
        query = query.order_by(OutgoingMail.id.desc())
        return query.where(OutgoingMail.id < wanted.after) if wanted.after else query
    numbered = select(_ref_of(Application.id)).where(Application.reference == wanted.text.upper())
    is_exact = case((or_(OutgoingMail.to_email == wanted.text.lower(), OutgoingMail.about.in_(numbered)), 1), else_=0)
    query = query.order_by(is_exact.desc(), OutgoingMail.id.desc())
    if not wanted.after:
        return query
    last = db.session.scalar(select(is_exact).where(OutgoingMail.id == wanted.after)) or 0
    return query.where(tuple_(is_exact, OutgoingMail.id) < (last, wanted.after))


def how_many_by_state(person_id: int) -> Counter[str]:
    """Letters per state: all, minus the few that are hidden from this person."""
    every = select(OutgoingMail.state, func.count().label("letters")).group_by(OutgoingMail.state)
    hidden = (
        select(OutgoingMail.state, -func.count())
        .where(OutgoingMail.about.in_(_hidden_from(person_id)))
        .group_by(OutgoingMail.state)
    )
    counts: Counter[str] = Counter()
    for state, count in db.session.execute(union_all(every, hidden)):
        counts[state] += count
    return +counts


def rehearsals_among(rows: Iterable[Any]) -> set[str]:
    """The test applications among the things these letters are about."""
    ids = {application_in(row.about) for row in rows}
    wanted = select(_ref_of(Application.id)).where(Application.id.in_(ids), Application.is_rehearsal.is_(True))
    return set(db.session.scalars(wanted))


def letter(letter_id: int, person_id: int) -> OutgoingMail | None:
    """One letter, unless it is hidden from this person."""
    return db.session.scalar(select(OutgoingMail).where(OutgoingMail.id == letter_id, seen_by(person_id)))


def sent_again(letter_id: int) -> list[Any]:
    """The repeats of this letter: rows of id and created_at, oldest first."""
    wanted = (
        select(OutgoingMail.id, OutgoingMail.created_at)
        .where(OutgoingMail.again_of_id == letter_id)
        .order_by(OutgoingMail.id)
    )
    return list(db.session.execute(wanted))


def file_of(about: str) -> Any:
    """The application of a letter: a row of key, reference, title, language, submitted_at; or None."""
    wanted = select(
        Application.key, Application.reference, Application.title, Application.language, Application.submitted_at
    ).where(Application.id == application_in(about))
    return db.session.execute(wanted).one_or_none()


def others_about(found: OutgoingMail, person_id: int, most: int = 20) -> list[Any]:
    """Other letters about the same thing, newest first: rows whose `words` are the subject."""
    columns = (
        OutgoingMail.id,
        OutgoingMail.subject.label("words"),
        OutgoingMail.language,
        OutgoingMail.state,
        OutgoingMail.created_at,
    )
    wanted = select(*columns).where(OutgoingMail.about == found.about, OutgoingMail.id != found.id, seen_by(person_id))
    return list(db.session.execute(wanted.order_by(OutgoingMail.id.desc()).limit(most)))


def history(found: OutgoingMail) -> list[audit_trail.AuditEntry]:
    """What colleagues did with a letter and its batch, oldest first."""
    about = [found.ref, f"batch:{found.batch}"]
    wanted = (
        select(audit_trail.AuditEntry)
        .where(audit_trail.AuditEntry.about.in_(about))
        .order_by(audit_trail.AuditEntry.id)
    )
    return [entry for entry in db.session.scalars(wanted) if entry.at >= found.created_at]


@dataclass(frozen=True)
class Batch:
    """Letters queued together: counts per state and language; `call`: that of the applications.

    `name` is the internal name; `rules.series_name` is the label.
    """

    name: str
    at: datetime
    states: Counter[str]
    languages: Counter[str]
    call: Bilingual | None = None

    @property
    def total(self) -> int:
        return self.states.total()

    @property
    def settled(self) -> int:
        """Sent, failed or cancelled ones."""
        return sum(self.states[state] for state in (MailState.SENT, MailState.FAILED, MailState.CANCELLED))

    @property
    def on_their_way(self) -> int:
        """Released ones that are not sent yet."""
        return self.states[MailState.QUEUED] + self.states[MailState.SENDING]


def batches(person_id: int, only: str = "") -> list[Batch]:
    """The newest batches, or this one."""
    wanted = (
        select(
            OutgoingMail.batch,
            OutgoingMail.state,
            OutgoingMail.language,
            func.count(),
            func.min(OutgoingMail.created_at),
        )
        .where(OutgoingMail.batch == only if only else OutgoingMail.batch > "", seen_by(person_id))
        .group_by(OutgoingMail.batch, OutgoingMail.state, OutgoingMail.language)
    )
    found: dict[str, Batch] = {}
    for name, state, language, count, at in db.session.execute(wanted):
        one = found.setdefault(name, Batch(name, at, Counter(), Counter()))
        one.states[state] += count
        one.languages[language] += count
    newest = sorted(found.values(), key=lambda one: (one.at, one.name), reverse=True)[:MOST_BATCHES]
    titles = _titles_of({call_key_in(one.name) for one in newest})
    return [replace(one, call=titles.get(call_key_in(one.name))) for one in newest]


def _titles_of(call_keys: set[str]) -> dict[str, Bilingual]:
    rows = db.session.execute(select(Call.key, Call.title).where(Call.key.in_(call_keys)))
    return {row.key: row.title for row in rows}


def due_in(batch: str, at: datetime) -> int:
    """How many letters of a batch are due now, not waiting for a retry."""
    leaving = or_(
        OutgoingMail.state == MailState.SENDING, (OutgoingMail.state == MailState.QUEUED) & (OutgoingMail.due_at <= at)
    )
    return db.session.scalar(select(func.count()).where(OutgoingMail.batch == batch, leaving)) or 0


def one_per_language(batch: str, person_id: int) -> list[OutgoingMail]:
    """The first letter of a batch in each language, as a sample."""
    first = (
        select(func.min(OutgoingMail.id))
        .where(OutgoingMail.batch == batch, seen_by(person_id))
        .group_by(OutgoingMail.language)
    )
    wanted = select(OutgoingMail).where(OutgoingMail.id.in_(first)).order_by(OutgoingMail.language.desc())
    return list(db.session.scalars(wanted))


def wordings_and_writers() -> dict[str, tuple[Wording, str]]:
    """The team's wordings by kind, with the name of their author."""
    wanted = select(Wording, Person.name).outerjoin(Person, Person.id == Wording.by_id)
    return {own.kind: (own, name or "") for own, name in db.session.execute(wanted)}


def real_values(kind: str, person_id: int) -> dict[str, Any]:
    """The values of the newest letter of a kind, as far as they still exist; for a preview."""
    query = (
        select(OutgoingMail.about, OutgoingMail.to_name)
        .where(OutgoingMail.kind == kind, OutgoingMail.about.not_like("person:%"), seen_by(person_id))
        .order_by(OutgoingMail.id.desc())
        .limit(1)
    )
    newest = db.session.execute(query).one_or_none()
    if newest is None:
        return {}
    what, _colon, number = newest.about.partition(":")
    values = {"name": newest.to_name}
    return values | (LOADED[what](int(number)) if what in LOADED and number.isdigit() else {})


def _application(number: int) -> dict[str, Any]:
    with_call = joinedload(Application.call).joinedload(Call.programme)
    wanted = select(Application, Decision).outerjoin(Decision, Decision.application_id == Application.id)
    found: Any = db.session.execute(wanted.options(with_call).where(Application.id == number)).one_or_none()
    if found is None:
        return {}
    return {"application": found[0]} | ({"decision": found[1]} if found[1] is not None else {})


def _event(number: int) -> dict[str, Any]:
    found = db.session.get(Event, number)
    return {"event": found} if found else {}


def _call(number: int) -> dict[str, Any]:
    found = db.session.scalar(select(Call).options(joinedload(Call.programme)).where(Call.id == number))
    return {"call": found} if found else {}


LOADED = {"application": _application, "event": _event, "call": _call}


def _hidden_from(person_id: int) -> Select[Any]:
    return select(_ref_of(Application.id)).where(~open_to(person_id))


def _ref_of(number: Any) -> Any:
    return literal("application:", String) + cast(number, String)
