"""Edit one section of an application. Invalid answers are saved too."""

import secrets
from collections import Counter
from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import flash, jsonify, redirect, render_template, request, session, url_for
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from app.accounts import actions as accounts
from app.accounts.guards import (
    applicants,
    choose_plain_language,
    person,
    reads_plain_language,
    shown_name,
    sign_in,
    start_writing,
)
from app.accounts.rules import hashed, new_token
from app.applications.access import ApplicationAccess, application_access
from app.applications.actions import common as common_actions
from app.applications.actions import removing, writing
from app.applications.actions.writing import Stale
from app.applications.forms import (
    MINE,
    PLAIN_BUTTONS,
    REMOVED,
    THEIRS,
    Choice,
    EmptyForm,
    SentFile,
    check_files,
    choice_of,
    typed_answers,
)
from app.applications.models import Attachment, UnsavedText
from app.applications.queries import around
from app.applications.queries import files as files_queries
from app.applications.queries import revisions as revision_queries
from app.applications.queries.files import File
from app.applications.queries.revisions import Answers, Saved
from app.applications.rules.merging import Difference, differences, merge, with_answers
from app.applications.rules.scope import merge_answers, select_questions
from app.applications.rules.team import Right
from app.core import clock
from app.core.errors import Conflict, NotFound
from app.core.files.check import Rejected
from app.core.http.typed_text import UNSAVED
from app.core.http.web import AppBlueprint, commit_on_error, in_snapshot, reads_first, redirect_after_post, stop_reading
from app.core.i18n.formats import hour, moment
from app.core.i18n.language import locale, switches_language
from app.core.text.cleaning import sent_number
from app.questionnaires.forms.fields import fields
from app.questionnaires.forms.reading import apply_action, dropped_file, group_action, read, restored_file
from app.questionnaires.rules.answers import Problem, Row, problems, progress, rejected, summary
from app.questionnaires.rules.bounds import beyond_bounds
from app.questionnaires.rules.definition import Question, Section
from app.questionnaires.rules.raw import is_blank

bp = AppBlueprint("applications_writer", __name__, guard=applicants)

Doubled = dict[str, tuple[list[Attachment], list[Attachment]]]


@dataclass(frozen=True)
class Taken:
    """The result of the uploads.

    `doubled`: by question, the files to choose from (mine, theirs) because another tab sent one meanwhile.
    """

    refused: list[Problem]
    doubled: Doubled


@dataclass(frozen=True)
class ToChoose:
    """Questions with two different answers; `other` is the save that holds the other answers."""

    other: Saved | None
    answers: frozenset[str]
    files: Doubled

    def differences(self, section: Section, typed: Answers) -> list[Difference]:
        """Both answers to each of them."""
        theirs = self.other.answers if self.other else {}
        my_files, their_files = ({key: files[side] for key, files in self.files.items()} for side in (0, 1))
        keys = {*self.answers, *self.files}
        return differences(section.questions, keys, {**typed, **my_files}, {**theirs, **their_files}, locale())


@bp.page(nl="/mijn-dossier/<key>/deel/<part>", fr="/mon-dossier/<key>/partie/<part>", methods=("GET", "POST"))
@reads_first
def section(key: str, part: str) -> Any:
    writes, sent = request.method == "POST", list[SentFile]()
    if in_snapshot():
        refusal, sent = _judge_first(key, part)
        if refusal:
            return refusal, 422
    access = application_access(key, sign_in, Right.WRITE if writes else Right.READ)
    try:
        file, shown = _open(access, part)
    except NotFound:
        return _section_that_went(access, part)
    may_edit = access.may_write and bool(shown.questions) and common_actions.can_edit(file.application, at=clock.now())
    if not writes:
        return _open_page(file, shown, may_edit=may_edit)
    typed = _typed(file, shown, part)
    if not may_edit:
        return _closed(file, shown, typed)
    too_long = beyond_bounds(shown.questions, typed)
    if too_long:
        return _page(file, shown, typed, too_long, revision=_seen()), 422
    action = group_action(request.form)
    place = apply_action(action, shown, typed) if action else ""
    choice = choice_of(request.form)
    typed, other, conflicts = _store(file, part, typed, choice)
    taken = _take_files(file, shown, choice, sent)
    wanted = PLAIN_BUTTONS.get(request.form.get("do", ""))
    if wanted is not None and choose_plain_language(wanted=wanted):
        accounts.prefer_plain_language(person, wanted=wanted)
    _forget_unsaved(file, part)
    _say_what_was_kept(shown, choice, conflicts)
    file, shown = _open(access, part)
    doubled = _still_doubled(file, choice) | taken.doubled
    if conflicts or doubled:
        commit_on_error()
        return _page(file, shown, typed, taken.refused, ToChoose(other, conflicts, doubled)), 409
    return _after_saving(file, shown, taken.refused, place, choice)


