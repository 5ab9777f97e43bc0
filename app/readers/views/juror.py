"""The list that a reader goes through before they read: names of projects only, and to which they are too close.

Its door is called after conflicts of interest, which it is about; it stands here because a reader's own row says when
they went through it.
"""

from typing import Any

from flask import flash, render_template, request, url_for
from flask_babel import gettext as _

from app.accounts.guards import jurors, person
from app.conflicts.queries.facts import FileInSelection, files_in_selection
from app.conflicts.queries.standing import conflicts_of
from app.conflicts.rules.standing import REASONS, Sign, Standing, is_settled
from app.core import clock
from app.core.http.web import AppBlueprint, see
from app.readers.access import reading_place
from app.readers.actions import declaring
from app.readers.forms import LONGEST_WORDS, DeclareForm, ticked, too_long
from app.readers.models import Reader
from app.readers.queries import people, spreading, titles

bp = AppBlueprint("readers_juror", __name__, guard=jurors)


@bp.page(nl="/team/lezen/<key>/belangenconflicten", fr="/equipe/lectures/<key>/conflits", methods=("GET", "POST"))
def declare(key: str) -> Any:
    place, form = reading_place(key, person), DeclareForm()
    files = files_in_selection(place.call.id)
    said = ticked(request.form, {file.id for file in files}) if request.method == "POST" else None
    long = too_long(said or {})
    came_in = request.method == "POST" and not form.has_seen(file.id for file in files)
    if form.validate_on_submit() and not long and not came_in:
        hidden = declaring.declare(place.reader, said or {}, by=person, at=clock.now())
        flash(
            _("Thank you. The list is signed.")
            if not hidden
            else _("Thank you. The files that you ticked are hidden from you.")
        )
        return see(url_for("readers_juror.declare", key=key))
    form.seen.data = " ".join(str(file.id) for file in files)
    answer = render_template(
        "readers/juror/declare.html",
        call=place.call,
        reader=place.reader,
        form=form,
        lines=_lines(place.reader, files, said),
        reasons=REASONS,
        long=long,
        longest=LONGEST_WORDS,
        titles=titles.known_titles([file.id for file in files], person.id),
        came_in=came_in,
        decided=people.is_decided(place.call.id),
    )
    return answer, (422 if request.method == "POST" else 200)


def _lines(reader: Reader, files: list[FileInSelection], said: dict[int, str] | None) -> list[dict[str, Any]]:
    """One line per file, new ones first: what is known or proposed, or what was just typed."""
    known = conflicts_of(reader.person_id, [file.id for file in files])
    signs = {file: sign for file, _person, sign in spreading.new_signs([reader], files)}
    lines = []
    for file in files:
        row = known.get(file.id)
        sign = Sign(row.sign) if row else signs.get(file.id)
        standing = row.standing if row else Standing.PROPOSED
        stands = sign is not None and standing != Standing.DISMISSED
        lines.append(
            {
                "file": file,
                "is_new": reader.declared_at is not None and file.since > reader.declared_at,
                "settled": stands and is_settled(standing, row.by_id if row else None, reader.person_id, sign or ""),
                "sign": sign if stands else None,
                "ticked": stands if said is None else file.id in said,
                "words": (row.words if row else "") if said is None else said.get(file.id, ""),
            }
        )
    return sorted(lines, key=lambda line: not line["is_new"])
