"""Preview, compare, publish and export forms."""

import json
from typing import Any

from flask import Response, current_app, flash, render_template, request, url_for
from flask_babel import gettext as _

from app.accounts.guards import person, staff
from app.core import clock
from app.core.errors import Conflict
from app.core.http.forms import Form
from app.core.http.web import AppBlueprint, redirect_after_post
from app.core.i18n.bilingual import LANGUAGE_NAMES, LOCALES
from app.core.i18n.language import locale, speaking
from app.core.text.cleaning import sent_number
from app.form_builder import actions, queries
from app.form_builder.exports import page_issues_of
from app.form_builder.rules import canonical
from app.questionnaires.forms.fields import fields
from app.questionnaires.forms.reading import read
from app.questionnaires.queries import definition_of
from app.questionnaires.rules.comparing import CHANGE_NAMES, compare
from app.questionnaires.rules.definition import Definition, Faulty

bp = AppBlueprint("form_builder_versions", __name__, guard=staff)


@bp.page(nl="/team/formulieren/<key>/voorbeeld", fr="/equipe/formulaires/<key>/apercu")
def preview(key: str) -> str:
    """A section as applicants will see it; the tried answers stay in the address and are not stored."""
    found = queries.working(key)
    definition = Definition.sketch(found.data)
    spoken = request.args.get("language", "")
    language = spoken if spoken in LOCALES else locale()
    chosen = [one for one in definition.sections if one.key == request.args.get("part")]
    section = next(iter(chosen or definition.sections), None)
    body = ""
    if section is not None:
        with speaking(language):
            macros: Any = current_app.jinja_env.get_template("questionnaires/_question.html").module
            shown = fields(definition, section, read(section, request.args), plain="plain" in request.args)
            body = macros.questions(shown)
    return render_template(
        "form_builder/versions/preview.html",
        found=found,
        definition=definition,
        section=section,
        body=body,
        plain="plain" in request.args,
        language=language,
        language_names=LANGUAGE_NAMES,
    )


@bp.page(nl="/team/formulieren/<key>/publiceren", fr="/equipe/formulaires/<key>/publier", methods=("GET", "POST"))
def publish(key: str) -> Any:
    found = queries.working(key)
    if request.method == "POST":
        if not Form().validate():
            raise Conflict("form")
        try:
            revision = sent_number(request.form.get("revision", ""))
            made = actions.publish_draft(found, revision=revision, by=person, at=clock.now())
        except Faulty:
            flash(_("This form cannot be published yet"))
            return redirect_after_post(url_for("form_builder_staff.builder", key=key))
        flash(_("Version %(number)s is published. A call asks it once you choose it there.", number=made.number))
        return redirect_after_post(url_for(".versions", key=key))
    after = Definition.sketch(found.data)
    before = definition_of(found.newest) if found.newest else None
    return render_template(
        "form_builder/versions/publish.html",
        found=found,
        issues=page_issues_of(found, after),
        changes=compare(before, after) if before else [],
        change_names=CHANGE_NAMES,
        is_same=before is not None and canonical(before) == found.data,
    )


@bp.page(nl="/team/formulieren/<key>/versies", fr="/equipe/formulaires/<key>/versions")
def versions(key: str) -> str:
    found = queries.working(key)
    published = queries.versions_of(found.form.id)
    numbers, several = {str(one.number): one for one in published}, len(published) > 1
    newer = numbers.get(request.args.get("to", ""), published[0] if several else None)
    older = numbers.get(request.args.get("from", ""), published[1] if several else None)
    changes = compare(definition_of(older), definition_of(newer)) if newer and older else []
    return render_template(
        "form_builder/versions/versions.html",
        form=found.form,
        has_draft=found.has_draft,
        versions=published,
        older=older,
        newer=newer,
        changes=changes,
        change_names=CHANGE_NAMES,
    )


@bp.page(nl="/team/formulieren/<key>/hervatten", fr="/equipe/formulaires/<key>/reprendre", methods=("POST",))
def resume(key: str) -> Any:
    """Make an older version the draft of the next one."""
    if not Form().validate():
        raise Conflict("form")
    found, number = queries.working(key), sent_number(request.form.get("nr", ""))
    data = canonical(definition_of(queries.version_number(found.form.id, number)))
    actions.write(found, data, revision=0, by=person, at=clock.now())
    flash(_("Version %(number)s is the draft now.", number=number))
    return redirect_after_post(url_for("form_builder_staff.builder", key=key))


@bp.page(nl="/team/formulieren/<key>/bestand", fr="/equipe/formulaires/<key>/fichier")
def export(key: str) -> Response:
    """The draft, or a version by number, as JSON that another installation can import."""
    number = sent_number(request.args.get("nr", ""))
    if number:
        published = queries.version_number(queries.form(key).id, number)
        data, name = canonical(definition_of(published)), f"{key}-{number}.json"
    else:
        data, name = queries.working(key).data, f"{key}.json"
    answer = Response(json.dumps(data, ensure_ascii=False, indent=1), mimetype="application/json")
    answer.headers.set("Content-Disposition", "attachment", filename=name)
    return answer
