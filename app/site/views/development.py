"""The local mailbox with sent letters; exists only in development."""

from typing import Any

from flask import render_template

from app.accounts.guards import everyone
from app.core.errors import NotFound
from app.core.http.web import AppBlueprint
from app.mail import queries
from app.mail.jobs.delivery import as_sent
from app.mail.rules.states import STATE_NAMES

MOST = 100

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
    text = as_sent(found)
    return render_template("site/development/letter.html", letter=found, text=text, letter_states=STATE_NAMES)
