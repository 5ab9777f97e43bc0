"""Review: the list, one application with its criteria, and the other reviews."""

import secrets
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from flask import flash, jsonify, render_template, request, url_for
from flask_babel import gettext as _

from app.accounts.guards import person, reviewers
from app.applications.actions.common import is_being_changed
from app.applications.forms import EmptyForm
from app.applications.queries.files import handed_in_file, last_submission
from app.applications.rules.states import LANGUAGES
from app.core import clock
from app.core.audit import access_log
from app.core.errors import Conflict
from app.core.http.unsent_fields import keeps_unsent
from app.core.http.web import AppBlueprint, commit_on_error, redirect_after_post
from app.core.i18n.formats import hour, moment
from app.core.i18n.language import locale
from app.core.text.cleaning import sent_number
from app.programmes.models import Criterion
from app.review import actions
from app.review.access import ReviewAccess, assigned_file
from app.review.actions import Stale
from app.review.forms import CommentForm, StepBackForm, read_scores
from app.review.models import Review
from app.review.queries import reading, reviews
from app.review.queries.reading import MyFile
from app.review.rules.choosing import labels, two_texts
from app.review.rules.finishing import beyond_bounds, problems
from app.review.rules.reading import READING_NAMES, following, in_line, neighbours, state_of
from app.review.rules.scoring import RECOMMENDATIONS, Written, merge, spread, total
from app.review.rules.showing import shown
from app.reviewers.actions import declaring
from app.reviewers.queries.titles import known_titles
from app.reviewers.rules.redaction import blind_words

bp = AppBlueprint("review_reviewer", __name__, guard=reviewers)


