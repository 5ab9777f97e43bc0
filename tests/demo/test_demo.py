"""A fabricated world: believable, repeatable, and marked as what it is."""

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.applications.models import Application
from app.applications.rules.states import State
from app.core.db.base import db
from app.decisions.models import Decision
from app.demo.rules.public import an_enterprise, an_evening
from app.enterprises.models import Enterprise
from app.events.models import Event
from app.review.models import CriterionScore
from tests.pages import PageClient, assert_budget
from tests.people import SignedIn


def run(app: Flask, *arguments: str) -> str:
    db.session.commit()
    done = app.test_cli_runner().invoke(args=["demo", *arguments])
    assert done.exit_code == 0, done.output
    db.session.rollback()
    return done.output


def how_many(model: type[Enterprise] | type[Event]) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def test_the_same_seed_makes_the_same_world() -> None:
    assert [an_enterprise(number, 7) for number in range(50)] == [an_enterprise(number, 7) for number in range(50)]
    assert an_evening(1, 7) != an_evening(1, 8)
    assert len({an_enterprise(number, 7).name for number in range(500)}) == 500
    for number in range(50):
        made = an_enterprise(number, 7)
        assert made.pitch.missing() == made.story.missing() == []
        assert made.pitch.nl != made.pitch.fr


def test_it_is_marked_and_safe_to_repeat(app: Flask, client: PageClient, content: None) -> None:
    before = how_many(Enterprise)

    run(app, "--enterprises", "30", "--events", "20", "--seed", "3")
    run(app, "--enterprises", "30", "--events", "20", "--seed", "3")

    assert how_many(Enterprise) == before + 30
    assert db.session.scalars(select(Event.is_rehearsal).where(Event.key.like("demo-%"))).all() == [True] * 20
    page = client.get("enterprises_public.enterprise", slug="demo-3-4")
    assert "Oefengegevens" in page.text
    assert client.get("site_public.search", q=page.h1).links(".hits a")[0].endswith("/demo-3-4")


def test_as_real_leaves_the_mark_out(app: Flask) -> None:
    run(app, "--enterprises", "3", "--as-real")

    assert db.session.scalars(select(Enterprise.is_rehearsal)).all() == [False] * 3


def test_another_seed_makes_more(app: Flask, content: None) -> None:
    for seed in ("1", "7"):
        run(app, "--applications", "3", "--seed", seed)

    assert db.session.scalar(select(func.count()).select_from(Application)) == 6


@pytest.mark.parametrize("real", [True, False])
def test_applications_in_every_state_with_their_readings(app: Flask, els: SignedIn, content: None, real: bool) -> None:
    run(app, "--applications", "600", "--seed", "2", *(["--as-real"] if real else []))
    run(app, "--applications", "600", "--seed", "2", *(["--as-real"] if real else []))

    states = set(db.session.scalars(select(Application.state)))
    assert states >= set(State) - {State.DRAFT}
    assert db.session.scalar(select(func.count()).select_from(Application)) == 600
    assert len(db.session.scalars(select(CriterionScore.score).distinct()).all()) > 4
    assert db.session.scalars(select(Decision.id).where(Decision.published_at.is_(None))).all() == []
    listed = els.get("casework_staff.applications", rehearsal="" if real else "1")
    assert len(listed.select(".grid tbody tr")) == 50
    assert (len(els.get("casework_staff.applications").select(".grid tbody tr")) == 50) is real
    one = db.session.scalars(select(Application).where(Application.state == State.JURY).limit(1)).one()
    page = els.get("casework_staff.application", key=one.key)
    assert one.title in page.text
    found = els.get("casework_staff.applications", q=one.title, rehearsal="" if real else "1")
    assert found.links(f".grid a[href$='{one.key}']")


LISTS = (
    "enterprises_public.showcase",
    "events_public.agenda",
    "site_public.home",
    "impact_public.impact",
    "programmes_public.programmes",
    "content_public.news",
    "programmes_public.finder",
    "api_public.open_data",
)


def test_every_list_keeps_its_budget_with_2000_enterprises_and_500_events(
    app: Flask, client: PageClient, content: None
) -> None:
    small = {endpoint: client.get(endpoint) for endpoint in LISTS}
    run(app, "--enterprises", "2000", "--events", "500")

    for endpoint, before in small.items():
        page = client.get(endpoint)
        assert_budget(page, min(4, len(before.statements)))
        assert len(page.data) < 3 * len(before.data), endpoint
    assert (
        client.get("enterprises_public.showcase", q="fietsen", sort="name")
        .select("h2")[0]
        .endswith("van de 2.013 ondernemingen")
    )
