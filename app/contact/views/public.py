"""The contact page with its form, and the copy of a message for its writer."""

from typing import Any

from flask import redirect, render_template, request, session, url_for

from app.accounts.guards import everyone
from app.accounts.rules import hashed
from app.contact import actions, queries
from app.contact.forms import EmptyForm, MessageForm
from app.contact.models import Message
from app.contact.rules import key_of, may_copy, phone_address
from app.content.queries import pages
from app.content.rules import CONTACT_PARTS, sections
from app.core import clock
from app.core.errors import NotFound
from app.core.exports import structured
from app.core.http.forms import normal_email
from app.core.http.limits import rate_limit
from app.core.http.security import acts_for_nobody
from app.core.http.web import AppBlueprint, redirect_after_post
from app.core.i18n.addresses import site_address
from app.core.i18n.language import locale

FORM = "bericht"  # the anchor of the form

bp = AppBlueprint("contact_public", __name__, guard=everyone)


@bp.page(nl="/contact", fr="/contact", methods=("GET", "POST"))
@rate_limit("20 per hour")
@acts_for_nobody
def contact() -> Any:
    form = MessageForm()
    if form.validate_on_submit() and not form.is_machine:
        message = _receive(form)
        session["message_received"] = {
            "email": message.email,
            "asked": bool(form.copy.data),
            "offered": message.copy_hash is not None,
        }
        return redirect_after_post(url_for(".received"))
    found = pages(("contact", *CONTACT_PARTS))
    if "contact" not in found:
        raise NotFound
    address = found["contact_address"].lead[locale()] if "contact_address" in found else ""
    postal = structured.postal_address(address)
    page = render_template(
        "contact/public/contact.html",
        page=found["contact"],
        parts=sections(found["contact"].body[locale()]),
        practical=[found[key] for key in CONTACT_PARTS if key in found and found[key].lead[locale()]],
        postal=postal,
        form=form,
        phone_address=phone_address,
        things=[structured.ourselves(site_address(), address=postal)],
    )
    return page, (422 if form.is_submitted() else 200)


@bp.page(nl="/contact/bericht", fr="/contact/message", methods=("GET", "POST"))
@acts_for_nobody
def write() -> Any:
    """The address of the form when it had a page of its own; a form that was still open arrives too."""
    return redirect(url_for(".contact", _anchor=FORM), 308)


@bp.page(nl="/contact/ontvangen", fr="/contact/recu")
def received() -> Any:
    if "message_received" not in session:
        return redirect(url_for(".contact", _anchor=FORM), 302)
    return render_template("contact/public/received.html", receipt=session["message_received"])


@bp.page(nl="/contact/kopie/<key>", fr="/contact/copie/<key>", methods=("GET", "POST"))
@rate_limit("20 per hour")
def copy(key: str) -> Any:
    """A button sends the copy: programs that only follow the links of a mail send nothing."""
    message, at, form = queries.with_copy_link(hashed(key)), clock.now(), EmptyForm()
    if message is None or not (message.copied_at or may_copy(message.received_at, at)):
        return render_template("contact/public/copy.html", message=None), 410
    if form.validate_on_submit():
        actions.send_copy(message, at=at)
        return redirect_after_post(request.path)
    return render_template("contact/public/copy.html", message=message)


def _receive(form: MessageForm) -> Message:
    name, text, at = form.name.data or "", form.text.data or "", clock.now()
    email = normal_email(form.email.data or "") or ""
    return actions.receive(
        key_of(name, email, text, clock.day_of(at)),
        name=name,
        email=email,
        language=locale(),
        text=text,
        wants_copy=bool(form.copy.data),
        at=at,
    )
