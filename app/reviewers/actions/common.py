"""Shared by the actions on reviewers: lock and letters."""

from datetime import datetime
from typing import Any

from sqlalchemy import select

from app.core.db.base import db
from app.core.i18n.addresses import mailed_address
from app.mail import queries as letters
from app.mail.actions import writing
from app.programmes.models import Call
from app.reviewers.models import Reviewer


def lock_call(call_id: int) -> None:
    """Serialise changes to the assignments of one call."""
    db.session.execute(select(Call.id).where(Call.id == call_id).with_for_update())


def write(reviewer: Reviewer, call: Call, kind: str, *, key: str, url: str = "", at: datetime, **values: Any) -> bool:
    """A letter to a reviewer in their language; False when it was queued before."""
    if letters.exists(key):
        return False
    person = reviewer.person
    writing.queue(
        kind,
        to_name=person.name,
        to_email=person.email,
        language=person.language,
        key=key,
        about=person.ref,
        at=at,
        call=call,
        url=url or mailed_address("reviewers_reviewer.declare", lang=person.language, key=call.key),
        declared=reviewer.declared_at is not None,
        **values,
    )
    return True
