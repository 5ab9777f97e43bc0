"""Health, and the addresses of the site map."""

from datetime import timedelta

import pytest
from sqlalchemy.exc import OperationalError

from app.core import clock
from app.core.db.base import db
from app.mail.models import OutgoingMail
from app.mail.rules.states import MailState
from app.site import queries
from tests.builders import a_programme, an_article, an_enterprise, an_event, an_indicator, both

pytestmark = pytest.mark.usefixtures("app")


def a_letter(state: MailState, *, due_minutes_ago: float) -> OutgoingMail:
    due = clock.now() - timedelta(minutes=due_minutes_ago)
    letter = OutgoingMail(
        key=f"{state}:{due_minutes_ago}",
        kind="x",
        about="x",
        to_name="Zoë",
        to_email="zoe@example.be",
        language="nl",
        subject="x",
        text="x",
        html="x",
        state=state,
        created_at=due,
        due_at=due,
    )
    db.session.add(letter)
    db.session.flush()
    return letter


def test_waiting_since_is_the_oldest_letter_that_should_have_gone() -> None:
    assert queries.waiting_since(clock.now()) is None

    a_letter(MailState.SENT, due_minutes_ago=90)
    a_letter(MailState.ON_HOLD, due_minutes_ago=80)
    a_letter(MailState.QUEUED, due_minutes_ago=-5)
    oldest = a_letter(MailState.SENDING, due_minutes_ago=20)
    a_letter(MailState.QUEUED, due_minutes_ago=10)

    assert queries.waiting_since(clock.now()) == oldest.due_at


def test_database_that_does_not_answer_is_not_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    assert queries.database_answers()

    def away(*_args: object, **_options: object) -> None:
        raise OperationalError("SELECT 1", {}, Exception("away"))

    monkeypatch.setattr(db.session, "scalar", away)

    assert not queries.database_answers()


def test_every_page_about_one_thing_is_in_the_site_map() -> None:
    programme, enterprise, evening = a_programme(), an_enterprise(), an_event()
    article, indicator = an_article(), an_indicator()

    assert [(one.endpoint, one.slug) for one in queries.listed()] == [
        ("content_public.article", article.slug),
        ("enterprises_public.enterprise", both(enterprise.slug)),
        ("events_public.event", evening.slug),
        ("impact_public.indicator", indicator.slug),
        ("programmes_public.before", programme.slug),
        ("programmes_public.programme", programme.slug),
    ]
