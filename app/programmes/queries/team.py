"""Programmes and calls for the team."""

from datetime import datetime
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import selectinload

from app.core.db.base import db
from app.core.errors import NotFound
from app.core.i18n.bilingual import LOCALES, Bilingual
from app.core.sealing import keyed_hash
from app.programmes.models import Call, LateCode, Programme
from app.questionnaires.models import Questionnaire, QuestionnaireVersion


def programmes_and_calls() -> list[Programme]:
    """Every programme in order, each with its calls, newest first."""
    wanted = select(Programme).options(selectinload(Programme.calls)).order_by(Programme.position, Programme.id)
    return list(db.session.scalars(wanted))


def programme_by_key(key: str) -> Programme:
    """A programme by key. Raises NotFound."""
    found = db.session.scalar(select(Programme).where(Programme.key == key))
    if found is None:
        raise NotFound
    return found


def taken(programme_id: int | None, code: str, slug: Bilingual) -> bool:
    """True when another programme has this code or one of these slugs."""
    same = [Programme.code == code, *(getattr(Programme, f"slug_{side}") == slug[side] for side in LOCALES)]
    wanted = select(Programme.id).where(or_(*same), Programme.id != (programme_id or 0))
    return db.session.scalar(wanted.limit(1)) is not None


def call(key: str) -> Call:
    """A call with its programme. Raises NotFound."""
    found = db.session.scalar(select(Call).where(Call.key == key))
    if found is None:
        raise NotFound
    return found


def open_beside(call: Call, at: datetime) -> Call | None:
    """The first other public call of the programme that will be open, or is, at a time when this one is open too."""
    if call.closes_at is not None and call.closes_at <= at:
        return None
    wanted = select(Call).where(
        Call.programme_id == call.programme_id,
        Call.id != call.id,
        Call.published_at.is_not(None),
        or_(Call.closes_at.is_(None), Call.closes_at > max(call.opens_at, at)),
    )
    if call.closes_at is not None:
        wanted = wanted.where(Call.opens_at < call.closes_at)
    return db.session.scalar(wanted.order_by(Call.opens_at, Call.id).limit(1))


def call_with_everything(key: str) -> Call:
    """A call with steps, criteria and check, for the publish gate. Raises NotFound."""
    parts = selectinload(Call.steps), selectinload(Call.criteria), selectinload(Call.eligibility)
    found = db.session.scalar(select(Call).where(Call.key == key).options(*parts))
    if found is None:
        raise NotFound
    return found


def versions() -> list[Any]:
    """Every published version of every form, newest first: rows of id, number, key, title."""
    wanted = (
        select(QuestionnaireVersion.id, QuestionnaireVersion.number, Questionnaire.key, Questionnaire.title)
        .join(Questionnaire, Questionnaire.id == QuestionnaireVersion.questionnaire_id)
        .order_by(Questionnaire.key, QuestionnaireVersion.number.desc())
    )
    return list(db.session.execute(wanted))


def late_codes(call_id: int) -> list[LateCode]:
    """The late codes of a call, newest first."""
    wanted = select(LateCode).where(LateCode.call_id == call_id).order_by(LateCode.id.desc())
    return list(db.session.scalars(wanted))


def late_code(code: str) -> LateCode | None:
    """The late code with this text, used or not."""
    return db.session.scalar(select(LateCode).where(LateCode.code_hash == keyed_hash(code))) if code else None


def late_code_of(call_id: int, number: int) -> LateCode | None:
    """A late code of this call, for the team."""
    return db.session.scalar(select(LateCode).where(LateCode.call_id == call_id, LateCode.id == number))
