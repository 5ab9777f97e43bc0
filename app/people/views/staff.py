"""Administrators' pages about colleagues."""

from typing import Any

from flask import flash, render_template, url_for
from flask_babel import gettext as _

from app.accounts import queries as accounts
from app.accounts.guards import administrators, person
from app.accounts.models import Person
from app.accounts.rules import Role
from app.core import clock
from app.core.audit import audit_trail
from app.core.errors import Conflict, NotFound
from app.core.http.edit_forms import begin_edit
from app.core.http.web import AppBlueprint, redirect_after_post
from app.core.i18n.addresses import absolute
from app.core.i18n.language import locale
from app.people import actions, queries
from app.people.forms import HandOverForm, NewPersonForm, RolesForm
from app.people.rules import ROLE_NAMES

LARGEST = 2**31 - 1
LAST_LINES = 20

bp = AppBlueprint("people_staff", __name__, guard=administrators)


@bp.page(nl="/team/mensen", fr="/equipe/personnes")
def people() -> str:
    team = accounts.team()
    return render_template(
        "people/staff/people.html",
        team=team,
        seen=queries.last_signed_in([one.id for one in team]),
        suspended=queries.suspended(),
        role_names=ROLE_NAMES,
    )


@bp.page(nl="/team/mensen/nieuw", fr="/equipe/personnes/nouvelle", methods=("GET", "POST"))
def add() -> Any:
    """Add a colleague with a first role; they sign in by asking for a link."""
    form = NewPersonForm(language=locale())
    if form.validate_on_submit():
        before = accounts.person_by_email(form.address)
        if before is not None and (before.roles or before.suspended_at):
            form.say_known(_("This person is known here already: change the roles on their own page"))
        else:
            found = actions.add(
                form.address,
                Role(form.role.data),
                name=form.name.data or "",
                language=form.language.data,
                by=person.ref,
                at=clock.now(),
            )
            flash(
                _(
                    "%(name)s is added. No mail was sent: they ask for a link with this address on %(page)s.",
                    name=found.name,
                    page=absolute(url_for("accounts_public.team_sign_in", lang=found.language)),
                )
            )
            return redirect_after_post(url_for(".one_person", person_id=found.id))
    page = render_template("people/staff/add.html", form=form)
    return page, (422 if form.is_submitted() else 200)


@bp.page(nl="/team/mensen/<int:person_id>", fr="/equipe/personnes/<int:person_id>", methods=("GET", "POST"))
def one_person(person_id: int) -> Any:
    """The roles of a person; a change applies at once and signs them out everywhere."""
    found = _known(person_id)
    begin_edit(found, about=found.ref)
    form = RolesForm(roles=sorted(found.roles))
    form.offer(_colleagues_of(found))
    if form.validate_on_submit():
        try:
            actions.change_roles(found, form.wanted, heir=_heir(form), by=person.ref, at=clock.now())
        except Conflict:
            form.roles.errors = [_("The last administrator stays: name another one first.")]
        else:
            flash(_("The roles are changed. %(name)s has to sign in again.", name=found.name))
            return redirect_after_post(url_for(".one_person", person_id=found.id))
    return _show(found, form), (422 if form.errors else 200)


@bp.page(
    nl="/team/mensen/<int:person_id>/schorsen",
    fr="/equipe/personnes/<int:person_id>/suspendre",
    methods=("GET", "POST"),
)
def suspend(person_id: int) -> Any:
    """Ask for confirmation, then end everything at once."""
    found, form = _known(person_id), HandOverForm()
    form.offer(_colleagues_of(found))
    if form.validate_on_submit():
        try:
            actions.suspend(found, heir=_heir(form), by=person.ref, at=clock.now())
        except Conflict:
            form.heir.errors = [_("The last administrator stays: name another one first.")]
        else:
            flash(_("%(name)s is suspended: no role, no open sign-in, nothing left to do.", name=found.name))
            return redirect_after_post(url_for(".people"))
    duties = queries.duties_of(found.id, clock.now())
    page = render_template("people/staff/suspend.html", one=found, form=form, duties=duties)
    return page, (422 if form.errors else 200)


def _show(found: Person, form: RolesForm) -> str:
    history = audit_trail.history(found.ref)[:LAST_LINES]
    doers = [int(entry.by.removeprefix("person:")) for entry in history if entry.by.startswith("person:")]
    return render_template(
        "people/staff/one_person.html",
        one=found,
        form=form,
        duties=queries.duties_of(found.id, clock.now()),
        history=history,
        names=accounts.names(doers),
        role_names=ROLE_NAMES,
    )


def _known(person_id: int) -> Person:
    """A present or suspended colleague. Raises NotFound for applicants."""
    if person_id > LARGEST:
        raise NotFound
    found = accounts.person_by_id(person_id)
    if not found.roles and found.suspended_at is None:
        raise NotFound
    return found


def _colleagues_of(found: Person) -> list[Person]:
    return [one for one in accounts.colleagues() if one.id != found.id]


def _heir(form: HandOverForm) -> Person | None:
    return accounts.person_by_id(form.heir_id) if form.heir_id else None
