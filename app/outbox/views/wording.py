"""How each kind of letter is worded: both languages side by side, with a preview and a test to oneself."""

import secrets
from typing import Any

from flask import flash, render_template, request, url_for
from flask_babel import gettext as _

from app.accounts.guards import person, staff
from app.accounts.queries import names
from app.core import clock
from app.core.bilingual import LANGUAGE_NAMES, LOCALES, Bilingual
from app.core.errors import Conflict
from app.core.i18n import speaking
from app.core.web import Room, see
from app.mail import actions as mail
from app.mail.models import Wording
from app.mail.queries import wording as own_words
from app.mail.rules import KINDS, filled, filled_line
from app.outbox import actions, queries
from app.outbox.access import kind_named
from app.outbox.forms import EmptyForm, WordingForm

room = Room("outbox_wording", __name__, guard=staff)


@room.page(nl="/team/post/teksten", fr="/equipe/courrier/textes")
def wordings() -> str:
    own = queries.wordings_and_writers()
    rows = [
        (kind, known, _words(kind, own[kind][0] if kind in own else None)[0], own.get(kind))
        for kind, known in KINDS.items()
    ]
    return render_template("outbox/wording/wordings.html", rows=rows)


@room.page(nl="/team/post/teksten/<kind>", fr="/equipe/courrier/textes/<kind>", methods=("GET", "POST"))
def wording(kind: str) -> Any:
    known, own = kind_named(kind), own_words(kind)
    subject, body = _words(kind, own)
    seen = own.at.isoformat() if own else ""
    form = WordingForm.of(subject, body, seen=seen, once=secrets.token_urlsafe(8), sent=request.method == "POST")
    if form.is_submitted() and form.fits(known):
        if request.form.get("deed") == "look":
            return _show(kind, form, own)
        if form.seen.data == seen:
            mail.reword(
                kind, subject=form.text("subject"), body=form.text("body"), by=person.ref, by_id=person.id,
                at=clock.now(),
            )  # fmt: skip
            flash(_("The words are kept, in both languages. Letters that are written from now on have them."))
            return see(request.path)
        form.stale()
    return _show(kind, form, own), (422 if form.is_submitted() else 200)


@room.page(nl="/team/post/teksten/<kind>/terug", fr="/equipe/courrier/textes/<kind>/retour", methods=("POST",))
def back(kind: str) -> Any:
    """Take the words that come with the program."""
    kind_named(kind)
    if not EmptyForm().validate():
        raise Conflict("form")
    mail.back_to_shipped(kind, by=person.ref, at=clock.now())
    flash(_("The shipped words are back."))
    return see(url_for(".wording", kind=kind))


@room.page(nl="/team/post/teksten/<kind>/proef", fr="/equipe/courrier/textes/<kind>/essai", methods=("POST",))
def test(kind: str) -> Any:
    """Send this letter to oneself, in both languages."""
    kind_named(kind)
    once = request.form.get("once", "")
    if not EmptyForm().validate() or not once.isascii() or not once.isprintable() or len(once) > 32:
        raise Conflict("form")
    subject, body = _words(kind, own_words(kind))
    given = queries.real_values(kind, person.id)
    actions.send_tests(kind, subject, body, given, once=once, by=person, at=clock.now())
    flash(_("A test in each language is on its way to %(email)s.", email=person.email))
    return see(url_for(".wording", kind=kind))


def _words(kind: str, own: Wording | None) -> tuple[Bilingual, Bilingual]:
    """Subject and text as they are now: the team's own, or the shipped ones."""
    if own is not None:
        return own.subject, own.body
    texts = {code: mail.shipped(kind, code) for code in LOCALES}
    return tuple(Bilingual(**{code: text[half] for code, text in texts.items()}) for half in (0, 1))  # type: ignore[return-value]


def _show(kind: str, form: WordingForm, own: Wording | None) -> str:
    known, given = KINDS[kind], queries.real_values(kind, person.id)
    subject, body = form.text("subject"), form.text("body")
    previews = []
    for code in LOCALES:
        with speaking(code):
            values = known.values(given)
        line, marked = filled_line(subject[code], values, marked=True), filled(known, body[code], values, marked=True)
        plain = actions.words_of(kind, subject, body, given, code).text
        previews.append((code, line, marked, plain))
    return render_template(
        "outbox/wording/wording.html",
        kind=kind,
        known=known,
        form=form,
        own=own,
        writer=names([own.by_id]).get(own.by_id, "") if own and own.by_id else "",
        columns=LANGUAGE_NAMES,
        previews=previews,
        is_real=bool(given),
        samples=[(one, one.shown()) for one in known.placeholders],
    )
