"""Subscribe, confirm, change and stop. The form has its own page, so reading a programme sets no cookie."""

import secrets
from typing import Any

from flask import flash, redirect, render_template, request, session, url_for
from flask_babel import gettext as _

from app.accounts.guards import everyone
from app.core import clock
from app.core.http.limits import rate_limit, spend
from app.core.http.security import csrf
from app.core.http.web import AppBlueprint, redirect_after_post
from app.core.i18n.language import locale
from app.core.sealing import keyed_hash
from app.subscriptions import actions, queries
from app.subscriptions.forms import EmptyForm, SubscribeForm, TopicsForm
from app.subscriptions.rules import ALL_CALLS, ASKS_PER_ADDRESS, ONCE, calls_of, is_waiting, topics_about

bp = AppBlueprint("subscriptions_public", __name__, guard=everyone)


@bp.page(nl="/op-de-hoogte", fr="/rester-au-courant", methods=("GET", "POST"))
@rate_limit("20 per hour", room="100 per hour")
def subscribe() -> Any:
    titles, asked = queries.titles(), calls_of(request.args.get("programme", ""))
    form = SubscribeForm(titles, **SubscribeForm.shown({asked if asked in titles else ALL_CALLS}, locale()))
    if not ONCE.fullmatch(form.once.data or ""):
        form.once.data = secrets.token_urlsafe(24)
    if not form.validate_on_submit() or form.is_machine:
        page = render_template("subscriptions/public/subscribe.html", form=form)
        return page, (422 if form.is_submitted() else 200)
    spend(ASKS_PER_ADDRESS, "subscribe", keyed_hash(form.address))
    actions.ask(
        str(form.once.data),
        email=form.address,
        language=form.language.data,
        topics=form.topics,
        at=clock.now(),
    )
    session["subscription_asked"] = form.address
    return redirect_after_post(url_for(".asked"))


@bp.page(nl="/op-de-hoogte/verstuurd", fr="/rester-au-courant/envoye")
def asked() -> Any:
    if "subscription_asked" not in session:
        return redirect(url_for(".subscribe"), 302)
    return render_template("subscriptions/public/asked.html", email=session["subscription_asked"])


@bp.page(nl="/op-de-hoogte/bevestigen/<key>", fr="/rester-au-courant/confirmer/<key>", methods=("GET", "POST"))
def confirm(key: str) -> Any:
    """A mail program that follows links confirms nothing: the button does."""
    if queries.subscription_of(key) is not None:
        return redirect(url_for(".manage", key=key), 303 if request.method == "POST" else 302)
    found = queries.request_of(key)
    if found is None or not is_waiting(found.asked_at, found.confirmed_at, clock.now()):
        return _gone()
    if EmptyForm().validate_on_submit():
        actions.confirm(found, at=clock.now())
        flash(_("Your subscription is confirmed."))
        return redirect_after_post(url_for(".manage", key=key))
    return render_template("subscriptions/public/confirm.html", asked=found, **queries.in_words(found.topics.split()))


@bp.page(nl="/op-de-hoogte/beheren/<key>", fr="/rester-au-courant/gerer/<key>", methods=("GET", "POST"))
def manage(key: str) -> Any:
    """Change or renew: anybody with a mailed link may."""
    found, at = queries.subscription_of(key), clock.now()
    if found is None:
        return _gone()
    topics = queries.topics_shown(found, at)
    form = TopicsForm(queries.titles(), **TopicsForm.shown(topics, found.language))
    if form.validate_on_submit():
        actions.change(found, language=form.language.data, topics=form.topics, at=at)
        if not form.topics:
            return redirect_after_post(url_for(".stopped"))
        flash(_("Your choice is saved."))
        return redirect_after_post(request.path)
    page = render_template(
        "subscriptions/public/manage.html",
        subscription=found,
        form=form,
        open_calls=[one for one in queries.open_calls(at) if topics & set(topics_about(one.programme.key))],
        key=key,
    )
    return page, (422 if form.is_submitted() else 200)


@bp.page(nl="/op-de-hoogte/stoppen/<key>", fr="/rester-au-courant/arreter/<key>", methods=("GET", "POST"))
@csrf.exempt
def stop(key: str) -> Any:
    """The address of List-Unsubscribe (RFC 8058): a mail program posts to it without a cookie and wants no redirect.

    Idempotent: it also answers a second time, when nothing is left. From our page it takes the button with its token.
    """
    found, is_one_click = queries.subscription_of(key), request.form.get("List-Unsubscribe") == "One-Click"
    if request.method != "POST":
        return render_template("subscriptions/public/stop.html", subscription=found, key=key) if found else _gone()
    if not is_one_click:
        csrf.protect()
    if found is not None:
        actions.stop(found, by=found.ref, at=clock.now())
    if is_one_click:
        return render_template("subscriptions/public/stopped.html")
    return redirect_after_post(url_for(".stopped"))


@bp.page(nl="/op-de-hoogte/gestopt", fr="/rester-au-courant/arrete")
def stopped() -> str:
    return render_template("subscriptions/public/stopped.html")


def _gone() -> Any:
    return render_template("subscriptions/public/gone.html"), 410
