"""My data: nothing of the deliberation before a decision is told; afterwards reasons and scores, by role."""

import io
import json
import zipfile
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from app.accounts import actions as accounts
from app.applications.models import Application, Member
from app.applications.rules.states import State
from app.casework import actions as casework
from app.conflicts.models import ConflictOfInterest
from app.conflicts.rules.status import ConflictStatus
from app.core.audit.access_log import AccessLogEntry
from app.core.db.base import db
from app.decisions.actions import announcing, deciding
from app.decisions.models import Advice, Decision
from app.interviews.models import Interview
from app.review.models import Comment
from app.reviewers.models import Assignment, Reviewer
from tests.builders import added
from tests.conftest import Clock
from tests.letters import Mailbox
from tests.people import BRUNO, CHLOE, ELS, FARID, GRETA, SignedIn, known
from tests.review.scenes import a_read_call, in_review
from tests.selection import a_conflict, a_review

MARK = "Zwanenvlinder"
KINDS = ("notes", "tags", "advice", "feedback", "reviews", "marks", "remarks", "jury_items", "decisions")


@pytest.fixture
def judged(clock: Clock, bruno: SignedIn) -> Application:
    """Bruno's application with everything that people can say about it."""
    at, greta = clock(), known(GRETA)
    file = in_review(a_read_call(), bruno.person)
    for part, words in ((CHLOE, f"{MARK} review"), (ELS, "Sterk.")):
        a_review(file, known(part), {"C1": 4, "C2": 2}, comment=words, recommendation="yes")
    casework.add_note(file, f"{MARK} note", by=greta, at=at)
    added(Comment(application_id=file.id, at=at, by_id=known(CHLOE).id, text=f"{MARK} remark"))
    added(Advice(application_id=file.id, outcome="declined", comment=f"{MARK} advice", at=at, by_id=greta.id))
    added(
        Interview(
            application_id=file.id,
            invited_at=at,
            invited_by_id=greta.id,
            choose_by=at.date(),
            notes=f"{MARK} talk",
        )
    )
    added(AccessLogEntry(about=file.ref, by=known(CHLOE).ref, on=at.date(), at=at))
    added(AccessLogEntry(about=file.ref, by=greta.ref, on=at.date(), at=at))
    db.session.commit()
    return file


def publish(file: Application, at: Any) -> None:
    file.state = State.JURY
    file.call.closes_at = at - timedelta(hours=1)  # nothing is told while a call is open
    greta = known(GRETA)
    decision = deciding.record_decision(file, State.DECLINED, reason=f"{MARK} reason", rank=None, by=greta, at=at)
    announcing.announce([decision], by=greta, url_of=lambda _one: "http://x/", at=at)
    db.session.commit()


def archive(client: SignedIn) -> dict[str, Any]:
    with zipfile.ZipFile(io.BytesIO(client.get("privacy_person.download").data)) as found:
        data: dict[str, Any] = json.loads(found.read("data.json"))
    return data


@pytest.mark.parametrize("lang", ["nl", "fr"])
def test_nothing_of_the_deliberation_before_the_decision_is_told(
    judged: Application, bruno: SignedIn, clock: Clock, lang: str
) -> None:
    added(Decision(application_id=judged.id, outcome="declined", reason=f"{MARK} reason", taken_at=clock()))
    db.session.commit()

    page, data = bruno.get("privacy_person.my_data", lang=lang), archive(bruno)

    assert MARK not in page.text
    assert MARK not in json.dumps(data)
    assert {kind: len(data[kind]) for kind in KINDS} == dict.fromkeys(KINDS, 0)
    assert [one["notes"] for one in data["interviews"]] == [""]


@pytest.mark.parametrize(("lang", "reviewer"), [("nl", "lezer 1"), ("fr", "lecteur ou lectrice 1")])
def test_reasons_and_scores_without_names_once_it_is_told(
    judged: Application, bruno: SignedIn, clock: Clock, lang: str, reviewer: str
) -> None:
    publish(judged, clock())

    page, data = bruno.get("privacy_person.my_data", lang=lang), archive(bruno)

    rows = [
        [cell.get_text(" ", strip=True) for cell in row.select("th, td")]
        for row in page.soup.select("#judged ~ div tbody tr")
    ]
    assert len(rows) == 4
    assert rows[0][0] == reviewer
    assert rows[0][3] == "C1: 4"
    assert f"{MARK} review" in json.dumps(data["reviews"])
    assert f"{MARK} note" in json.dumps(data["notes"])
    assert f"{MARK} talk" in json.dumps(data["interviews"])
    for part in (CHLOE, ELS, GRETA, FARID):
        assert part.name not in page.text
        assert part.name not in json.dumps(data, ensure_ascii=False)
        assert part.email not in json.dumps(data)


