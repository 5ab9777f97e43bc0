"""The list of forms, one form with its sections and questions, and moving them."""

import json
import math
import tomllib
from collections import Counter
from typing import Any

from flask import current_app, flash, render_template, request, url_for
from flask_babel import gettext as _

from app.accounts.guards import person, staff
from app.core import clock
from app.core.errors import Conflict, NotFound
from app.core.http.forms import Form
from app.core.http.web import AppBlueprint, redirect_after_post
from app.core.i18n.bilingual import Bilingual
from app.core.i18n.language import locale
from app.core.text.cleaning import sent_number
from app.form_builder import actions, queries
from app.form_builder import rules as drafts
from app.form_builder.exports import page_issues_of
from app.form_builder.forms import KIND_NAMES, SPECIAL_NAMES
from app.form_builder.queries import Working
from app.questionnaires.rules.definition import Definition, Faulty

LARGEST_IMPORT = 400_000  # bytes; our longest form takes a tenth
TEMPLATE = "application.toml"

bp = AppBlueprint("form_builder_staff", __name__, guard=staff)


@bp.page(nl="/team/formulieren", fr="/equipe/formulaires", methods=("GET", "POST"))
def forms() -> Any:
    """Every form; POST creates one: empty, from the template, a copy, or from a file."""
    issues: list[str] = []
    if request.method == "POST":
        if not Form().validate():
            raise Conflict("form")
        try:
            data = _beginning()
            made = actions.make(data, title=Bilingual.of(data.get("title", drafts.EMPTY)), by=person, at=clock.now())
        except (Faulty, ValueError, KeyError, TypeError, RecursionError) as reason:
            issues = reason.sentences[:20] if isinstance(reason, Faulty) else [_("This file is no form of ours")]
        else:
            flash(_("The form is made. Nobody sees it until a call asks it."))
            return redirect_after_post(url_for(".builder", key=made.key))
    answer = render_template("form_builder/staff/forms.html", forms=queries.forms(), issues=issues)
    return answer, (422 if issues else 200)


@bp.page(nl="/team/formulieren/<key>", fr="/equipe/formulaires/<key>")
def builder(key: str) -> str:
    found = queries.working(key)
    definition = Definition.sketch(found.data)
    issues = page_issues_of(found, definition)
    chosen = request.args.get("part", "")
    sections = [section["key"] for section in found.data.get("sections", [])]
    here = chosen if chosen in (*sections, drafts.STATISTICS) else (sections[0] if sections else "")
    return render_template(
        "form_builder/staff/builder.html",
        found=found,
        definition=definition,
        here=here,
        questions=definition.monitoring if here == drafts.STATISTICS else _section(definition, here),
        issues=issues,
        wanting=Counter(part for _address, _sentence, part in issues),
        kind_names=KIND_NAMES,
        special={name: words for name, words in SPECIAL_NAMES.items() if name not in drafts.keys_of(found.data)},
    )


@bp.page(nl="/team/formulieren/<key>/toevoegen", fr="/equipe/formulaires/<key>/ajouter", methods=("POST",))
def add(key: str) -> Any:
    """Add a section, a question, or a field of a group."""
    found, kind = queries.working(key), request.form.get("what", "")
    taken = queries.names_ever_used(found.form.id)
    part = request.form.get("part", "")
    try:
        if kind == "section":
            data, part = drafts.add_section(found.data, taken)
            place = ""
        elif kind == "field":
            data, place = drafts.add_field(found.data, request.form.get("place", ""), taken)
        else:
            data, place = drafts.add_question(found.data, part, taken, special=request.form.get("special", ""))
    except KeyError:
        raise NotFound from None
    _write(found, data)
    if place:
        return redirect_after_post(url_for("form_builder_editor.question", key=key, place=place))
    return redirect_after_post(url_for(".builder", key=key, part=part))


