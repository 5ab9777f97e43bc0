"""Edit the frame of a form, a section, a question."""

from typing import Any

from flask import flash, render_template, request, url_for
from flask_babel import gettext as _

from app.accounts.guards import person, staff
from app.core import clock
from app.core.errors import Conflict, NotFound
from app.core.http.bilingual_forms import new_rows
from app.core.http.edit_forms import SEEN, begin_edit
from app.core.http.unsent_fields import keeps_unsent
from app.core.http.web import AppBlueprint, redirect_after_post
from app.core.i18n import stale_translations
from app.core.i18n.bilingual import LOCALES
from app.core.i18n.language import locale
from app.core.text.cleaning import sent_number
from app.form_builder import actions, queries
from app.form_builder import rules as drafts
from app.form_builder.forms import (
    SETTINGS,
    ChoiceForm,
    DeclarationForm,
    FrameForm,
    QuestionForm,
    SectionForm,
    choices_of,
)
from app.form_builder.queries import Working
from app.questionnaires.rules.definition import Definition, Faulty

NEW_ROWS = 3

bp = AppBlueprint("form_builder_editor", __name__, guard=staff)


@bp.page(nl="/team/formulieren/<key>/kader", fr="/equipe/formulaires/<key>/cadre", methods=("GET", "POST"))
def frame(key: str) -> Any:
    found = _edited(key)
    form = FrameForm(data=_sides(FrameForm, found.data))
    rows = _rows(DeclarationForm, found.data.get("declarations", []), "declaration", _declaration)
    if _is_good(form, rows) and _kept(found, _framed(found, form, rows), "form", form, rows):
        return redirect_after_post(url_for(".frame", key=key))
    marks = stale_translations.marks(actions.about(found.form))
    return render_template(
        "form_builder/editor/frame.html",
        found=found,
        form=form,
        rows=rows,
        stale=_stale(marks, "form", form),
        rows_stale={thing["key"]: _stale(marks, thing["key"], one) for thing, one in rows if thing},
    ), _status()


@bp.page(
    nl="/team/formulieren/<key>/deel/<part>", fr="/equipe/formulaires/<key>/partie/<part>", methods=("GET", "POST")
)
def section(key: str, part: str) -> Any:
    found = _edited(key)
    here = drafts.section_of(found.data, part)
    if here is None:
        raise NotFound
    form = SectionForm(data=_sides(SectionForm, here))
    if _is_good(form, []):
        changed = here | _texts(form)
        data = found.data | {"sections": [changed if one is here else one for one in found.data["sections"]]}
        if _kept(found, data, part, form, []):
            return redirect_after_post(url_for("form_builder_staff.builder", key=key, part=part))
    marks = stale_translations.marks(actions.about(found.form))
    return render_template(
        "form_builder/editor/section.html", found=found, part=part, form=form, stale=_stale(marks, part, form)
    ), _status()


@bp.page(
    nl="/team/formulieren/<key>/vraag/<place>", fr="/equipe/formulaires/<key>/question/<place>", methods=("GET", "POST")
)
@keeps_unsent
def question(key: str, place: str) -> Any:
    found = _edited(key)
    here = drafts.find(found.data, place)
    if here is None:
        raise NotFound
    form = QuestionForm(data=QuestionForm.data_of(here))
    form.offer(_may_decide(found, place))
    rows = _rows(ChoiceForm, here.get("choices", []), "choice", lambda one: {"code": one["code"]})
    if _is_good(form, rows):
        data = drafts.replace(found.data, place, form.question(here, choices_of(rows)))
        if _kept(found, data, place, form, rows):
            return redirect_after_post(url_for(".question", key=key, place=place))
    marks = stale_translations.marks(actions.about(found.form))
    return render_template(
        "form_builder/editor/question.html",
        found=found,
        place=place,
        part=drafts.part_of(found.data, place),
        question=here,
        form=form,
        rows=rows,
        settings=SETTINGS.get(str(form.kind.data), ()),
        codes=_codes(found, str(form.show_question.data or "")),
        stale=_stale(marks, place, form),
        rows_stale={
            thing["code"]: _stale(marks, f"{place}:choice:{thing['code']}", one) for thing, one in rows if thing
        },
        is_field="." in place,
    ), _status()


def _edited(key: str) -> Working:
    form = queries.form(key)
    begin_edit(form, about=actions.about(form))
    return queries.working(key)


