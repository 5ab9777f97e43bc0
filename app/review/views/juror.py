"""Scoring: the list of one's files, a file with its rubric, what the others think of it."""

import secrets
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from flask import flash, jsonify, render_template, request, url_for
from flask_babel import gettext as _

from app.accounts.guards import jurors, person
from app.applications.actions.common import is_being_changed
from app.applications.forms import EmptyForm
from app.applications.queries.files import handed_in_file, last_submission
from app.applications.rules.states import LANGUAGES
from app.core import clock
from app.core.audit import looks
from app.core.errors import Conflict
from app.core.http.web import AppBlueprint, keep, see
from app.core.i18n.formats import hour, moment
from app.core.i18n.language import locale
from app.core.text.cleaning import sent_number
from app.programmes.models import Criterion
from app.readers.actions import declaring
from app.readers.queries.titles import known_titles
from app.readers.rules.hiding import blind_words
from app.review import actions
from app.review.access import Seat, assigned_file
from app.review.actions import Stale
from app.review.forms import RemarkForm, StepBackForm, read_scores
from app.review.models import Review
from app.review.queries import reading, reviews
from app.review.queries.reading import MyFile
from app.review.rules.choosing import labels, two_texts
from app.review.rules.finishing import beyond_bounds, problems
from app.review.rules.reading import READING_NAMES, following, in_line, neighbours, state_of
from app.review.rules.scoring import RECOMMENDATIONS, Written, merge, spread, total
from app.review.rules.showing import shown

bp = AppBlueprint("review_juror", __name__, guard=jurors)


@bp.page(nl="/team/lezen", fr="/equipe/lectures")
def files() -> Any:
    mine = reading.my_files(person.id)
    titles = known_titles([one.application_id for one in mine], person.id)
    lists = [
        (call, in_line(one for one in mine if one.call_id == call.id), url_for("readers_juror.declare", key=call.key))
        for call in reading.my_calls(person.id)
    ]
    return render_template(
        "review/juror/files.html",
        lists=[
            (call, [(one, state_of(one), titles[one.application_id]) for one in line], following(line, 0), address)
            for call, line, address in lists
        ],
        state_names=READING_NAMES,
        meetings=reading.my_meetings(person.id),
        language_names=LANGUAGES,
        today=clock.day_of(clock.now()),
    )


@bp.page(nl="/team/lezen/dossier/<key>", fr="/equipe/lectures/dossier/<key>", methods=("GET", "POST"))
def score(key: str) -> Any:
    seat = assigned_file(key, person, finishing=request.form.get("do") == "finish")
    criteria = reviews.criteria_of(seat.application.call_id)
    if request.method != "POST":
        looks.looked(seat.application.ref, person.ref)
        return _page(seat, criteria)
    written, taken = read_scores(request.form, criteria), _taken_over()
    if not seat.may_write:
        return _closed(seat, criteria, written)
    too_long = beyond_bounds(criteria, written, locale())
    if too_long:
        return _page(seat, criteria, written, found=too_long, revision=_seen()), 422
    if taken and seat.review is not None:
        stored = reviews.written_in(seat.review, criteria)
        written = written.taking(taken, stored)
        if merge(written, stored).conflicts:
            return _page(seat, criteria, written, other=stored), 409
    try:
        review = _save(seat, criteria, written, revision=_seen())
    except Stale as stale:
        merged = merge(written, stale.newest)
        if merged.conflicts:
            return _page(seat, criteria, merged.written, other=stale.newest), 409
        written = merged.written
        review = _save(seat, criteria, written, revision=stale.revision)
        flash(" ".join((_who_saved(stale.saved_at), _("Both texts were put together: nothing was lost."))))
    if taken in labels(criteria, locale()):
        flash(_("“%(part)s”: the text from the other window is kept.", part=labels(criteria, locale())[taken]))
    return _after_saving(seat, criteria, review, written)


@bp.page(nl="/team/lezen/dossier/<key>/bewaren", fr="/equipe/lectures/dossier/<key>/enregistrer", methods=("POST",))
def autosave(key: str) -> Any:
    """Keep what stands in the fields while somebody is writing; the answer is for the script."""
    seat = assigned_file(key, person)
    criteria = reviews.criteria_of(seat.application.call_id)
    if "choosing" in request.form:
        return jsonify(said=_("Choose between the two texts first, then save.")), 409
    written = read_scores(request.form, criteria)
    too_long = beyond_bounds(criteria, written, locale())
    if too_long:
        return jsonify(said=too_long[0][1]), 422
    try:
        review = _save(seat, criteria, written, revision=_seen(), pressed=False)
    except Stale as stale:
        said = _who_saved(stale.saved_at), _("Save it yourself to see both texts.")
        return jsonify(said=" ".join(said)), 409
    except Conflict:
        return jsonify(said=_("This review may not be changed any more. Copy what you typed.")), 409
    return jsonify(revision=review.revision, saved=_("Saved at %(hour)s", hour=hour(review.saved_at)))


