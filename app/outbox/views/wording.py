"""The wording of each kind of letter, in both languages, with a preview and a test mail."""

import secrets
from typing import Any

from flask import flash, render_template, request, url_for
from flask_babel import gettext as _

from app.accounts.guards import person, staff
from app.accounts.queries import names
from app.core import clock
from app.core.errors import Conflict
from app.core.http.edit_forms import begin_edit
from app.core.http.unsent_fields import keeps_unsent
from app.core.http.web import AppBlueprint, redirect_after_post
from app.core.i18n.bilingual import LANGUAGE_NAMES, LOCALES, Bilingual
from app.core.i18n.language import speaking
from app.mail.actions import composing
from app.mail.actions import wording as wording_actions
from app.mail.models import Wording
from app.mail.queries import wording as own_words
from app.mail.rules.kinds import KINDS
from app.mail.rules.placeholders import NAME, filled, filled_line
from app.outbox import actions, queries
from app.outbox.access import kind_named
from app.outbox.forms import EmptyForm, GreetingForm, WordingForm, WordsForm

bp = AppBlueprint("outbox_wording", __name__, guard=staff)


@bp.page(nl="/team/mails/teksten", fr="/equipe/e-mails/textes")
def wordings() -> str:
    own = queries.wordings_and_writers()
    rows = [
        (kind, known, composing.worded(kind, own[kind][0] if kind in own else None)[0], own.get(kind))
        for kind, known in KINDS.items()
    ]
    return render_template("outbox/wording/wordings.html", rows=rows)


@bp.page(nl="/team/mails/teksten/<kind>", fr="/equipe/e-mails/textes/<kind>", methods=("GET", "POST"))
@keeps_unsent
def wording(kind: str) -> Any:
    known, own = kind_named(kind), own_words(kind)
    begin_edit(own, about=f"wording:{kind}")
    own = own or own_words(kind)  # a colleague may have created the first wording
    subject, body = _editable(kind, own)
    kind_of_form = GreetingForm if known.has_secret_link else WordingForm
    form = kind_of_form.of(subject, body, once=secrets.token_urlsafe(8))
    if form.is_submitted() and form.fits(known):
        if request.form.get("deed") == "look":
            return _show(kind, form, own)
        wording_actions.reword(
            kind,
            subject=form.text("subject"),
            body=form.text("body"),
            by=person.ref,
            by_id=person.id,
            at=clock.now(),
        )
        flash(_("The words are kept, in both languages. Letters that are written from now on have them."))
        return redirect_after_post(request.path)
    return _show(kind, form, own), (422 if form.is_submitted() else 200)


@bp.page(nl="/team/mails/teksten/<kind>/terug", fr="/equipe/e-mails/textes/<kind>/retour", methods=("POST",))
def back(kind: str) -> Any:
    """Return to the shipped wording."""
    kind_named(kind)
    if not EmptyForm().validate():
        raise Conflict("form")
    wording_actions.back_to_shipped(kind, by=person.ref, at=clock.now())
    flash(_("The shipped words are back."))
    return redirect_after_post(url_for(".wording", kind=kind))


@bp.page(nl="/team/mails/teksten/<kind>/proef", fr="/equipe/e-mails/textes/<kind>/essai", methods=("POST",))
def test(kind: str) -> Any:
    """Send this letter to oneself, in both languages."""
    kind_named(kind)
    once = request.form.get("once", "")
    if not EmptyForm().validate() or not once.isascii() or not once.isprintable() or len(once) > 32:
        raise Conflict("form")
    if any(composing.usable_wording(kind, code) is None for code in LOCALES) and own_words(kind) is not None:
        raise Conflict("words")
    subject, body = composing.worded(kind, own_words(kind))
    given = queries.real_values(kind, person.id)
    actions.send_tests(kind, subject, body, given, once=once, by=person, at=clock.now())
    flash(_("A test in each language is on its way to %(email)s.", email=person.email))
    return redirect_after_post(url_for(".wording", kind=kind))


def _editable(kind: str, own: Wording | None) -> tuple[Bilingual, Bilingual]:
    """What may be reworded: subject and text, or the greeting alone."""
    if not KINDS[kind].has_secret_link:
        return composing.worded(kind, own)
    _subject, body = composing.worded(kind, own if own and not own.subject[LOCALES[0]] else None)
    return Bilingual("", ""), Bilingual.of({code: composing.greeting_of(body[code]) for code in LOCALES})


def _show(kind: str, form: WordsForm, own: Wording | None) -> str:
    known, given = KINDS[kind], queries.real_values(kind, person.id)
    subject, body = form.text("subject"), form.text("body")
    if known.has_secret_link:
        greeting, (subject, body) = body, composing.worded(kind, None)
        body = Bilingual.of({code: composing.with_greeting(body[code], greeting[code]) for code in LOCALES})
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
        unused=own is not None and any(composing.usable_wording(kind, code) is None for code in LOCALES),
        writer=names([own.by_id]).get(own.by_id, "") if own and own.by_id else "",
        columns=LANGUAGE_NAMES,
        previews=previews,
        is_real=bool(given),
        samples=[(one, one.shown()) for one in known.placeholders if one is NAME or not known.has_secret_link],
    )
