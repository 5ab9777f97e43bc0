"""Links are used once, doors are opened and closed."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from app.accounts import actions, queries
from app.accounts.models import SignInLink
from app.accounts.rules import TERMS, Purpose, Role
from app.core.audit import audit_trail
from app.core.db.base import db
from app.core.errors import Conflict
from tests.builders import a_person
from tests.conftest import Clock


def test_a_link_opens_a_confirmed_door_once(app: Flask, clock: Clock) -> None:
    person = a_person()
    token = actions.make_link(person, next_path="/nl/mijn-dossier", at=clock())

    session_token, opened, next_path = actions.use_link(token, at=clock())

    assert (opened.person_id, opened.confirmed, next_path) == (person.id, True, "/nl/mijn-dossier")
    assert person.email_confirmed_at == clock()
    assert queries.open_sign_in(session_token, clock()) == opened
    with pytest.raises(Conflict):
        actions.use_link(token, at=clock())


def test_a_link_is_too_old_after_thirty_minutes(app: Flask, clock: Clock) -> None:
    token = actions.make_link(a_person(), next_path="", at=clock())

    clock.forward(seconds=TERMS[Purpose.SIGN_IN].lasts.total_seconds())

    assert queries.usable_link(token, clock()) is None
    with pytest.raises(Conflict):
        actions.use_link(token, at=clock())


def test_the_database_holds_no_token(app: Flask, clock: Clock) -> None:
    token = actions.make_link(a_person(), next_path="", at=clock())

    kept = db.session.scalars(select(SignInLink.token_hash)).one()

    assert len(token) >= 43
    assert token not in kept


def test_a_known_person_keeps_name_and_language(app: Flask, clock: Clock) -> None:
    first = actions.get_or_create_person("zoe@example.be", name="Zoë", language="nl", at=clock())

    again = actions.get_or_create_person("zoe@example.be", name="Somebody else", language="fr", at=clock())

    assert (again.id, again.name, again.language) == (first.id, "Zoë", "nl")


def test_a_role_is_granted_once_and_traced(app: Flask, clock: Clock) -> None:
    person = a_person()

    actions.grant(person, Role.MANAGER, by="tests", at=clock())
    actions.grant(person, Role.MANAGER, by="tests", at=clock())

    assert person.roles == {Role.MANAGER}
    assert [entry.action for entry in audit_trail.history(person.ref)].count("person.role_granted") == 1


def test_a_closed_door_stays_closed(app: Flask, clock: Clock) -> None:
    token, opened = actions.start_session(a_person(), confirmed=True, at=clock())

    actions.end_session(opened, at=clock())

    assert queries.open_sign_in(token, clock()) is None


def test_the_team_signs_in_every_day_and_applicants_every_month(app: Flask, clock: Clock) -> None:
    applicant, member = a_person(), a_person()
    actions.grant(member, Role.ADMIN, by="tests", at=clock())

    _token, month = actions.start_session(applicant, confirmed=True, at=clock())
    _token, day = actions.start_session(member, confirmed=True, at=clock())
    _token, unproved = actions.start_session(member, confirmed=False, at=clock())

    assert month.ends_at - clock() == timedelta(days=30)
    assert day.ends_at - clock() == timedelta(hours=12)
    assert unproved.ends_at == month.ends_at


def test_old_links_are_forgotten(app: Flask, clock: Clock) -> None:
    actions.make_link(a_person(), next_path="", at=clock())
    clock.forward(days=31, hours=1)
    fresh = actions.make_link(a_person(), next_path="", at=clock())

    gone = actions.forget_old_links(before=clock() - timedelta(days=30))

    assert gone == 1
    assert queries.usable_link(fresh, clock()) is not None
