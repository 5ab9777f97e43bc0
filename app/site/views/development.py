"""Pages that exist only in development: the local mailbox, and every component in its states."""

from typing import Any

from flask import redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from app.accounts.guards import everyone
from app.core.errors import NotFound
from app.core.http.edit_forms import Collision, Stored
from app.core.http.unsent_fields import keeps_unsent
from app.core.http.web import AppBlueprint
from app.core.i18n.bilingual import LOCALES
from app.core.i18n.language import locale, other_locale
from app.core.text.word_diff import pieces
from app.impact.rules.drawings import gables
from app.mail import queries
from app.mail.jobs.delivery import as_sent
from app.mail.rules.states import STATE_NAMES
from app.site.forms import ExampleForm

MOST = 100
LOOKS = ("public", "applicant", "staff")  # templates/layouts

bp = AppBlueprint("site_development", __name__, guard=everyone)


@bp.page(nl="/_mail", fr="/_mail")
def mailbox() -> Any:
    return render_template(
        "site/development/mailbox.html", letters=queries.recent_letters(MOST), letter_states=STATE_NAMES
    )


@bp.page(nl="/_mail/<int:letter_id>", fr="/_mail/<int:letter_id>")
def letter(letter_id: int) -> Any:
    found = queries.letter(letter_id)
    if found is None:
        raise NotFound
    return render_template(
        "site/development/letter.html",
        letter=found,
        lines=as_sent(found).rstrip().split("\n"),
        other_language=next(code for code in LOCALES if code != found.language),
        letter_states=STATE_NAMES,
    )


@bp.page(nl="/_ui", fr="/_ui", methods=("GET", "POST"))
@keeps_unsent
def components() -> Any:
    """Every macro of templates/ui in its states, in the look of one layout; the buttons lead back here."""
    if request.method == "POST":
        return redirect(url_for(".components"), 303)
    look = request.args.get("look", "")
    return render_template(
        "site/development/components.html",
        look=look if look in LOOKS else LOOKS[0],
        looks={"public": _("Public pages"), "applicant": _("Pages of applicants"), "staff": _("Pages of the team")},
        houses=gables(3),
        forms=_example_forms(),
    )


def _example_forms() -> dict[str, ExampleForm]:
    """The example form: empty, filled in, with mistakes, and with a text that a colleague changed meanwhile."""
    sentence = _("A text that is much longer than most people would write in a field of this size")
    right = {
        "name": sentence,
        "email": "amina@example.org",
        "text": sentence,
        "language": other_locale(),
        "one": locale(),
    }
    titles = {f"title_{code}": sentence for code in LOCALES}
    more = titles | {"several": [locale()], "agreed": True}
    mistakes = MultiDict({"wrong-email": "amina", "wrong-text": f"{sentence}. " * 2, "wrong-language": locale()})
    forms = {
        "empty": ExampleForm.named(_("Empty"), prefix="empty-"),
        "filled": ExampleForm.named(_("Filled in"), prefix="filled-", data=right | more),
        "wrong": ExampleForm.named(_("With mistakes"), prefix="wrong-", formdata=mistakes),
        "changed": ExampleForm.named(_("Changed meanwhile"), prefix="changed-", data=right),
    }
    forms["wrong"].validate()
    theirs, mine = pieces(_("A colleague wrote this"), sentence)
    forms["changed"].name.stored = Stored(  # as core.http.edit_forms does when the form is sent
        "", Collision(mine=mine, theirs=theirs, language="")
    )
    return forms
