"""Change criteria and form of a call: recorded once it is public, impossible after the first finished review."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import update

from app.accounts.models import Person
from app.core.audit import audit_trail
from app.core.db.base import db, lock
from app.core.errors import Conflict
from app.core.i18n import stale_translations
from app.core.i18n.bilingual import Bilingual
from app.programmes.actions.calls import NO_TEXT, Line, about, finish_list, write_line
from app.programmes.actions.texts import put_texts
from app.programmes.models import Anchor, Call, CallChange, Criterion
from app.programmes.rules.rubric import Changed


def open_judging(call: Call) -> None:
    """Lock the call. Raises Conflict when criteria, scales and form are frozen."""
    lock(call)
    if call.judging_frozen_at is not None:
        raise Conflict("frozen")


def freeze_judging(call_id: int, *, at: datetime) -> None:
    """Freeze criteria, scales and form for good, on the first finished review.

    `revised_at` stays: nothing changed for visitors.
    """
    first = update(Call).where(Call.id == call_id, Call.judging_frozen_at.is_(None))
    db.session.execute(
        first.values(judging_frozen_at=at, revised_at=Call.revised_at).execution_options(synchronize_session="fetch")
    )


def write_criteria(
    call: Call, lines: Sequence[Line], *, reason: Bilingual | None = None, by: Person, at: datetime
) -> None:
    """Replace the criteria; the texts `score0` to `score10` describe each score.

    Raises Conflict after the first finished review, and on a public call when a change has no reason.
    """
    open_judging(call)
    if any(is_change(line) for line in lines):
        note_change(call, Changed.CRITERIA, reason, by=by, at=at)
    _free_codes(lines)
    for line in sorted(lines, key=lambda one: not one.gone):
        title = {"title": line.texts["title"]}
        kept = [name for name in line.confirmed if name == "title"]
        plain = Line(line.thing, title, line.values, kept, line.gone)
        criterion = write_line(call, plain, Criterion, "criterion", at)
        if criterion is not None:
            _write_anchors(call, criterion, line, at)
    finish_list(call, by, at)


def choose_form(call: Call, version_id: int, *, reason: Bilingual | None = None, by: Person, at: datetime) -> bool:
    """Set the form version; False when the call has it already.

    Raises Conflict after the first finished review, and on a public call without a reason.
    """
    open_judging(call)
    if call.questionnaire_version_id == version_id:
        return False
    note_change(call, Changed.FORM, reason, by=by, at=at)
    call.questionnaire_version_id = version_id
    db.session.flush()
    audit_trail.record("call.form_chosen", by=by.ref, about=about(call), at=at, version=version_id)
    return True


def note_change(call: Call, what: Changed, reason: Bilingual | None, *, by: Person, at: datetime) -> None:
    """Record a change of a public call for its page and its reviewers. Raises Conflict without a reason."""
    if call.published_at is None:
        return
    if reason is None or reason.missing():
        raise Conflict("reason")
    db.session.add(CallChange(call_id=call.id, what=what, reason=reason, at=at, by_id=by.id))
    db.session.flush()
    audit_trail.record(f"call.{what}_changed", by=by.ref, about=about(call), at=at)


def is_change(line: Line) -> bool:
    """True when this row would change something stored."""
    criterion = line.thing
    if criterion is None:
        return not line.gone
    if line.gone or any(getattr(criterion, name) != value for name, value in line.values.items()):
        return True
    words = {f"score{anchor.score}": anchor.text for anchor in criterion.anchors}
    before = {name: words.get(name, NO_TEXT) for name in line.texts} | {"title": criterion.title}
    return any(before[name] != text for name, text in line.texts.items())


def _free_codes(lines: Iterable[Line]) -> None:
    """Clear codes first, so that two criteria can swap them: the database checks uniqueness row by row."""
    for line in lines:
        if line.thing is not None and not line.gone and line.thing.code != line.values["code"]:
            line.thing.code = f"changing {line.thing.id}"
    db.session.flush()


def _write_anchors(call: Call, criterion: Criterion, line: Line, at: datetime) -> None:
    known = {anchor.score: anchor for anchor in criterion.anchors}
    for score in set(known) - set(criterion.scores):
        stale_translations.forget_places(about(call), f"criterion:{criterion.id}:score{score}")
        criterion.anchors.remove(known[score])
    for score in criterion.scores:
        words, anchor = line.texts[f"score{score}"], known.get(score)
        if anchor is None and words != NO_TEXT:
            criterion.anchors.append(Anchor(score=score, text=words))
        elif anchor is not None:
            said = ["text"] if f"score{score}" in line.confirmed else []
            put_texts(
                anchor,
                {"text": words},
                about=about(call),
                place=f"criterion:{criterion.id}:score{score}",
                confirmed=said,
                at=at,
            )