@bp.page(
    nl="/mijn-dossier/<key>/deel/<part>/bewaren", fr="/mon-dossier/<key>/partie/<part>/enregistrer", methods=("POST",)
)
@reads_first
def autosave(key: str, part: str) -> Any:
    """Save while the applicant types; answers JSON to the script.

    An autosave never merges: the page would not show the merged text.
    """
    file, shown = _open(application_access(key, sign_in, Right.WRITE), part)
    at = clock.now()
    if choice_of(request.form).asked:
        return jsonify(said=_("Choose between the two answers first, then save.")), 409
    typed = _typed(file, shown, part)
    too_long = beyond_bounds(shown.questions, typed)
    if too_long:
        return jsonify(said=too_long[0].message), 422
    if in_snapshot():
        start_writing()
        file, shown = _open(application_access(key, sign_in, Right.WRITE), part)
    try:
        revision = writing.save_section(
            file.application,
            part,
            typed,
            revision=_seen(),
            tab_id=_tab_id(),
            pressed=False,
            by=person,
            at=at,
        )
    except Stale as stale:
        said = _who_saved(file, stale.newest), _("Save it yourself to see both texts.")
        return jsonify(said=" ".join(said)), 409
    except Conflict:
        return jsonify(said=_("You can no longer hand in. Copy your text, or save to see it once more.")), 409
    _forget_unsaved(file, part)
    return jsonify(revision=revision, saved=_saved_words(file, at))


def _saved_words(file: File, at: datetime) -> str:
    """That it is saved; after the deadline also how long the grace lasts, because the page was opened before."""
    deadline = common_actions.deadline_of(file.application, at=at)
    if deadline and deadline.in_grace:
        return _(
            "Saved at %(hour)s. You can still hand in until %(until)s, because you were writing when the deadline "
            "passed.",
            hour=hour(at),
            until=hour(deadline.until),
        )
    return _("Saved at %(hour)s", hour=hour(at))


@bp.page(nl="/mijn-dossier/<key>/deel/<part>/versies", fr="/mon-dossier/<key>/partie/<part>/versions")
def revisions(key: str, part: str) -> Any:
    access = application_access(key, sign_in, Right.READ)
    file, shown = _open(access, part)
    saved = revision_queries.revisions_of(file.application.id, part)
    chosen = sent_number(request.args.get("nr", ""))
    looked_at = next((one for one in saved if one.revision == chosen), None)
    return render_template(
        "applications/writer/revisions.html",
        application=file.application,
        access=access,
        section=shown,
        saved=saved,
        looked_at=looked_at,
        rows=_rows(file, shown, looked_at.answers) if looked_at else [],
        may_put_back=bool(shown.questions)
        and access.may_write
        and common_actions.can_edit(file.application, at=clock.now()),
        people=around.names_of_writers(file.application)
        | {file.application.person_id: shown_name(file.application.person)},
    )