@bp.page(nl="/team/lezen", fr="/equipe/lectures")
def files() -> Any:
    mine = reading.my_files(person.id)
    titles = known_titles([one.application_id for one in mine], person.id)
    lists = [
        (
            call,
            in_line(one for one in mine if one.call_id == call.id),
            url_for("reviewers_reviewer.declare", key=call.key),
        )
        for call in reading.my_calls(person.id)
    ]
    return render_template(
        "review/reviewer/files.html",
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
@keeps_unsent
def score(key: str) -> Any:
    access = assigned_file(key, person, finishing=request.form.get("do") == "finish")
    criteria = reviews.criteria_of(access.application.call_id)
    if request.method != "POST":
        access_log.record_access(access.application.ref, person.ref)
        return _page(access, criteria)
    written, taken = read_scores(request.form, criteria), _taken_over()
    if not access.may_write:
        return _closed(access, criteria, written)
    too_long = beyond_bounds(criteria, written, locale())
    if too_long:
        return _page(access, criteria, written, found=too_long, revision=_seen()), 422
    if taken and access.review is not None:
        stored = reviews.written_in(access.review, criteria)
        written = written.taking(taken, stored)
        if merge(written, stored).conflicts:
            return _page(access, criteria, written, other=stored), 409
    try:
        review = _save(access, criteria, written, revision=_seen())
    except Stale as stale:
        merged = merge(written, stale.newest)
        if merged.conflicts:
            return _page(access, criteria, merged.written, other=stale.newest), 409
        written = merged.written
        review = _save(access, criteria, written, revision=stale.revision)
        flash(" ".join((_who_saved(stale.saved_at), _("Both texts were put together: nothing was lost."))))
    if taken in labels(criteria, locale()):
        flash(_("“%(part)s”: the text from the other window is kept.", part=labels(criteria, locale())[taken]))
    return _after_saving(access, criteria, review, written)


@bp.page(nl="/team/lezen/dossier/<key>/bewaren", fr="/equipe/lectures/dossier/<key>/enregistrer", methods=("POST",))
def autosave(key: str) -> Any:
    """Save while the reviewer types; answers JSON to the script."""
    access = assigned_file(key, person)
    criteria = reviews.criteria_of(access.application.call_id)
    if "choosing" in request.form:
        return jsonify(said=_("Choose between the two texts first, then save.")), 409
    written = read_scores(request.form, criteria)
    too_long = beyond_bounds(criteria, written, locale())
    if too_long:
        return jsonify(said=too_long[0][1]), 422
    try:
        review = _save(access, criteria, written, revision=_seen(), pressed=False)
    except Stale as stale:
        said = _who_saved(stale.saved_at), _("Save it yourself to see both texts.")
        return jsonify(said=" ".join(said)), 409
    except Conflict:
        return jsonify(said=_("This review may not be changed any more. Copy what you typed.")), 409
    return jsonify(revision=review.revision, saved=_("Saved at %(hour)s", hour=hour(review.saved_at)))


@bp.page(nl="/team/lezen/dossier/<key>/heropenen", fr="/equipe/lectures/dossier/<key>/rouvrir", methods=("POST",))
def reopen(key: str) -> Any:
    access = assigned_file(key, person)
    if not EmptyForm().validate():
        raise Conflict("form")
    actions.reopen(access, by=person, at=clock.now())
    flash(_("Your review is a draft again. It counts once you finish it."))
    return redirect_after_post(url_for(".score", key=key))


@bp.page(nl="/team/lezen/dossier/<key>/bevestigen", fr="/equipe/lectures/dossier/<key>/confirmer", methods=("POST",))
def confirm(key: str) -> Any:
    """Confirm that one's review applies to the newer submission."""
    access = assigned_file(key, person)
    if not EmptyForm().validate():
        raise Conflict("form")
    actions.confirm(access, read=_read(access), by=person, at=clock.now())
    flash(_("Your review holds for the new text too."))
    return redirect_after_post(url_for(".score", key=key))


@bp.page(nl="/team/lezen/dossier/<key>/opmerking", fr="/equipe/lectures/dossier/<key>/remarque", methods=("POST",))
def comment(key: str) -> Any:
    """Comment; only after finishing one's own review."""
    access, form = assigned_file(key, person), CommentForm()
    if not access.is_done:
        raise Conflict("unfinished")
    if not form.validate_on_submit():
        return _page(access, reviews.criteria_of(access.application.call_id), remark_form=form), 422
    actions.add_comment(access.application, form.text.data or "", by=person, at=clock.now())
    return redirect_after_post(url_for(".score", key=key, _anchor="remarks"))


@bp.page(
    nl="/team/lezen/dossier/<key>/belangenconflict",
    fr="/equipe/lectures/dossier/<key>/conflit",
    methods=("GET", "POST"),
)
def step_back(key: str) -> Any:
    """Declare a conflict: the application is hidden at once and assigned to somebody else."""
    access, form = assigned_file(key, person, finishing=request.method == "POST"), StepBackForm()
    application = access.application
    if not form.validate_on_submit():
        title = known_titles([application.id], person.id)[application.id]
        answer = render_template("review/reviewer/step_back.html", application=application, title=title, form=form)
        return answer, (422 if form.is_submitted() else 200)
    declaring.step_back(application, form.why.data or "", by=person, at=clock.now())
    flash(_("The file is hidden from you. The team hears of it and gives it to somebody else."))
    return redirect_after_post(url_for(".files"))


def _save(
    access: ReviewAccess, criteria: list[Criterion], written: Written, *, revision: int, pressed: bool = True
) -> Review:
    return actions.save(
        access,
        criteria,
        written,
        revision=revision,
        tab_id=_tab_id(),
        pressed=pressed,
        read=_read(access),
        by=person,
        at=clock.now(),
    )


def _after_saving(access: ReviewAccess, criteria: list[Criterion], review: Review, written: Written) -> Any:
    """Where to go after saving: on, or here with what is missing."""
    action, here = request.form.get("do", ""), url_for(".score", key=access.application.key)
    if action == "finish":
        found = problems(criteria, written, locale())
        if found:
            commit_on_error()
            return _page(access, criteria, written, review=review, found=found), 422
        actions.finish(access, review, read=_read(access), by=person, at=clock.now())
        flash(_("Your review is finished and counts from now on."))
        return redirect_after_post(here)
    if action != "next":
        return redirect_after_post(here)
    after = following(_line_of(access), access.application.id)
    reference = access.application.reference
    if after is None:
        flash(
            _(
                "%(reference)s is saved as a draft: it counts once you finish it. No other file is left to read.",
                reference=reference,
            )
        )
        return redirect_after_post(url_for(".files"))
    flash(_("%(reference)s is saved as a draft: it counts once you finish it.", reference=reference))
    return redirect_after_post(url_for(".score", key=after.key))


def _page(
    access: ReviewAccess,
    criteria: list[Criterion],
    written: Written | None = None,
    *,
    review: Review | None = None,
    other: Written | None = None,
    found: Sequence[tuple[str, str]] = (),
    remark_form: CommentForm | None = None,
    revision: int | None = None,
) -> str:
    """An application with its criteria; `written`: the values of the fields, `other`: the stored ones where they
    differ.

    `revision`: the one the fields are based on, when they were not saved.
    """
    file = handed_in_file(access.application)
    review, redactor = review or access.review, access.redactor(file)
    others = _other_reviews(access, criteria)  # first: it also loads the scores of this person's review
    written = written or reviews.written_in(review, criteria)
    return render_template(
        "review/reviewer/score.html",
        access=access,
        application=access.application,
        file=file,
        parts=shown(file.definition, file.answers, file.attachments, redactor=redactor, locale=locale()),
        redactor=redactor.redact if redactor else str,
        title=known_titles([access.application.id], person.id)[access.application.id],
        blind_words=blind_words(access.row.blind),
        criteria=criteria,
        written=written,
        total=total(criteria, written),
        review=review,
        changing=is_being_changed(access.application, at=clock.now()),
        revision=revision if revision is not None else review.revision if review else 0,
        is_saved=revision is None,
        **_stored_meanwhile(criteria, written, other, review),
        problems=[*found, *(remark_form.problems() if remark_form else [])],
        recommendations=RECOMMENDATIONS,
        tab_id=_tab_id(),
        **_place_in_line(access),
        **others,
        remark_form=remark_form or CommentForm(),
    )


def _place_in_line(access: ReviewAccess) -> dict[str, Any]:
    line = _line_of(access)
    return {
        "around": neighbours(line, access.application.id),
        "following": following(line, access.application.id),
        "count": len(line),
    }


def _stored_meanwhile(
    criteria: list[Criterion], written: Written, other: Written | None, review: Review | None
) -> dict[str, Any]:
    """The text that another tab stored, to compare with the fields."""
    return {
        "other": other,
        "who_saved": _who_saved(review.saved_at) if other and review else "",
        "to_choose": two_texts(criteria, merge(written, other).conflicts, written, other, locale()) if other else [],
    }


def _other_reviews(access: ReviewAccess, criteria: list[Criterion]) -> dict[str, Any]:
    reviewed = _reviewed(access, criteria)
    return {
        "reviewed": reviewed,
        "reasons": {one.id: _reasons(one.id, reviewed) for one in criteria},
        "spreads": {one.id: spread(they.on(one.id).score for _name, they, _mean in reviewed) for one in criteria},
        "remarks": reviews.comments_of(access.application.id) if access.is_done else [],
    }


def _reasons(criterion_id: int, reviewed: list[tuple[str, Written, float | None]]) -> list[tuple[str, str]]:
    """(name, reason) of everybody who gave a reason on this criterion."""
    reasons = [(name, written.on(criterion_id).reason) for name, written, _mean in reviewed]
    return [(name, reason) for name, reason in reasons if reason]


def _who_saved(saved_at: datetime) -> str:
    """Only the reviewer writes in a review, so another save comes from another tab."""
    return _("You saved this review in another window, on %(moment)s.", moment=moment(saved_at))


def _reviewed(access: ReviewAccess, criteria: list[Criterion]) -> list[tuple[str, Written, float | None]]:
    """(name, review, total) of everybody who has finished; only for those who have finished too."""
    if access.review is None:
        return []
    found = reviews.reviews_of(access.application.id, own=access.row.assignment.id, others=access.is_done)
    every = [(one.name, reviews.written_in(one.review, criteria)) for one in found] if access.is_done else []
    return [(name, written, total(criteria, written)) for name, written in every]


def _closed(access: ReviewAccess, criteria: list[Criterion], written: Written) -> Any:
    """The jury has decided, or the review was finished in another tab: the page shows what was typed."""
    page = render_template(
        "review/reviewer/closed.html",
        access=access,
        application=access.application,
        criteria=criteria,
        written=written,
        recommendations=RECOMMENDATIONS,
    )
    return page, 409


def _line_of(access: ReviewAccess) -> list[MyFile]:
    return in_line(reading.my_files(person.id, access.application.call_id))


def _taken_over() -> str:
    """What is taken from the other text: the id of a criterion, `recommendation` or `words`."""
    word, _colon, name = request.form.get("do", "").partition(":")
    return name if word == "theirs" else ""


def _seen() -> int:
    """The revision that this page showed."""
    return sent_number(request.form.get("revision", ""))


def _read(access: ReviewAccess) -> int:
    """The number of the submission on the page, which may be older than the last."""
    last = last_submission(access.application.id)
    newest = last.number if last else 1
    return min(max(sent_number(request.form.get("read", "")), 1), newest)


def _tab_id() -> str:
    """The id of the browser tab; a new tab gets a new one."""
    given = request.form.get("window", "")
    return given if given.isalnum() and len(given) <= 32 else secrets.token_hex(8)
