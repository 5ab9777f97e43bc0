"""Text without end: an answer has a hard bound, and earlier texts do not pile up."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select, update

from app.accounts.models import Person
from app.applications.actions import handing_in, writing
from app.applications.jobs import thin_revisions
from app.applications.models import Application, SectionSave
from app.applications.queries import files, revisions
from app.applications.rules.thinning import KEPT_WHOLE, superseded
from app.applications.views import writer
from app.core.db.base import db
from app.core.errors import Conflict
from app.questionnaires.rules.bounds import beyond_bounds
from tests.answers import as_fields
from tests.builders import an_application
from tests.conftest import Clock
from tests.pages import Page
from tests.people import SignedIn

AT = datetime(2027, 2, 1, 10, tzinfo=UTC)


@pytest.fixture
def draft(amina: SignedIn) -> Application:
    return an_application(person=amina.person)


def open_words(who: SignedIn, file: Application) -> Page:
    return who.get("applications_writer.section", lang="fr", key=file.key, part="words")


def stored(file: Application) -> dict[str, Any]:
    db.session.expire_all()
    return revisions.sections_of(file.id)["words"].answers


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("project_name", "x" * 501, "501 caractères"),
        ("a_long_text", "x" * 1201, "1\u202f201 caractères"),
        ("team-0-name", "x" * 501, "501 caractères"),
        ("a_email", "é" * 50_001, "101\u00a0ko"),
    ],
)
def test_what_is_far_too_long_is_refused_with_everything_on_the_page(
    amina: SignedIn, draft: Application, name: str, text: str, said: str
) -> None:
    before = stored(draft)
    page = open_words(amina, draft)
    other = "a_long_text" if name != "a_long_text" else "project_name"

    answer = page.submit("do=save", status=422, **{name: text, other: "nieuw"})

    assert stored(draft) == before
    assert answer.value(name) == text
    assert answer.value(other) == "nieuw"
    assert answer.value("revision") == page.value("revision")
    assert any(said in problem for problem in answer.problems), answer.problems
    assert answer.links(".error-summary a") == [f"#{name}"]


def test_the_script_hears_why_and_stores_nothing(amina: SignedIn, draft: Application) -> None:
    page, before = open_words(amina, draft), stored(draft)
    sent = as_fields({"project_name": "x" * 501}) | {"revision": page.value("revision"), "window": "abc"}

    answer = amina.post("applications_writer.autosave", lang="fr", status=422, key=draft.key, part="words", data=sent)

    assert "trop long" in answer.json["said"]
    assert stored(draft) == before


@pytest.mark.parametrize("script", [True, False])
def test_nobody_waits_while_an_endless_text_is_read(
    amina: SignedIn, draft: Application, monkeypatch: pytest.MonkeyPatch, *, script: bool
) -> None:
    page, judged = open_words(amina, draft), []

    def judge(*given: Any) -> Any:
        with db.engine.begin() as another_writer:
            another_writer.execute(update(Person).values(name="Amina B."))
        judged.append(True)
        return beyond_bounds(*given)

    monkeypatch.setattr(writer, "beyond_bounds", judge)
    endless = "x" * 1_000_000
    if script:
        data = as_fields({"project_name": endless}) | {"revision": page.value("revision"), "window": "abc"}
        amina.post("applications_writer.autosave", lang="fr", status=422, key=draft.key, part="words", data=data)
    else:
        page.submit("do=save", status=422, project_name=endless)

    assert judged == [True]


@pytest.mark.parametrize(("endpoint", "status"), [("autosave", 200), ("section", 303)])
def test_long_body_without_an_endless_answer_is_stored(
    amina: SignedIn, draft: Application, endpoint: str, status: int
) -> None:
    revision = open_words(amina, draft).value("revision")
    data = {"unknown": "x" * 1_000_000, "project_name": "Café", "revision": revision, "do": "later"}

    amina.post(f"applications_writer.{endpoint}", lang="fr", status=status, key=draft.key, part="words", data=data)

    assert stored(draft)["project_name"] == "Café"


def test_at_its_bound_an_answer_is_kept(amina: SignedIn, draft: Application) -> None:
    open_words(amina, draft).submit("do=later", status=303, project_name="x" * 500)

    assert stored(draft)["project_name"] == "x" * 500


def test_no_other_way_stores_an_endless_answer(draft: Application) -> None:
    with pytest.raises(Conflict):
        writing.save_section(
            draft, "words", {"project_name": ["x" * 60_000, "y" * 60_000]}, revision=1, by=draft.person, at=AT
        )


moments = st.lists(st.datetimes(AT.replace(tzinfo=None) - timedelta(days=5), AT.replace(tzinfo=None)), max_size=30)


@given(moments, st.sets(st.integers(1, 30)))
def test_thinning_keeps_first_last_of_each_hour_and_what_was_handed_in(
    found: list[datetime], handed_in: set[int]
) -> None:
    saves = list(enumerate((one.replace(tzinfo=UTC) for one in sorted(found)), 1))

    gone = set(superseded(saves, handed_in=handed_in, at=AT))

    stay = [one for one in saves if one[0] not in gone]
    assert not gone & handed_in
    assert saves[:1] == stay[:1]
    assert saves[-1:] == stay[-1:]
    assert {moment.replace(minute=0, second=0, microsecond=0) for _, moment in saves} == {
        moment.replace(minute=0, second=0, microsecond=0) for _, moment in stay
    }
    assert all(moment < AT - KEPT_WHOLE for number, moment in saves if number in gone)
    assert superseded(stay, handed_in=handed_in, at=AT) == []


def save(file: Application, text: str, clock: Clock) -> int:
    newest = revisions.sections_of(file.id)["words"]
    answers = newest.answers | {"project_name": text}
    return writing.save_section(file, "words", answers, revision=newest.revision, by=file.person, at=clock())


def test_the_worker_thins_earlier_texts_and_never_what_was_handed_in(draft: Application, clock: Clock) -> None:
    clock.forward(minutes=1)
    save(draft, "second", clock)
    submitted = handing_in.submit(draft, {}, by=draft.person, url="http://127.0.0.1/", at=clock())
    for number in range(3, 8):
        clock.forward(minutes=1)
        save(draft, f"text {number}", clock)
    clock.forward(hours=1)
    save(draft, "last", clock)
    db.session.commit()
    assert thin_revisions() == 0, "the texts of today all stay"

    clock.forward(days=2)

    assert thin_revisions() == 4
    kept = db.session.scalars(
        select(SectionSave.revision).where(SectionSave.application_id == draft.id, SectionSave.section == "words")
    )
    assert sorted(kept) == [1, 2, 7, 8]
    assert files.file_of(draft, submitted).answers["project_name"] == "second"
    assert thin_revisions() == 0
