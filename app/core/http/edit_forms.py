"""Edit forms: two tabs that save the same page are merged field by field."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any
from zlib import crc32

from flask import g
from flask_babel import gettext as _
from sqlalchemy import inspect, select, text
from sqlalchemy.exc import InvalidRequestError
from wtforms import BooleanField, Field, HiddenField, SelectField, SelectMultipleField

from app.core.audit import audit_trail
from app.core.audit.audit_trail import AuditEntry
from app.core.db.base import db
from app.core.db.transactions import reading
from app.core.extension_points import ExtensionPoint
from app.core.http.field_values import sent_value, stored_value
from app.core.http.forms import Form
from app.core.i18n.bilingual import LOCALES
from app.core.text.merging import fingerprint
from app.core.text.word_diff import Piece, pieces

NAMES_OF = ExtensionPoint[Callable[[Iterable[int]], dict[int, str]]]("names_of")  # names by id
SEEN, ASKED, CHOSEN = "seen:", "choosing:", "choose:"


@dataclass(frozen=True)
class Collision:
    """A field that the sender and a colleague both changed, with a word diff. `language`: of a text in one language."""

    mine: list[Piece]
    theirs: list[Piece]
    language: str


@dataclass(frozen=True)
class Stored:
    """The stored value of a field: the mark on the page, and what has to be chosen."""

    mark: str
    collision: Collision | None = None
    changed: bool = False  # by somebody else, since the sender's page was shown
    touched: bool = False  # by the sender


class EditForm(Form):
    """A form about something stored. Created with the stored values on every request, also on POST.

    The page carries a mark of the value that each field showed (macro `seen` in ui/field.html). Changes by one side are
    kept; a field that both changed is refused until the sender chooses. A field without a mark is not compared.
    """

    def process(
        self, formdata: Any = None, obj: Any = None, data: Any = None, extra_filters: Any = None, **kwargs: Any
    ) -> None:
        """Fill the fields, then compare what was sent with what is stored now."""
        super().process(formdata, obj, data, extra_filters, **kwargs)
        sent = self.meta.wrap_formdata(self, formdata)
        for field in self:
            if not isinstance(field, HiddenField):
                _keep(field, Stored(fingerprint(stored_value(field))))
                if sent is not None:
                    _merge(field, sent)

    def validate(self, extra_validators: Any = None) -> bool:
        """Also refuses a field that has to be chosen; its text stays as typed."""
        fine = bool(super().validate(extra_validators))
        for field in self.overtaken:
            field.errors = [
                *field.errors,
                _("This was changed meanwhile by a colleague or in another window: choose what to keep"),
            ]
        return fine and not self.overtaken

    @property
    def changed_by_others(self) -> bool:
        """True when something stored differs from what the sender's page showed."""
        return any(known.changed for field in self if (known := stored_of(field)))

    @property
    def is_touched(self) -> bool:
        """True when the sender changed a field that the page showed."""
        return any(known.touched for field in self if (known := stored_of(field)))

    @property
    def overtaken(self) -> list[Field]:
        """The fields that the sender and a colleague both changed."""
        return [field for field in self if (known := stored_of(field)) and known.collision]


def stored_of(field: Field) -> Stored | None:
    """The stored value of a field; None in a form that edits nothing."""
    return getattr(field, "stored", None)


def begin_edit(thing: Any, *, about: str = "") -> None:
    """Call before creating a form about this thing: serialises editors, so that the second sees what the first stored.

    `thing`: None when nothing is stored yet. `about`: the audit reference of its changes, used to name the last editor.
    """
    g.edited = about
    if reading() or db.session.get_bind().dialect.name == "sqlite":
        return  # SQLite has one writer at a time, from the first statement of a writing request
    db.session.flush()
    if thing is None:
        db.session.execute(text("SELECT pg_advisory_xact_lock(:n)"), {"n": crc32(f"edit:{about}".encode())})
    else:
        mapper = inspect(thing).mapper
        key = dict(zip(mapper.primary_key, mapper.primary_key_from_instance(thing), strict=True))
        db.session.execute(
            select(*mapper.primary_key).where(*(column == value for column, value in key.items())).with_for_update()
        )
    _read_again()


def _read_again() -> None:
    """Refresh everything this request has loaded, and expunge what a colleague deleted.

    At once, not lazily: a refresh in the middle of an action would flush half of a new row.
    """
    loaded = list(db.session)
    db.session.expire_all()
    for one in loaded:
        try:
            db.session.refresh(one)
        except InvalidRequestError:
            db.session.expunge(one)


def last_change() -> tuple[str, AuditEntry] | None:
    """(name, record) of the last change of what this page edits.

    A higher room finds the names: NAMES_OF.
    """
    about = g.get("edited", "")
    entry = next(iter(audit_trail.history(about)), None) if about else None
    if entry is None or not entry.by.startswith("person:"):
        return None
    number = int(entry.by.removeprefix("person:"))
    names_of = NAMES_OF.first()
    name = names_of([number]).get(number, "") if names_of else ""
    return (name, entry) if name else None


def _merge(field: Field, sent: Any) -> None:
    seen = _first(sent, f"{SEEN}{field.name}")
    now, mine = stored_value(field), sent_value(field)
    if seen is None:
        return
    mark, chosen = fingerprint(now), _first(sent, f"{CHOSEN}{field.name}")
    known = Stored(mark, changed=mark != seen, touched=fingerprint(mine) != seen)
    _keep(field, known)
    if mine == now:
        return
    must_choose = f"{ASKED}{field.name}" in sent
    if not known.touched or (chosen == "theirs" and mark == seen):
        _take_stored(field)
    elif mark != seen or (must_choose and chosen != "mine"):
        left, right = pieces(_shown(field, field.data, mine), _shown(field, field.object_data, now))
        _keep(field, replace(known, collision=Collision(left, right, _language(field))))


def _take_stored(field: Field) -> None:
    field.process_errors = []
    field.raw_data = None
    field.process_data(field.object_data)
    if hasattr(field, "_value") and not isinstance(field, BooleanField):
        field.raw_data = [field._value()]  # noqa: SLF001 - what the control shows is what counts as sent


def _keep(field: Field, known: Stored) -> None:
    field.stored = known


def _shown(field: Field, value: Any, plain: str) -> str:
    """A value as the page shows it."""
    if isinstance(field, BooleanField):
        return _("yes") if value else _("no")
    if isinstance(field, (SelectField, SelectMultipleField)):
        chosen = set(map(str, value)) if isinstance(value, (list, tuple, set, frozenset)) else {plain}
        words = [str(one.label) for one in field.choices or [] if str(one.value) in chosen]
        return ", ".join(words) or plain
    return plain


def _language(field: Field) -> str:
    side = field.short_name.rpartition("_")[2]
    return side if side in LOCALES else ""


def _first(sent: Any, name: str) -> str | None:
    return str(sent.getlist(name)[0]) if name in sent else None