@bp.page(
    nl="/mijn-dossier/<key>/deel/<part>/terugzetten", fr="/mon-dossier/<key>/partie/<part>/restaurer", methods=("POST",)
)
def put_back(key: str, part: str) -> Any:
    file, shown = _open(application_access(key, sign_in, Right.WRITE), part)
    number = sent_number(request.form.get("revision", ""))
    if (
        not EmptyForm().validate()
        or not shown.questions
        or not common_actions.can_edit(file.application, at=clock.now())
    ):
        raise Conflict("closed")
    writing.put_back(file.application, part, number, keys=file.open_keys, by=person, at=clock.now())
    flash(_("The earlier text stands in the part again. The other texts are kept in this list."))
    return redirect_after_post(url_for(".section", key=key, part=part))


def refused_answers(sent: MultiDict[str, str]) -> list[tuple[str, str]] | None:
    """The answers of a refused POST, for the error page."""
    arguments = request.view_args or {}
    return typed_answers(str(arguments.get("key")), str(arguments.get("part")), sent)


def keep_refused() -> bool:
    """Store a POST that arrived after the session ended, until this browser signs in again; for the error page."""
    arguments = request.view_args or {}
    found, part = files_queries.form_of(str(arguments.get("key"))), str(arguments.get("part"))
    section = next((one for one in found[1].sections if one.key == part), None) if found else None
    if found is None or section is None:
        return False
    token, answers = new_token(), read(section, request.form)
    kept = writing.keep_unsaved(found[0], part, answers, digest=hashed(token), revision=_seen(), at=clock.now())
    if kept:
        session[UNSAVED] = token
        commit_on_error()
    return kept


def _open_page(file: File, shown: Section, *, may_edit: bool) -> Any:
    """The section as stored, or with the text that this browser could not save (`stored` leaves it out)."""
    token = session.get(UNSAVED)
    unsaved = revision_queries.unsaved_text(file.application.id, shown.key, hashed(token)) if token else None
    stored = file.answers_of(shown)
    if unsaved is None or "stored" in request.args:
        if not may_edit:
            return redirect(url_for("applications_applicant.status", key=file.application.key), 302)
        return _page(file, shown, stored, [])
    answers = stored | unsaved.answers
    return _page(file, shown, answers, [], unsaved=unsaved) if may_edit else _closed(file, shown, answers)[0]


def _forget_unsaved(file: File, part: str) -> None:
    """Delete the unsaved text once the section is saved."""
    token = session.get(UNSAVED)
    if token and revision_queries.unsaved_text(file.application.id, part, hashed(token)):
        writing.forget_unsaved(hashed(token))
        session.pop(UNSAVED)


def _save(file: File, part: str, answers: Answers, *, revision: int, tab_id: str | None = None) -> None:
    writing.save_section(
        file.application,
        part,
        answers,
        revision=revision,
        tab_id=_tab_id() if tab_id is None else tab_id,
        by=person,
        at=clock.now(),
    )


def _store(file: File, part: str, typed: Answers, choice: Choice) -> tuple[Answers, Saved | None, frozenset[str]]:
    """Save the section; where two people answered differently, the other answer stays stored until one is chosen.

    Returns the values for the fields, the save with the other answers, and the questions left to choose. The other
    answers are those that the page showed (`other`), whatever was saved since.
    """
    application = file.application
    shown = (
        revision_queries.revision(application.id, part, sent_number(request.form.get("other-revision", "")))
        if choice.asked
        else None
    )
    theirs = shown.answers if shown else {}
    left = choice.open & theirs.keys()
    typed = with_answers(typed, theirs, choice.theirs) if shown else typed
    stored = with_answers(typed, theirs, left)
    try:
        _save(file, part, stored, revision=_seen(), tab_id="" if left else None)
    except Stale as stale:
        newest = stale.newest
        base = revision_queries.begun_from(application.id, part, _seen(), tab_id=_tab_id())
        merged = merge(base.answers if base else {}, stored, newest.answers)
        # An answer chosen on this page that somebody changed since has to be chosen again.
        chosen = {key for key in choice.theirs if newest.answers.get(key) != theirs.get(key)}
        typed = with_answers(merged.answers, typed, left | chosen)
        shown, left = newest, left | frozenset(merged.conflicts) | chosen
        # No tab id: resending the same, older page must ask again.
        _save(
            file,
            part,
            with_answers(merged.answers, newest.answers, left),
            revision=newest.revision,
            tab_id="" if left else None,
        )
        if not left:
            both = _filled(merged.answers) != _filled(newest.answers)
            flash(" ".join((_who_saved(file, newest), _what_became_of_it(both=both))))
    return typed, shown, left


