"""A value of a form's field as one text: the same for what is stored and for what a browser sends."""

import json
from decimal import Decimal, InvalidOperation
from typing import Any

from wtforms import Field


def stored_value(field: Field) -> str:
    """What the form was made with, before anything was sent."""
    value = field.object_data
    for change in field.filters:
        value = change(value) if isinstance(value, str) else value
    return plain_value(value)


def sent_value(field: Field) -> str:
    """What was sent, also where it is no valid value."""
    return str((field.raw_data or [""])[0]) if field.process_errors else plain_value(field.data)


def plain_value(value: Any) -> str:
    """A value as one text, the same for the database and for the browser."""
    if value is None or value is False:
        return ""
    if isinstance(value, (list, tuple, set, frozenset)):
        return json.dumps(sorted(str(one) for one in value)) if value else ""
    if isinstance(value, (float, Decimal)):
        return _number(value)
    return str(value).strip()


def _number(value: float | Decimal) -> str:
    try:
        return format(Decimal(str(value)).normalize(), "f")
    except InvalidOperation:
        return str(value)