@bp.page(nl="/team/lezen/dossier/<key>/heropenen", fr="/equipe/lectures/dossier/<key>/rouvrir", methods=("POST",))
def reopen(key: str) -> Any:
    seat = assigned_file(key, person)
    if not EmptyForm().validate():
        raise Conflict("form")
    actions.reopen(seat, by=person, at=clock.now())
    flash(_("Your review is a draft again. It counts once you finish it."))
    return see(url_for(".score", key=key))


@bp.page(nl="/team/lezen/dossier/<key>/bevestigen", fr="/equipe/lectures/dossier/<key>/confirmer", methods=("POST",))
def confirm(key: str) -> Any:
    """Say that one's review still holds for the newer text."""
    seat = assigned_file(key, person)
    if not EmptyForm().validate():
        raise Conflict("form")
    actions.confirm(seat, read=_read(seat), by=person, at=clock.now())
    flash(_("Your review holds for the new text too."))
    return see(url_for(".score", key=key))


@bp.page(nl="/team/lezen/dossier/<key>/opmerking", fr="/equipe/lectures/dossier/<key>/remarque", methods=("POST",))
def remark(key: str) -> Any:
    """Talk with whoever has read the file too; first one's own opinion is fixed."""
    seat, form = assigned_file(key, person), RemarkForm()
    if not seat.is_done:
        raise Conflict("unfinished")
    if not form.validate_on_submit():
        return _page(seat, reviews.criteria_of(seat.application.call_id), remark_form=form), 422
    actions.remark(seat.application, form.text.data or "", by=person, at=clock.now())
    return see(url_for(".score", key=key, _anchor="remarks"))


@bp.page(
    nl="/team/lezen/dossier/<key>/belangenconflict", fr="/equipe/lectures/dossier/<key>/conflit", methods=("POST",)
)
def step_back(key: str) -> Any:
    """The reader knows this team: the file is hidden from them at once, and another one reads it."""
    seat, form = assigned_file(key, person, finishing=True), StepBackForm()
    if not form.validate():
        raise Conflict("form")
    declaring.step_back(seat.application, form.why.data or "", by=person, at=clock.now())
    flash(_("The file is hidden from you. The team hears of it and gives it to somebody else."))
    return see(url_for(".files"))


def _save(seat: Seat, criteria: list[Criterion], written: Written, *, revision: int, pressed: bool = True) -> Review:
    return actions.save(
        seat,
        criteria,
        written,
        revision=revision,
        window=_window(),
        pressed=pressed,
        read=_read(seat),
        by=person,
        at=clock.now(),
    )


def _after_saving(seat: Seat, criteria: list[Criterion], review: Review, written: Written) -> Any:
    """Where to go once everything written is safe: on, or here again with what still lacks."""
    deed, here = request.form.get("do", ""), url_for(".score", key=seat.application.key)
    if deed == "finish":
        found = problems(criteria, written, locale())
        if found:
            keep()
            return _page(seat, criteria, written, review=review, found=found), 422
        actions.finish(seat, review, read=_read(seat), by=person, at=clock.now())
        flash(_("Your review is finished and counts from now on."))
        return see(here)
    if deed != "next":
        return see(here)
    after = following(_line_of(seat), seat.application.id)
    reference = seat.application.reference
    if after is None:
        flash(
            _(
                "%(reference)s is saved as a draft: it counts once you finish it. No other file is left to read.",
                reference=reference,
            )
        )
        return see(url_for(".files"))
    flash(_("%(reference)s is saved as a draft: it counts once you finish it.", reference=reference))
    return see(url_for(".score", key=after.key))


