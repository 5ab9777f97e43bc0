"""The page editor."""

from typing import Any

from flask import flash, render_template, request
from flask_babel import gettext as _

from app.accounts.guards import editors, person
from app.content import actions, queries
from app.content.forms import PageForm
from app.content.rules import CONTACT_PARTS, FAQ, PLACES, TEXTS, gaps, texts_of
from app.core import clock
from app.core.errors import NotFound
from app.core.http.edit_forms import begin_edit
from app.core.http.web import AppBlueprint, redirect_after_post
from app.core.i18n.bilingual import LANGUAGE_NAMES

ROWS = {"lead": 4, "body": 22}

bp = AppBlueprint("content_staff", __name__, guard=editors)


@bp.page(nl="/team/inhoud", fr="/equipe/contenu")
def pages() -> str:
    found = [
        (page, editor, {code for _name, code in gaps({name: getattr(page, name) for name in TEXTS})})
        for page, editor in queries.pages_and_editors()
    ]
    return render_template("content/staff/pages.html", pages=found)


@bp.page(nl="/team/inhoud/<key>", fr="/equipe/contenu/<key>", methods=("GET", "POST"))
def page(key: str) -> Any:
    found, editor = queries.page_and_editor(key) or (None, "")
    if found is None:
        raise NotFound
    begin_edit(found, about=f"page:{found.id}")
    form = PageForm.of(found)
    if form.validate_on_submit():
        actions.rewrite(found, by=person, at=clock.now(), **form.texts())
        flash(_("The page is kept, in both languages."))
        return redirect_after_post(request.path)
    answer = render_template(
        "content/staff/page.html",
        page=found,
        editor=editor,
        form=form,
        texts=texts_of(key),
        rows=ROWS,
        columns=LANGUAGE_NAMES,
        shown_at=PLACES.get("contact" if key in CONTACT_PARTS else key),
        may_be_empty=key in CONTACT_PARTS,
        is_faq=key == FAQ,
    )
    return answer, (422 if form.is_submitted() else 200)
