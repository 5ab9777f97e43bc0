"""The reviewer's declaration of conflicts, with project names only.

The page is called after conflicts of interest; it is in this room because the reviewer's row stores when they declared.
"""

from typing import Any

from flask import flash, render_template, request, url_for
from flask_babel import gettext as _

from app.accounts.guards import person, reviewers
from app.conflicts.queries.facts import FileInSelection, files_in_selection
from app.conflicts.queries.status import conflicts_of
from app.conflicts.rules.status import REASONS, ConflictSignal, ConflictStatus, is_settled
from app.core import clock
from app.core.http.web import AppBlueprint, redirect_after_post
from app.reviewers.access import reviewer_place
from app.reviewers.actions import declaring
from app.reviewers.forms import LONGEST_WORDS, DeclareForm, ticked, too_long
from app.reviewers.models import Reviewer
from app.reviewers.queries import assignment, people, titles
from app.reviewers.rules.declaring import needs_signing

bp = AppBlueprint("reviewers_reviewer", __name__, guard=reviewers)


@bp.page(nl="/team/lezen/<key>/belangenconflicten", fr="/equipe/lectures/<key>/conflits", methods=("GET", "POST"))
def declare(key: str) -> Any:
    place, form = reviewer_place(key, person), DeclareForm()
    files = files_in_selection(place.call.id)
    said = ticked(request.form, {file.id for file in files}) if request.method == "POST" else None
    long = too_long(said or {})
    came_in = request.method == "POST" and not form.has_seen(file.id for file in files)
    if form.validate_on_submit() and not long and not came_in:
        hidden = declaring.declare(place.reviewer, said or {}, by=person, at=clock.now())
        flash(
            _("Thank you. The list is signed.")
            if not hidden
            else _("Thank you. The files that you ticked are hidden from you.")
        )
        return redirect_after_post(url_for("review_reviewer.files"))
    form.seen.data = " ".join(str(file.id) for file in files)
    lines, decided = _lines(place.reviewer, files, said), people.is_decided(place.call.id)
    answer = render_template(
        "reviewers/reviewer/declare.html",
        call=place.call,
        reviewer=place.reviewer,
        form=form,
        lines=lines,
        to_sign=needs_signing(place.reviewer.declared_at, [file.since for file in files]),
        reasons=REASONS,
        long=long,
        longest=LONGEST_WORDS,
        titles=titles.known_titles([file.id for file in files], person.id),
        came_in=came_in,
        decided=decided,
        over=decided and not files,
    )
    return answer, (422 if request.method == "POST" else 200)


def _lines(reviewer: Reviewer, files: list[FileInSelection], said: dict[int, str] | None) -> list[dict[str, Any]]:
    """One line per application, new ones first: known, proposed, or just typed."""
    known = conflicts_of(reviewer.person_id, [file.id for file in files])
    signals = {file: signal for file, _person, signal in assignment.new_signs([reviewer], files)}
    lines = []
    for file in files:
        row = known.get(file.id)
        signal = ConflictSignal(row.signal) if row else signals.get(file.id)
        status = row.status if row else ConflictStatus.PROPOSED
        stands = signal is not None and status != ConflictStatus.DISMISSED
        lines.append(
            {
                "file": file,
                "is_new": reviewer.declared_at is not None and file.since > reviewer.declared_at,
                "settled": stands and is_settled(status, row.by_id if row else None, reviewer.person_id, signal or ""),
                "signal": signal if stands else None,
                "ticked": stands if said is None else file.id in said,
                "words": (row.explanation if row else "") if said is None else said.get(file.id, ""),
            }
        )
    return sorted(lines, key=lambda line: not line["is_new"])
