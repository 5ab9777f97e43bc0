"""Late codes: let one person in after closing time."""

from datetime import datetime

from app.accounts.models import Person
from app.core.audit import audit_trail
from app.core.db.base import db, lock
from app.core.errors import Conflict
from app.core.i18n.addresses import mailed_address
from app.core.sealing import keyed_hash
from app.mail.actions import writing
from app.programmes.models import Call, LateCode
from app.programmes.rules.late import SHOWN, new_code


def create_late_code(
    call: Call, *, email: str, name: str, language: str, until: datetime, reason: str, by: Person, at: datetime
) -> tuple[LateCode, str]:
    """Create a late code for one person and mail it. Returns the code, which is not stored."""
    written = new_code()
    code = LateCode(
        code_hash=keyed_hash(written),
        ending=written[-SHOWN:],
        call_id=call.id,
        email=email,
        name=name,
        language=language,
        until=until,
        reason=reason,
        made_at=at,
        made_by_id=by.id,
    )
    db.session.add(code)
    db.session.flush()
    audit_trail.record("call.late_code_given", by=by.ref, about=f"call:{call.id}", at=at, code=code.id)
    page = mailed_address("applications_public.start", lang=language, slug=call.programme.slug[language])
    writing.queue(
        "late_code",
        to_name=name,
        to_email=email,
        language=language,
        key=f"late_code:{code.id}",
        about=f"call:{call.id}",
        at=at,
        call=call,
        code=written,
        until=until,
        url=f"{page}?code={written}",
    )
    return code, written


def end_late_code(code: LateCode, *, by: Person, at: datetime) -> None:
    """Revoke a code; applications started with it keep their deadline."""
    lock(code)
    if code.ended_at is None:
        code.ended_at = at
        db.session.flush()
        audit_trail.record("call.late_code_ended", by=by.ref, about=f"call:{code.call_id}", at=at, code=code.id)


def use_late_code(code: LateCode, *, at: datetime) -> None:
    """Record the use of a code; it can be used again until it ends."""
    lock(code)
    if code.ended_at is not None:
        raise Conflict("ended")
    code.used_at = code.used_at or at
    db.session.flush()
