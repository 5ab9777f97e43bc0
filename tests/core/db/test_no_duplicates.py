"""Deeds that two people do at one moment: the second waits for the first, or is told that it was first."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from app.accounts.models import Person
from app.applications.models import Application, Move
from app.applications.rules.states import State
from app.core import clock
from app.core.db.base import db
from app.core.db.transactions import unit_of_work
from app.core.errors import Conflict
from app.core.i18n.bilingual import LOCALES, Bilingual
from app.core.search import search_index
from app.decisions.actions import announcing, deciding, places
from app.decisions.models import Advice, Decision, Feedback
from app.decisions.queries.announcing import decision_of, unpublished
from app.enterprises import actions as enterprises
from app.enterprises.models import Enterprise
from app.events import actions as events
from app.events.models import Event, Registration
from app.form_builder import actions as form_builder
from app.form_builder import queries as drafts
from app.programmes.actions import programmes
from app.programmes.models import Call, Programme
from app.questionnaires.models import QuestionnaireVersion
from app.review import actions as review
from app.review.access import assigned_file
from app.review.models import Review
from app.review.rules.scoring import Written
from app.reviewers.actions import people
from app.reviewers.models import Reviewer
from tests.at_once import at_once
from tests.builders import a_call, a_criterion, a_programme, a_version, an_application, an_enterprise, an_event, both
from tests.deciding import announce, before_the_jury, take
from tests.people import CHLOE, ELS, known
from tests.selection import an_assignment
from tests.twice import Paused, meet

Action = Callable[[], Any]
pytestmark = pytest.mark.only_on("postgresql")
URL = "http://127.0.0.1/"


def els() -> Person:
    """Looked up without a lock: `known` would hold her row until the other transaction is through."""
    return db.session.scalars(select(Person).where(Person.email == ELS.email)).one()


def written(slug: Bilingual, code: str, number: int | None = None) -> str:
    """Write a programme, new or known; what the deed says."""
    found = db.session.get_one(Programme, number) if number else None
    names = (
        "question",
        "lead",
        "body",
        "stage",
        "duration",
        "commitment",
        "places",
        "price",
        "languages",
        "selection",
        "to_send",
        "example_note",
        "title",
    )
    texts = {name: both("Tekst", "Texte") for name in names} | {"slug": slug}
    values = {"code": code, "position": 9, "is_example": False}
    try:
        programmes.write_programme(found, texts, values=values, confirmed=(), by=els(), at=clock.now())
    except Conflict as refused:
        return str(refused.args[0])
    return ""


def a_renamed_programme() -> Action:
    number = a_programme("seeds", slug=both("seeds")).id
    return lambda: written(both("anders"), "SE", number)


def a_moved_enterprise() -> Action:
    number = an_enterprise().id
    return lambda: enterprises.move(db.session.get_one(Enterprise, number), "anders", by=els(), at=clock.now())


def on_a_file(action: Callable[[Application], Any]) -> Action:
    number = before_the_jury().id
    return lambda: action(db.session.get_one(Application, number))


def a_decision() -> Action:
    return on_a_file(
        lambda file: deciding.record_decision(
            file, State.DECLINED, reason="Te vroeg voor deze oproep.", rank=None, by=els(), at=clock.now()
        )
    )


def an_advice() -> Action:
    return on_a_file(lambda file: deciding.advise(file, State.ACCEPTED, "", by=els(), at=clock.now()))


def a_feedback() -> Action:
    file = before_the_jury()
    number, criterion = file.id, a_criterion(file.call, "C9").id
    return lambda: deciding.write_feedback(
        db.session.get_one(Application, number), criterion, "Sterk.", by=els(), at=clock.now()
    )


def a_draft_of_a_review() -> Action:
    file = an_application(state=State.IN_REVIEW)
    an_assignment(file, known(CHLOE))
    key = file.key

    def save() -> None:
        seat = assigned_file(key, known(CHLOE))
        review.save(seat, [], Written({}, "", "Dag"), revision=0, read=1, by=known(CHLOE), at=clock.now())

    return save


def an_invited_reviewer() -> Action:
    call, chloe = a_call().id, known(CHLOE)
    reads = people.ReviewerProfile("", "nl fr", "", None)
    return lambda: people.invite(
        db.session.get_one(Call, call), chloe.email, name="", language="fr", reads=reads, by=els(), at=clock.now()
    )


def a_registration() -> Action:
    number = an_event().id
    return lambda: events.sign_up(
        db.session.get_one(Event, number), name="Zoë", email="two@example.be", language="nl", at=clock.now()
    )


def announced_decisions() -> Action:
    file = before_the_jury()
    decision = take(file, State.DECLINED)
    number = decision.id
    return lambda: announcing.announce(
        unpublished([number], els().id), batch="decisions:x", by=els(), url_of=lambda _one: URL, at=clock.now()
    )


def a_closed_reserve_list() -> Action:
    file = before_the_jury()
    take(file, State.RESERVE, rank=1)
    announce(file)
    number = file.id

    def close() -> int:
        found = decision_of(number)
        assert found is not None
        return places.close_reserve([found], batch="reserve:x", by=els(), url_of=lambda _one: URL, at=clock.now())

    return close


def a_published_form() -> Action:
    key = a_version().questionnaire.key
    found = drafts.working(key)
    form_builder.write(found, found.data, revision=0, by=els(), at=clock.now())
    return lambda: form_builder.publish_draft(drafts.working(key), revision=1, by=els(), at=clock.now())


@pytest.mark.parametrize(
    ("row", "scene"),
    [
        (Programme, a_renamed_programme),
        (Enterprise, a_moved_enterprise),
        (Decision, a_decision),
        (Advice, an_advice),
        (Feedback, a_feedback),
        (Review, a_draft_of_a_review),
        (Reviewer, an_invited_reviewer),
        (Registration, a_registration),
        (Move, announced_decisions),
        (Move, a_closed_reserve_list),
        (QuestionnaireVersion, a_published_form),
    ],
    ids=lambda one: one.__name__,
)
def test_the_second_waits_before_it_stores_anything(app: Flask, row: Any, scene: Callable[[], Action]) -> None:
    known(ELS)
    action = scene()

    with pytest.raises(Paused):
        meet(app, row, action)


def test_two_new_programmes_with_one_address(app: Flask) -> None:
    known(ELS)

    met = meet(app, Programme, lambda: written(both("anders"), "AB"), lambda: written(both("anders"), "AC"))

    assert (met.first, met.second) == ("", "taken")
    assert db.session.scalars(select(Programme.code)).all() == ["AB"]


def test_two_enterprises_that_want_one_address(app: Flask) -> None:
    ids = [an_enterprise(name).id for name in ("Een", "Twee")]
    known(ELS)

    def move(number: int) -> str:
        try:
            enterprises.move(db.session.get_one(Enterprise, number), "anders", by=els(), at=clock.now())
        except Conflict:
            return "taken"
        return ""

    met = meet(app, Enterprise, lambda: move(ids[0]), lambda: move(ids[1]))

    assert (met.first, met.second) == ("", "taken")


def test_two_transactions_index_one_page_as_one_entry(app: Flask) -> None:
    """The index is written by an upsert: the second waits for the first and then takes its place."""
    words = both("Woorden", "Mots")

    def put() -> None:
        with app.app_context(), unit_of_work():
            search_index.put([search_index.SearchDocument("page", 1, words, words, words)])

    at_once(put, put)

    assert db.session.query(search_index.SearchEntry).count() == len(LOCALES)