def _filled(answers: Answers) -> Answers:
    """Without empty answers, which equal answers never asked."""
    return {key: answer for key, answer in answers.items() if not is_blank(answer)}


def _what_became_of_it(*, both: bool) -> str:
    """The message after saving; says that texts were merged only when this page brought changes."""
    if both:
        return _("Both texts were put together: nothing was lost.")
    return _("You had changed nothing in your page: what was saved stays as it is.")


def _who_saved(file: File, saved: Saved) -> str:
    """Who saved meanwhile, and when."""
    when = moment(saved.saved_at)
    if saved.saved_by_id == person.id:
        return _("You saved this part in another window, on %(moment)s.", moment=when)
    name = _name_of(file, saved) or _("Somebody else")
    return _("%(name)s saved this part on %(moment)s, while you were writing.", name=name, moment=when)


def _say_what_was_kept(shown: Section, choice: Choice, conflicts: Collection[str]) -> None:
    for question in shown.questions:
        if question.key in conflicts:  # asked again
            continue
        label = question.label[locale()]
        if question.key in choice.theirs:
            flash(_("“%(question)s”: the other answer is kept. Yours was not.", question=label))
        elif question.key in choice.mine and question.kind != "files":
            flash(_("“%(question)s”: your answer is kept.", question=label))
        elif question.key in choice.mine and choice.side == MINE:
            flash(_("“%(question)s”: your file is kept. The other was not.", question=label))


def _after_saving(file: File, shown: Section, refused: list[Problem], place: str, choice: Choice) -> Any:
    """Where to go after saving: next section, back, or here with what is wrong or still to choose."""
    key, action = file.application.key, request.form.get("do", "")
    here = url_for(".section", key=key, part=shown.key)
    dropped = dropped_file(request.form)
    if not refused and dropped:
        return redirect_after_post(
            url_for("applications_removing.remove_file", key=key, part=shown.key, file_key=dropped[1])
        )
    if not refused and (group_action(request.form) or restored_file(request.form)):
        return redirect_after_post(f"{here}#{place}" if place else here)
    if not refused and (switches_language() or action in PLAIN_BUTTONS):
        return redirect_after_post(here)
    if not refused and action == "later":
        return redirect_after_post(url_for("applications_applicant.tasks", key=key))
    if not refused and choice.asked:
        return redirect_after_post(here)
    found = refused + [
        one
        for one in problems(file.definition, shown.key, file.answers, file.attachments)
        if one.question in file.open_keys
    ]
    if found:
        commit_on_error()
        return _page(file, shown, file.answers_of(shown), found), 422
    following = file.after(shown)
    if following is None:
        return redirect_after_post(url_for("applications_applicant.check", key=key))
    return redirect_after_post(url_for(".section", key=key, part=following.key))


def _judge_first(key: str, part: str) -> tuple[str, list[SentFile]]:
    """Without a lock: the page that refuses a text without end, or else the checked uploads.

    Only for those who may change this section: the rest of the view answers the others.
    """
    access = application_access(key, sign_in, Right.WRITE)
    sent: list[SentFile] = []
    with suppress(NotFound):
        file, shown = _open(access, part)
        if access.may_write and common_actions.can_edit(file.application, at=clock.now()):
            typed = _typed(file, shown, part)
            too_long = beyond_bounds(shown.questions, typed)
            if too_long:
                return _page(file, shown, typed, too_long, revision=_seen()), []
            stop_reading()
            sent = check_files(shown, request.files)
    start_writing()
    return "", sent