def test_numbers_of_other_people_are_roles_in_the_archive(judged: Application, bruno: SignedIn, clock: Clock) -> None:
    publish(judged, clock())

    data = archive(bruno)

    assert [one["assignment_id"] for one in data["reviews"]] == ["lezer 1", "lezer 2"]
    assert [one["by_id"] for one in data["notes"]] == ["het team van Coopcity"]
    assert [one["by_id"] for one in data["remarks"]] == ["lezer 1"]
    assert {one["by"] for one in data["looks"]} == {"lezer 1", "het team van Coopcity"}
    assert {one["person_id"] for one in data["applications"]} == {bruno.person_id}


def test_the_command_line_hides_the_same(judged: Application, app: Flask, tmp_path: Path) -> None:
    target = tmp_path / "alles.zip"

    assert app.test_cli_runner().invoke(args=["export-person", BRUNO.email, str(target)]).exit_code == 0

    with zipfile.ZipFile(target) as found:
        written = found.read("data.json").decode()
    assert MARK not in written
    assert CHLOE.name not in written


def test_a_withdrawn_application_is_over_too(judged: Application, bruno: SignedIn) -> None:
    judged.state = State.WITHDRAWN
    db.session.commit()

    assert f"{MARK} note" in json.dumps(archive(bruno)["notes"])


@pytest.mark.parametrize("status", [ConflictStatus.CONFIRMED, ConflictStatus.DISMISSED])
def test_a_colleague_in_conflict_gets_no_mail_about_the_file(
    bruno: SignedIn, els: SignedIn, greta: SignedIn, mailbox: Mailbox, status: ConflictStatus
) -> None:
    file = in_review(a_read_call(), bruno.person)
    a_conflict(file, els.person, status=status)
    page = bruno.get("applications_applicant.status", key=file.key)

    page.submit("Verstuur het bericht", reply="Dag, wij hebben een vraag.")

    heard = {one.to_email for one in mailbox.letters if one.kind == "application_asked"}
    assert heard == ({GRETA.email} if status == ConflictStatus.CONFIRMED else {GRETA.email, ELS.email})
    assert db.session.query(ConflictOfInterest).count() == 1


@pytest.mark.parametrize(("lang", "role"), [("nl", "een jurylid"), ("fr", "membre du jury")])
def test_a_suspended_reader_keeps_the_role_of_then(
    judged: Application, bruno: SignedIn, clock: Clock, lang: str, role: str
) -> None:
    """Chloé read before she got this file to review, and lost every role since."""
    chloe = known(CHLOE)
    for one in db.session.query(Assignment).join(Reviewer).filter(Reviewer.person_id == chloe.id):
        db.session.delete(one)
    accounts.suspend(chloe, by="tests", at=clock())
    db.session.commit()

    page = bruno.get("privacy_person.my_data", lang=lang)

    looks = [one.get_text() for one in page.soup.select("#looks ~ ul b")]
    assert len(looks) == 2
    assert any(role in one for one in looks)


@pytest.mark.parametrize(("lang", "words"), [("nl", "Je werkt mee aan"), ("fr", "Vous travaillez à")])
def test_a_team_mate_sees_the_file_and_who_read_it(
    judged: Application, amina: SignedIn, clock: Clock, lang: str, words: str
) -> None:
    at = clock()
    mate = Member(application_id=judged.id, person_id=amina.person_id, role="writer", invited_at=at)
    added(mate)
    db.session.commit()
    assert words not in amina.get("privacy_person.my_data", lang=lang).text
    mate.accepted_at = at
    db.session.commit()

    page = amina.get("privacy_person.my_data", lang=lang)

    assert f"{words} " in page.main.get_text()
    assert BRUNO.name in page.main.get_text()
    assert len(page.soup.select("#looks ~ ul li")) == 2
    assert MARK not in page.text
