"""The contact form. It has its own page, so reading the contact page sets no cookie."""

import secrets
from typing import Any

from flask import redirect, render_template, session, url_for

from app.accounts.guards import everyone
from app.contact import actions
from app.contact.forms import MessageForm
from app.contact.rules import ONCE
from app.core import clock
from app.core.http.forms import normal_email
from app.core.http.limits import rate_limit
from app.core.http.web import AppBlueprint, redirect_after_post
from app.core.i18n.language import locale

bp = AppBlueprint("contact_public", __name__, guard=everyone)


@bp.page(nl="/contact/bericht", fr="/contact/message", methods=("GET", "POST"))
@rate_limit("20 per hour")
def write() -> Any:
    form = MessageForm()
    if not ONCE.fullmatch(form.once.data or ""):
        form.once.data = secrets.token_urlsafe(24)
    if not form.validate_on_submit() or form.is_machine:
        return render_template("contact/public/write.html", form=form), (422 if form.is_submitted() else 200)
    actions.receive(
        str(form.once.data),
        name=form.name.data or "",
        email=normal_email(form.email.data or "") or "",
        language=locale(),
        text=form.text.data or "",
        at=clock.now(),
    )
    session["message_received"] = True
    return redirect_after_post(url_for(".received"))


@bp.page(nl="/contact/ontvangen", fr="/contact/recu")
def received() -> Any:
    if "message_received" not in session:
        return redirect(url_for(".write"), 302)
    return render_template("contact/public/received.html")