def _take_files(file: File, shown: Section, choice: Choice, sent: list[SentFile]) -> Taken:
    """Attach the uploads, remove the marked attachments."""
    application, at = file.application, clock.now()
    for attachment in _files_to_drop(file, choice):
        removing.detach(application, attachment, by=person, at=at)
    before = files_queries.attachments_of(application.id)
    present = Counter(one.question for one in before)
    taken = Taken(_put_back_file(file, shown, present), {})
    asked = {question.key: question for question in shown.questions}
    for chosen in sent:
        question = asked.get(chosen.question)
        if question is None:  # the form changed during the check
            continue
        old, unseen = _replaced(question, chosen.name, before)
        doubles = question.most == 1 and len(unseen) == 1
        there = present[question.key] - len(old) - doubles
        found = Rejected("too_many") if question.most and there >= question.most else chosen.found
        if isinstance(found, Rejected):
            taken.refused.append(rejected(question, chosen.name, found.reason))
            continue
        for one in old:
            removing.detach(application, one, by=person, at=at)
            before.remove(one)
        mine = writing.attach(application, question.key, chosen.name, found, by=person, at=at)
        present[question.key] += 1 - len(old)
        if unseen:
            earlier = taken.doubled.get(question.key, ([], []))
            taken.doubled[question.key] = ([*earlier[0], mine], [*earlier[1], *unseen])
    return taken


def _put_back_file(file: File, shown: Section, present: Counter[str]) -> list[Problem]:
    """Undo the removal that the button names; refused when another file took its place."""
    for one in _removed_files(file, shown, {restored_file(request.form)}):
        question = file.definition.question(one.question)
        if question.most and present[one.question] >= question.most:
            return [rejected(question, one.name, "too_many")]
        removing.reattach(file.application, one, by=person, at=clock.now())
        present[one.question] += 1
    return []


def _removed_files(file: File, shown: Section, keys: Collection[str]) -> list[Attachment]:
    """Attachments removed from this section in this session, while it can be undone."""
    known = set(keys) & set(session.get(REMOVED, []))
    since = clock.now() - removing.CAN_BE_PUT_BACK
    found = files_queries.removed_files(file.application.id, known, since) if known else []
    here = {question.key for question in shown.questions}
    return [one for one in found if one.question in here]


def _files_to_drop(file: File, choice: Choice) -> list[Attachment]:
    """The attachments of the side that was not chosen."""
    unwanted = set(request.form.getlist("my-file" if choice.side == THEIRS else "their-file"))
    chosen = choice.asked & {choice.question} & file.open_keys if choice.side in (MINE, THEIRS) else frozenset()
    return [one for one in file.attachments if one.question in chosen and one.key in unwanted]


def _still_doubled(file: File, choice: Choice) -> Doubled:
    """Choices between files that are still open when another button was pressed."""
    mine, theirs = request.form.getlist("my-file"), request.form.getlist("their-file")
    found = {}
    for key in choice.open:
        there = [one for one in file.attachments if one.question == key]
        sides = [one for one in there if one.key in mine], [one for one in there if one.key in theirs]
        if all(sides):
            found[key] = sides
    return found


def _replaced(question: Question, name: str, before: list[Attachment]) -> tuple[list[Attachment], list[Attachment]]:
    """The attachments that a new one replaces: the only one allowed, or one with the same name.

    First those that the page showed; the second list was sent by another tab meanwhile and is new to this person.
    """
    there = [one for one in before if one.question == question.key]
    same = there if question.most == 1 else [one for one in there if one.name == name]
    seen = request.form.get("files-seen")
    known = {one.key for one in same} if seen is None else set(seen.split())
    return [one for one in same if one.key in known], [one for one in same if one.key not in known]


