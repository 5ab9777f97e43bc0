"""What was typed into a refused form, with the labels of its fields."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from flask import current_app, request
from flask_babel import gettext as _
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import HTTPException
from wtforms import BooleanField, Field, HiddenField, RadioField, SelectField
from wtforms.fields.core import UnboundField

from app.core.db.base import db
from app.core.db.transactions import only_reading
from app.core.extension_points import ExtensionPoint
from app.core.http.forms import Form
from app.core.http.gateway import REFUSED
from app.core.text.cleaning import clean

NEVER_SHOWN = {"csrf_token", "website"}  # the CSRF token and the honeypot
MARKS = ("seen:", "shown:", "unsent:", "choosing:", "choose:")  # hidden fields that our own pages add
UNSAVED = "unsaved"  # in the session: the token of a text that arrived after the session ended
CODE = re.compile(r"[\w:.\-/]*|/\S*")  # values of controls: numbers, codes, addresses


@dataclass(frozen=True)
class Typed:
    """One text with the label of its field."""

    label: str
    text: str


Sent = MultiDict[str, str]
FieldReader = Callable[[Sent], list[tuple[str, str]] | None]
TYPED_READERS = ExtensionPoint[Mapping[str | None, FieldReader]]("typed_readers")  # extension point, by endpoint


def typed_texts() -> list[Typed]:
    """The texts of this POST in page order, without control fields.

    A room with forms made of data names their fields itself (TYPED_READERS). Others are found by field name.
    """
    if REFUSED in request.environ:  # the body was not read: too large or too slow
        return []
    try:
        sent = request.form
    except HTTPException:
        return []
    found = _by_reader(sent)
    if found is None:
        found = list(_by_form([(name, value) for name, value in sent.items(multi=True) if value.strip()]))
    return [Typed(label, text) for label, text in found if text.strip()]


def _by_reader(sent: Sent) -> list[tuple[str, str]] | None:
    reader = next((one[request.endpoint] for one in TYPED_READERS.all() if request.endpoint in one), None)
    if reader is None:
        return None
    try:
        with only_reading():
            return reader(sent)
    except SQLAlchemyError:
        db.session.rollback()
        return None


def _by_form(sent: list[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    fields = _fields_of_form({_plain(name) for name, _value in sent})
    for name, value in sent:
        if _plain(name) in NEVER_SHOWN or name.startswith(MARKS):
            continue
        field = fields.get(_plain(name))
        if field is not None:
            text = _text_of(field, value)
            if text:
                yield _label_of(field), text
        elif not CODE.fullmatch(value):
            yield _("Your text"), clean(value)


def _fields_of_form(names: set[str]) -> dict[str, UnboundField]:
    """The fields of the form that was sent: the form of this room that shares most names wins, then the others."""
    blueprint = current_app.blueprints.get(request.blueprint or "")
    room = ".".join((blueprint.import_name if blueprint else "").split(".")[:2])
    forms = [_fields(form) for form in _subclasses(Form) if form.__module__.startswith(f"{room}.")] if room else []
    by_names = sorted(forms, key=lambda fields: len(names & fields.keys()))
    return {name: field for fields in by_names for name, field in fields.items()}


def _subclasses(form: type[Form]) -> Iterator[type[Form]]:
    for one in form.__subclasses__():
        yield one
        yield from _subclasses(one)


def _fields(form: type[Form]) -> dict[str, UnboundField]:
    return {name: field for name in dir(form) if isinstance(field := getattr(form, name, None), UnboundField)}


def _plain(name: str) -> str:
    """The name of the field without the prefix of its row."""
    return name.rpartition(":")[2]


def _label_of(field: UnboundField) -> str:
    return str(field.args[0] if field.args else field.kwargs.get("label") or _("Your text"))


def _text_of(field: UnboundField, value: str) -> str:
    """The typed text, or the label of a choice; empty for fields nobody types."""
    kind: type[Field] = field.field_class
    if issubclass(kind, (HiddenField, BooleanField)) or (field.kwargs.get("label") is None and not field.args):
        return ""
    if issubclass(kind, (RadioField, SelectField)):
        return next(
            (str(label) for code, label in map(_choice, field.kwargs.get("choices") or ()) if code == value), ""
        )
    return clean(value)


def _choice(choice: Any) -> tuple[str, Any]:
    code, label = (choice.value, choice.label) if hasattr(choice, "value") else (choice[0], choice[1])
    return str(code), label
