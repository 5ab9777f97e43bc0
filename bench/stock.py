"""Data for the measurements: complete drafts with sessions, rows in bulk."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from flask import Flask, session
from flask_wtf.csrf import generate_csrf
from sqlalchemy import func, insert, select

from app.accounts import actions as accounts
from app.accounts.models import Person, SignIn
from app.accounts.rules import Role, hashed, new_token
from app.applications.actions import writing
from app.applications.models import Application, SectionSave
from app.applications.rules.states import State
from app.core import clock
from app.core.db.base import db
from app.core.db.transactions import unit_of_work
from app.programmes.models import Call
from app.questionnaires.queries import definition_of
from app.questionnaires.rules.definition import Definition, Section
from bench.load import Request
from bench.site import Site
from tests.answers import good_answers

LANGUAGE = "nl"
STATES = (State.SUBMITTED, State.ELIGIBLE, State.IN_REVIEW, State.JURY)


@dataclass(frozen=True)
class Draft:
    """A complete draft, and what its writer's browser holds."""

    id: int
    key: str
    address: str
    cookie: str
    token: str
    ticks: tuple[str, ...]
    sections: tuple[str, ...]

    @property
    def headers(self) -> dict[str, str]:
        """What the browser sends along."""
        return {"Cookie": self.cookie, "X-Forwarded-For": self.address, "Accept": "text/html"}

    def reading(self, page: str = "") -> Request:
        """Open one of the file's pages."""
        return Request("GET", f"/nl/mijn-dossier/{self.key}{page}", self.headers)

    def handing_in(self) -> Request:
        """The last button, with what must be ticked."""
        body = urlencode({"csrf_token": self.token} | dict.fromkeys(self.ticks, "y")).encode()
        headers = self.headers | {"Content-Type": "application/x-www-form-urlencoded"}
        return Request("POST", f"/nl/mijn-dossier/{self.key}/nakijken", headers, body, expected=303)


def long_answers(section: Section) -> dict[str, Any]:
    """Good answers of somebody with a lot to say: every long text fills half of its room."""
    answers = good_answers(section, language=LANGUAGE)
    for question in section.questions:
        if question.kind == "long_text" and question.limit:
            text = str(answers[question.key])
            answers[question.key] = (text + " ") * (question.limit // 2 // (len(text) + 1)) + text
    return answers


def drafts(site: Site, count: int) -> list[Draft]:
    """Complete drafts of different people: one made by actions, the others copied as rows."""
    app = site.app
    with app.app_context(), unit_of_work():
        model, saves, definition = _a_draft()
        people = _people(count)
        tokens = [new_token() for _ in people]
        sign_ins = _sign_ins(people, tokens)
        found = _copies(model, saves, people, sign_ins)
        ticks = tuple(one.key for one in definition.declarations if one.required)
        sections = tuple(section.key for section in definition.sections)
    made = []
    for number, ((id_, key), token) in enumerate(zip(found, tokens, strict=True)):
        cookie, csrf = _browser(app, token)
        made.append(Draft(id_, key, an_address(number), cookie, csrf, ticks, sections))
    return made


def staff(site: Site) -> dict[str, str]:
    """What the browser of a colleague sends along."""
    at = clock.now()
    with site.app.app_context(), unit_of_work():
        person = accounts.get_or_create_person("els@coopcity.example", name="Els Peeters", language=LANGUAGE, at=at)
        accounts.grant(person, Role.MANAGER, by="bench", at=at)
        token, _sign_in = accounts.start_session(person, confirmed=True, at=at)
    return {"Cookie": _browser(site.app, token)[0]}


def handed_in(site: Site, count: int) -> None:
    """This many submitted applications, one per minute; inserted as rows."""
    languages, begun = ("nl", "fr"), clock.now() - timedelta(minutes=count)
    with site.app.app_context(), unit_of_work():
        model, _saves, _definition = _a_draft()
        db.session.flush()
        first = (db.session.scalar(select(func.max(Person.id))) or 0) + 1
        people = [
            {
                "id": first + number,
                "email": f"old-{number}@example.be",
                "name": f"Zoë Janssens {number}",
                "language": languages[number % 2],
                "created_at": begun,
            }
            for number in range(count)
        ]
        at_first = model.id + 1
        files = [
            _values(model)
            | {
                "id": at_first + number,
                "key": new_token(),
                "person_id": first + number,
                "reference": f"SE26-{number:06}",
                "language": languages[number % 2],
                "title": f"Project {number}",
                "state": STATES[number % len(STATES)],
                "submitted_at": begun + timedelta(minutes=number),
                "handed_in_at": begun + timedelta(minutes=number),
            }
            for number in range(count)
        ]
        db.session.execute(insert(Person), people)
        db.session.execute(insert(Application), files)


def an_address(number: int) -> str:
    """The network address of one visitor."""
    return f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"


def _browser(app: Flask, token: str) -> tuple[str, str]:
    """(session cookie, CSRF token) of somebody who is signed in."""
    with app.test_request_context():
        session["sign_in"] = token
        csrf = generate_csrf()
        serializer = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]
        return f"{app.config['SESSION_COOKIE_NAME']}={serializer.dumps(dict(session))}", csrf