def _page(
    file: File,
    shown: Section,
    typed: Answers,
    found: list[Problem],
    choosing: ToChoose | None = None,
    *,
    unsaved: UnsavedText | None = None,
    revision: int | None = None,
) -> str:
    """Render the section with these answers; `revision`: the one an unsaved page was based on."""
    sections = file.to_write()
    return render_template(
        "applications/writer/section.html",
        application=file.application,
        file=file,
        section=shown,
        parts=[
            one
            for one in progress(file.definition, file.answers, file.attachments)
            if one.key in {section.key for section in sections}
        ],
        number=[one.key for one in sections].index(shown.key) + 1,
        fields=fields(
            file.definition, shown, file.answers | typed, found, file.attachments, plain=reads_plain_language()
        ),
        plain=reads_plain_language(),
        problems=found,
        choosing=choosing,
        other_name=_name_of(file, choosing.other) if choosing else "",
        who_saved=_who_saved(file, choosing.other) if choosing and choosing.other else "",
        differences=choosing.differences(shown, typed) if choosing else [],
        unsaved=unsaved,
        revision=unsaved.revision if unsaved else (file.revision_of(shown) if revision is None else revision),
        saved_at=file.saved[shown.key].saved_at if shown.key in file.saved else None,
        tab_id=_tab_id(),
        removed_files=_removed_files(file, shown, session.get(REMOVED, [])),
    )


def _name_of(file: File, saved: Saved | None) -> str:
    """Who saved this; empty when it was the same person in another tab."""
    if saved is None or saved.saved_by_id == person.id:
        return ""
    return around.names_of_writers(file.application).get(saved.saved_by_id or 0, "")


def _rows(file: File, shown: Section, answers: Answers) -> list[Row]:
    """The answers of a section as rows to read."""
    everything = summary(file.definition, file.answers | answers, file.attachments, locale())
    return next((one.rows for one in everything if one.key == shown.key), [])


def _closed(file: File, shown: Section, typed: Answers) -> Any:
    """The call closed while the applicant was writing: show the text so that it can be copied."""
    rows = _rows(file, shown, typed)
    return render_template("applications/writer/closed.html", application=file.application, rows=rows), 409


def _typed(file: File, shown: Section, part: str) -> Answers:
    """The whole section after this POST: fields that may not be changed keep their stored value."""
    whole = file.definition.section(part)
    before, keys = file.answers_of(whole), {question.key for question in shown.questions}
    here = {question.key for question in whole.questions}
    return merge_answers(read(shown, request.form, before=before), before, keys) | _of_an_older_form(file, part, here)


def _of_an_older_form(file: File, part: str, here: Collection[str] = ()) -> Answers:
    """Answers of a page opened before the form changed, to questions that the section no longer asks."""
    older = files_queries.form_before(file.application.id, sent_number(request.form.get("version", "")))
    gone = next((one for one in older.sections if one.key == part), None) if older else None
    if gone is None:
        return {}
    seen = revision_queries.revision(file.application.id, part, _seen())
    typed = read(select_questions(gone, {one.key for one in gone.questions} - set(here)), request.form)
    return {
        key: answer
        for key, answer in typed.items()
        if not is_blank(answer) and (seen is None or answer != seen.answers.get(key))
    }


def _section_that_went(access: ApplicationAccess, part: str) -> Any:
    """The form no longer has this section: show what was typed, to read and copy."""
    file, at = files_queries.open_file(access.application), clock.now()
    typed = _of_an_older_form(file, part) if request.method == "POST" else {}
    if not typed or not common_actions.can_edit(file.application, at=at):
        raise NotFound
    before = file.saved.get(part)
    _save(file, part, (before.answers if before else {}) | typed, revision=before.revision if before else 0)
    flash(_("The form no longer asks this part. Your text is kept: you find it with “Read or print my text”."))
    return redirect_after_post(url_for("applications_applicant.tasks", key=access.application.key))


def _seen() -> int:
    """The revision the page was based on; an unreadable value counts as oldest."""
    return sent_number(request.form.get("revision", ""))


def _tab_id() -> str:
    """The id of the browser tab; a new tab gets a new one."""
    given = request.form.get("window", "")
    return given if given.isalnum() and len(given) <= 32 else secrets.token_hex(8)


def _open(access: ApplicationAccess, part: str) -> tuple[File, Section]:
    """The application and the section, with the questions that may be changed."""
    file = files_queries.open_file(access.application)
    try:
        return file, select_questions(file.definition.section(part), file.open_keys)
    except KeyError:
        raise NotFound from None
