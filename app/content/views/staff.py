"""The editor: pages in both languages, side by side."""

from typing import Any

from flask import flash, render_template, request
from flask_babel import gettext as _

from app.accounts.guards import editors, person
from app.content import actions, queries
from app.content.forms import TEXTS, PageForm
from app.core import clock
from app.core.bilingual import LANGUAGE_NAMES
from app.core.errors import Missing
from app.core.web import Room, see

room = Room("content_staff", __name__, guard=editors)


@room.page(nl="/team/inhoud", fr="/equipe/contenu")
def pages() -> Any:
    return render_template("content/staff/pages.html", pages=queries.pages().values())


@room.page(nl="/team/inhoud/<key>", fr="/equipe/contenu/<key>", methods=("GET", "POST"))
def page(key: str) -> Any:
    found = queries.page(key)
    if found is None:
        raise Missing
    form = PageForm.of(found) if request.method == "GET" else PageForm()
    if form.validate_on_submit():
        actions.rewrite(found, by=person, at=clock.now(), **form.texts())
        flash(_("The page is kept, in both languages."))
        return see(request.path)
    return render_template(
        "content/staff/page.html", page=found, form=form, texts=TEXTS, language_names=LANGUAGE_NAMES
    ), (422 if form.is_submitted() else 200)