def _a_draft() -> tuple[Application, list[SectionSave], Definition]:
    """A complete draft for the open call, made by actions."""
    at = clock.now()
    call = db.session.scalars(select(Call).where(Call.opens_at < at, Call.closes_at > at).order_by(Call.id)).first()
    assert call is not None, "the starting content has an open call"
    by = accounts.get_or_create_person(f"model-{new_token()}@example.be", name="Zoë Janssens", language=LANGUAGE, at=at)
    application = writing.start(call.id, by=by, sign_in=None, language=LANGUAGE, at=at)
    definition = definition_of(application.version)
    for section in definition.sections:
        writing.save_section(application, section.key, long_answers(section), revision=0, by=by, at=at)
    saves = db.session.scalars(select(SectionSave).where(SectionSave.application_id == application.id)).all()
    return application, list(saves), definition


def _people(count: int) -> list[int]:
    rows = [
        {
            "email": f"writer-{new_token()}@example.be",
            "name": f"Zoë Janssens {number}",
            "language": LANGUAGE,
            "created_at": clock.now(),
        }
        for number in range(count)
    ]
    return list(db.session.scalars(insert(Person).returning(Person.id, sort_by_parameter_order=True), rows))


def _sign_ins(people: list[int], tokens: list[str]) -> list[int]:
    at = clock.now()
    rows = [
        {
            "token_hash": hashed(token),
            "person_id": person,
            "confirmed": True,
            "started_at": at,
            "ends_at": at + timedelta(days=1),
        }
        for person, token in zip(people, tokens, strict=True)
    ]
    return list(db.session.scalars(insert(SignIn).returning(SignIn.id, sort_by_parameter_order=True), rows))


def _copies(
    model: Application, saves: list[SectionSave], people: list[int], sign_ins: list[int]
) -> list[tuple[int, str]]:
    """(id, key) of one copy of the model for each person."""
    rows = [
        _values(model) | {"key": new_token(), "person_id": person, "started_in_id": sign_in}
        for person, sign_in in zip(people, sign_ins, strict=True)
    ]
    made = insert(Application).returning(Application.id, sort_by_parameter_order=True)
    ids = list(db.session.scalars(made, rows))
    copies = [
        _values(save) | {"application_id": id_, "saved_by_id": person}
        for id_, person in zip(ids, people, strict=True)
        for save in saves
    ]
    db.session.execute(insert(SectionSave), copies)
    return [(id_, row["key"]) for id_, row in zip(ids, rows, strict=True)]


def _values(row: Any) -> dict[str, Any]:
    """The columns of a row but its id."""
    return {column.key: getattr(row, column.key) for column in row.__mapper__.column_attrs if column.key != "id"}