def _kept(found: Working, data: drafts.Data, place: str, form: Any, rows: list[Any]) -> bool:
    """Store the draft; False, with errors on the form, when the data is invalid.

    A form with marks was merged field by field; any other must be based on this draft.
    """
    confirmed = [f"{place}:{name}" for name in form.confirmed()]
    for thing, one in rows:
        row = f"{place}:choice:{one.code.data}" if isinstance(one, ChoiceForm) else thing["key"] if thing else ""
        confirmed += [f"{row}:{name}" for name in one.confirmed()]
    compared = any(name.startswith(SEEN) for name in request.form)
    revision = found.revision if compared else sent_number(request.form.get("revision", "0"))
    try:
        actions.write(found, data, revision=revision, confirmed=confirmed, by=person, at=clock.now())
    except Conflict:
        form.form_errors.append(
            _("A colleague changed this form meanwhile. Your text stands below: open the page again and put it in.")
        )
        return False
    except Faulty as issue:
        form.form_errors += issue.sentences
        return False
    flash(_("It is kept in the draft."))
    return True


def _is_good(form: Any, rows: list[tuple[Any, Any]]) -> bool:
    if request.method != "POST":
        return False
    used = [one for thing, one in rows if thing is not None or not one.is_blank]
    return all([form.validate(), *(one.may_remove() if one.remove.data else one.validate() for one in used)])


def _status() -> int:
    return 422 if request.method == "POST" else 200


def _sides(kind: Any, thing: drafts.Data) -> dict[str, str]:
    """The texts of a thing for the form's fields."""
    return {
        f"{name}_{side}": (thing.get(name) or {}).get(side, "") for name in kind.BILINGUAL_FIELDS for side in LOCALES
    }


def _texts(form: Any) -> drafts.Data:
    """The texts of a form as data; an optional one that is empty in both languages is left out."""
    return {
        name: {side: text[side] for side in LOCALES}
        if text.nl or text.fr or not form.BILINGUAL_FIELDS[name].optional
        else None
        for name, text in form.texts().items()
    }


def _rows(kind: Any, things: list[drafts.Data], name: str, data_of: Any) -> list[tuple[Any, Any]]:
    """A form for each thing, named by its key or code, which stay the same when a colleague adds or removes a row."""
    ids = [str(one.get("key") or one["code"]) for one in things]
    there = [
        (one, kind(prefix=f"{name}:{row}:", data=_sides(kind, one) | data_of(one)))
        for row, one in zip(ids, things, strict=True)
    ]
    return [*there, *new_rows(kind, f"{name}:", set(ids), NEW_ROWS)]


def _declaration(one: drafts.Data) -> drafts.Data:
    return {name: one.get(name) for name in ("version", "required", "consent", "months")}


def _framed(found: Working, form: FrameForm, rows: list[tuple[Any, Any]]) -> drafts.Data:
    """The form with its frame and declarations as they were sent."""
    taken = {*drafts.keys_of(found.data), *queries.names_ever_used(found.form.id)}
    declarations = []
    for thing, one in rows:
        if one.remove.data or one.is_blank:
            continue
        key = thing["key"] if thing else drafts.new_key("d", taken)
        taken.add(key)
        declarations.append(
            {
                "key": key,
                "text": _texts(one)["text"],
                "version": one.version.data or "1",
                "required": bool(one.required.data),
                "consent": bool(one.consent.data),
                "months": one.months.data or None,
            }
        )
    return found.data | _texts(form) | {"declarations": declarations}


def _may_decide(found: Working, place: str) -> list[tuple[str, str]]:
    """The questions that this one may depend on: earlier ones with a single answer."""
    if "." in place:
        return []
    before = []
    for one in Definition.sketch(found.data).questions:
        if one.key == place:
            break
        if one.kind not in ("group", "files"):
            before.append((one.key, one.label[locale()] or one.key))
    return before


def _codes(found: Working, key: str) -> list[tuple[str, str]]:
    """(label, code) of every answer to the question it depends on."""
    if not key or drafts.find(found.data, key) is None:
        return []
    return [(one.label[locale()], one.code) for one in Definition.sketch(found.data).question(key).choices]


def _stale(marks: dict[str, str], place: str, form: Any) -> dict[str, str]:
    return {name: marks[f"{place}:{name}"] for name in form.BILINGUAL_FIELDS if f"{place}:{name}" in marks}