def _page(
    seat: Seat,
    criteria: list[Criterion],
    written: Written | None = None,
    *,
    review: Review | None = None,
    other: Written | None = None,
    found: Sequence[tuple[str, str]] = (),
    remark_form: RemarkForm | None = None,
    revision: int | None = None,
) -> str:
    """A file with its rubric; `written` is what stands in the fields, `other` what stands in the database instead.

    `revision`: from which the fields were written, where they were not saved.
    """
    file = handed_in_file(seat.application)
    review, veil = review or seat.review, seat.veil(file)
    written = written or reviews.written_in(review, criteria)
    return render_template(
        "review/juror/score.html",
        seat=seat,
        application=seat.application,
        file=file,
        parts=shown(file.definition, file.answers, file.attachments, veil=veil, locale=locale()),
        veil=veil.over if veil else str,
        title=known_titles([seat.application.id], person.id)[seat.application.id],
        blind_words=blind_words(seat.row.blind),
        criteria=criteria,
        written=written,
        total=total(criteria, written),
        review=review,
        changing=is_being_changed(seat.application, at=clock.now()),
        revision=revision if revision is not None else review.revision if review else 0,
        is_saved=revision is None,
        who_saved=_who_saved(review.saved_at) if other and review else "",
        to_choose=two_texts(criteria, merge(written, other).conflicts, written, other, locale()) if other else [],
        problems=[*found, *(remark_form.problems() if remark_form else [])],
        recommendations=RECOMMENDATIONS,
        window=_window(),
        **_place_in_line(seat),
        **_other_reviews(seat, criteria),
        remarks=reviews.remarks_of(seat.application.id) if seat.is_done else [],
        remark_form=remark_form or RemarkForm(),
        step_back_form=StepBackForm(formdata=None),
    )


def _place_in_line(seat: Seat) -> dict[str, Any]:
    line = _line_of(seat)
    return {
        "around": neighbours(line, seat.application.id),
        "following": following(line, seat.application.id),
        "count": len(line),
    }


def _other_reviews(seat: Seat, criteria: list[Criterion]) -> dict[str, Any]:
    reviewed = _reviewed(seat, criteria)
    return {
        "reviewed": reviewed,
        "reasons": {one.id: _reasons(one.id, reviewed) for one in criteria},
        "spreads": {one.id: spread(they.on(one.id).score for _name, they, _mean in reviewed) for one in criteria},
    }


def _reasons(criterion_id: int, reviewed: list[tuple[str, Written, float | None]]) -> list[tuple[str, str]]:
    """(name, reason) of everybody who gave a reason on this criterion."""
    reasons = [(name, written.on(criterion_id).reason) for name, written, _mean in reviewed]
    return [(name, reason) for name, reason in reasons if reason]


def _who_saved(saved_at: datetime) -> str:
    """Nobody but the reader writes in a review: another save is of another window."""
    return _("You saved this review in another window, on %(moment)s.", moment=moment(saved_at))


def _reviewed(seat: Seat, criteria: list[Criterion]) -> list[tuple[str, Written, float | None]]:
    """(name, review, its total) of everybody who has finished; only for who has finished too."""
    if seat.review is None:
        return []
    found = reviews.reviews_of(seat.application.id, own=seat.row.assignment.id, others=seat.is_done)
    every = [(one.name, reviews.written_in(one.review, criteria)) for one in found] if seat.is_done else []
    return [(name, written, total(criteria, written)) for name, written in every]


def _closed(seat: Seat, criteria: list[Criterion], written: Written) -> Any:
    """The jury has decided, or the review was finished in another window: what was typed stands on the page."""
    page = render_template(
        "review/juror/closed.html",
        seat=seat,
        application=seat.application,
        criteria=criteria,
        written=written,
        recommendations=RECOMMENDATIONS,
    )
    return page, 409


def _line_of(seat: Seat) -> list[MyFile]:
    return in_line(reading.my_files(person.id, seat.application.call_id))


def _taken_over() -> str:
    """What the reader takes over from the other text: the id of a criterion, `recommendation` or `words`."""
    word, _colon, name = request.form.get("do", "").partition(":")
    return name if word == "theirs" else ""


def _seen() -> int:
    """The revision that this page was written from."""
    return sent_number(request.form.get("revision", ""))


def _read(seat: Seat) -> int:
    """The number of the text that the page showed, which may be older than the last one by now."""
    last = last_submission(seat.application.id)
    newest = last.number if last else 1
    return min(max(sent_number(request.form.get("read", "")), 1), newest)


def _window() -> str:
    """Which open page this is; a new one gets a name of its own."""
    given = request.form.get("window", "")
    return given if given.isalnum() and len(given) <= 32 else secrets.token_hex(8)
