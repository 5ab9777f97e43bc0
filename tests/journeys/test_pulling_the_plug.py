"""The server dies amid concurrent hand-ins; each one that was acknowledged is there afterwards, once and whole."""

import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import delete, select

from app.applications.models import Application, Submission
from app.core.db.transactions import unit_of_work
from app.mail.actions import writing
from app.mail.models import OutgoingMail
from bench.killing import Verdict, look, pull_the_plug
from bench.site import Site
from bench.stock import Draft, drafts
from tests.databases import new_postgresql

ROUNDS, RECEIPTS = 2, 12


@pytest.fixture
def site(database: str, tmp_path: Path) -> Iterator[Site]:
    """A real site with a server of its own that is not yet started."""
    made = Site(tmp_path, "" if database == "sqlite" else new_postgresql("coopcity_plug"))
    yield made
    made.server.kill()
    made.close()


def test_nothing_acknowledged_is_lost_or_doubled(site: Site) -> None:
    waiting, verdict, chance = drafts(site, ROUNDS * RECEIPTS * 3), Verdict(), random.Random(19)
    site.server.start()

    for _ in range(ROUNDS):
        pull_the_plug(site, waiting, verdict, chance=chance, people=6, receipts=RECEIPTS)

    assert (verdict.lost, verdict.doubled, verdict.broken) == ([], [], [])
    assert verdict.receipts >= ROUNDS * RECEIPTS // 2


# Whoever looks afterwards must see what went wrong.


@pytest.fixture
def receipt(site: Site) -> Draft:
    """A hand-in that was acknowledged, without a server."""
    draft = drafts(site, 1)[0]
    sent = draft.handing_in()
    answer = site.app.test_client(use_cookies=False).post(
        sent.path, data=sent.body, headers=sent.headers, base_url="http://127.0.0.1"
    )
    assert answer.status_code == sent.expected
    return draft


def seen(site: Site, receipt: Draft) -> tuple[int, int, int]:
    """How many are lost, doubled and broken."""
    verdict = Verdict()
    look(site, [receipt], verdict)
    return len(verdict.lost), len(verdict.doubled), len(verdict.broken)


def test_a_hand_in_that_is_whole_is_neither_lost_nor_doubled(site: Site, receipt: Draft) -> None:
    assert seen(site, receipt) == (0, 0, 0)


@pytest.mark.parametrize("table", [Submission, OutgoingMail])
def test_a_hand_in_of_which_a_row_is_gone_is_lost(
    site: Site, receipt: Draft, table: type[Submission | OutgoingMail]
) -> None:
    with site.app.app_context(), unit_of_work() as session:
        session.execute(delete(table))

    assert seen(site, receipt) == (1, 0, 1)


def test_a_hand_in_with_two_letters_is_doubled(site: Site, receipt: Draft) -> None:
    with site.app.app_context(), unit_of_work() as session:
        letter = session.scalars(select(OutgoingMail).where(OutgoingMail.kind == "application_received")).one()
        writing.queue(
            "application_received",
            to_name="Zoë",
            to_email="zoe@example.be",
            language="nl",
            key="again",
            about=letter.about,
            at=letter.created_at,
            url="http://127.0.0.1/",
            application=session.get_one(Application, receipt.id),
        )

    assert seen(site, receipt) == (0, 1, 0)