@bp.page(nl="/team/formulieren/<key>/verplaatsen", fr="/equipe/formulaires/<key>/deplacer", methods=("POST",))
def move(key: str) -> Any:
    """Move a question or section, by a button or by dragging."""
    found, name = queries.working(key), request.form.get("name", "")
    place, part = sent_number(request.form.get("to", "")), request.form.get("part", "")
    try:
        if request.form.get("what") == "section":
            data = drafts.move_section(found.data, name, place=place)
        else:
            data = drafts.move(found.data, name, section=part, place=place)
    except KeyError:
        raise NotFound from None
    _write(found, data)
    return redirect_after_post(
        url_for(".builder", key=key, part=part or request.form.get("here", ""), _anchor=f"q-{name}")
    )


@bp.page(nl="/team/formulieren/<key>/verwijderen", fr="/equipe/formulaires/<key>/supprimer", methods=("POST",))
def remove(key: str) -> Any:
    """Remove a question, field, section or the draft; refused while others depend on it."""
    found, name, what = queries.working(key), request.form.get("name", ""), request.form.get("what", "")
    part = request.form.get("here", "")
    if what == "draft":
        if not Form().validate():
            raise Conflict("form")
        actions.throw_away(found, revision=_revision(), by=person, at=clock.now())
        flash(_("The draft is thrown away. The last version is the form again."))
        return redirect_after_post(url_for(".builder", key=key))
    try:
        data = drafts.remove_section(found.data, name) if what == "section" else drafts.remove(found.data, name)
    except KeyError:
        raise NotFound from None
    except drafts.Needed as needed:
        labels = [Definition.sketch(found.data).question(one).label[locale()] or one for one in needed.by]
        flash(_("This cannot go: these questions depend on it: %(names)s", names="; ".join(labels)))
        return redirect_after_post(url_for(".builder", key=key, part=part))
    _write(found, data)
    flash(_("It is taken out of the draft. Answers that were given stay in their files."))
    return redirect_after_post(url_for(".builder", key=key, part="" if what == "section" else part))


@bp.page(nl="/team/formulieren/<key>/dupliceren", fr="/equipe/formulaires/<key>/dupliquer", methods=("POST",))
def duplicate(key: str) -> Any:
    found = queries.working(key)
    try:
        taken = queries.names_ever_used(found.form.id)
        data, place = drafts.duplicate(found.data, request.form.get("name", ""), taken)
    except KeyError:
        raise NotFound from None
    _write(found, data)
    return redirect_after_post(url_for("form_builder_editor.question", key=key, place=place))


def _beginning() -> dict[str, Any]:
    """The initial data of a new form. Raises ValueError for an unreadable file."""
    match request.form.get("from", ""):
        case "template":
            path = current_app.config["ROOT"] / "content" / "questionnaires" / TEMPLATE
            return tomllib.loads(path.read_text(encoding="utf-8"))
        case "copy":
            return queries.working(request.form.get("form", "")).data
        case "file":
            sent = request.files.get("file")
            content = sent.read(LARGEST_IMPORT + 1) if sent else b""
            if len(content) > LARGEST_IMPORT:
                raise ValueError
            data = json.loads(content.decode("utf-8"), parse_constant=_no_constant, parse_float=_number)
            json.dumps(data, ensure_ascii=False).encode("utf-8")  # a lone surrogate is not a character
            if not isinstance(data, dict) or not isinstance(data.get("key"), str):
                raise TypeError
            return data
    return drafts.empty_form("form")


def _no_constant(_name: str) -> Any:
    raise ValueError


def _number(digits: str) -> float:
    """A finite number: refuses 1e999."""
    found = float(digits)
    if not math.isfinite(found):
        raise ValueError
    return found


def _section(definition: Definition, key: str) -> Any:
    return next((section.questions for section in definition.sections if section.key == key), ())


def _write(found: Working, data: dict[str, Any]) -> None:
    if not Form().validate():
        raise Conflict("form")
    actions.write(found, data, revision=_revision(), by=person, at=clock.now())


def _revision() -> int:
    return sent_number(request.form.get("revision", ""))
