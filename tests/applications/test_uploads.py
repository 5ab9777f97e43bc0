"""Files are checked and stored before the request writes: whatever becomes of them, the text is kept."""

import io
from copy import deepcopy
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import update

from app.accounts.models import Person, SignIn
from app.applications import forms
from app.applications.models import Application
from app.applications.queries import files, revisions
from app.core.db.base import db
from app.core.files import checker
from app.core.files.check import Accepted
from app.core.sizes import MEGABYTE
from tests.builders import a_call, a_version, an_application, the_form
from tests.every_kind import EVERY_KIND
from tests.pages import Page
from tests.people import SignedIn

PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
TEXT = "Un accès facile."


@pytest.fixture
def draft(amina: SignedIn) -> Application:
    """Amina's draft with the real form."""
    return an_application(call=a_call(version=a_version(the_form())), person=amina.person)


def send(who: SignedIn, draft: Application, *names: str, lang: str = "fr", status: int = 422) -> Page:
    """Send these files and a text from the page of the section."""
    page = who.get("applications_writer.section", lang=lang, key=draft.key, part="practical")
    return page.submit(
        "do=save", status=status, attachments=[(io.BytesIO(PDF), name) for name in names], adjustments=TEXT
    )


def stored_text(draft: Application) -> Any:
    db.session.rollback()
    return revisions.sections_of(draft.id)["practical"].answers["adjustments"]


def test_nobody_waits_for_a_file_that_is_being_checked(
    amina: SignedIn, draft: Application, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = []

    def checked(*_given: Any, **_limits: Any) -> Accepted:
        held.append(db.engine.pool.checkedout())  # type: ignore[attr-defined]
        with db.engine.begin() as another_writer:
            another_writer.execute(update(Person).values(name="Amina B."))
        return Accepted(PDF, "pdf", "0" * 64)

    monkeypatch.setattr(forms, "accept_and_store", checked)

    send(amina, draft, "plan.pdf", status=303)

    assert held == [0]
    assert [one.name for one in files.attachments_of(draft.id)] == ["plan.pdf"]
    assert stored_text(draft) == TEXT


@pytest.mark.parametrize(
    ("lang", "words"), [("nl", "duurt te lang: bewaar het als een eenvoudigere pdf"), ("fr", "dans un PDF plus simple")]
)
def test_file_that_breaks_the_check_is_refused_and_the_rest_is_kept(
    amina: SignedIn, draft: Application, monkeypatch: pytest.MonkeyPatch, lang: str, words: str
) -> None:
    calls = []

    def checked(_content: bytes, _kinds: frozenset[str]) -> tuple[checker.Verdict, bytes]:
        calls.append(1)
        if len(calls) == 1:
            raise checker.Died
        return {"accepted": "pdf"}, b""

    monkeypatch.setattr(checker, "checked", checked)

    answer = send(amina, draft, "bomb.pdf", "plan.pdf", lang=lang)

    assert "bomb.pdf" in answer.problems[0]
    assert words in answer.problems[0]
    assert [one.name for one in files.attachments_of(draft.id)] == ["plan.pdf"]
    assert stored_text(draft) == TEXT


def test_storage_that_is_away_costs_the_file_alone(
    app: Flask, amina: SignedIn, draft: Application, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Away:
        def put(self, _content: bytes) -> str:
            raise RuntimeError("the bucket does not answer")

    monkeypatch.setitem(app.extensions, "files", Away())

    answer = send(amina, draft, "plan.pdf")

    assert "n’a pas pu être enregistré" in answer.problems[0]
    assert files.attachments_of(draft.id) == []
    assert stored_text(draft) == TEXT


def test_virus_scanner_that_is_away_costs_the_file_alone(
    app: Flask, amina: SignedIn, draft: Application, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "CLAMD_URL", "tcp://127.0.0.1:1")

    answer = send(amina, draft, "plan.pdf")

    assert "n’a pas pu être analysé par l’antivirus" in answer.problems[0]
    assert files.attachments_of(draft.id) == []
    assert stored_text(draft) == TEXT


def test_more_files_than_the_question_takes_are_not_opened(
    amina: SignedIn, draft: Application, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = []

    def counted(content: bytes, _kinds: frozenset[str]) -> tuple[checker.Verdict, bytes]:
        opened.append(content)
        return {"accepted": "pdf"}, b""

    monkeypatch.setattr(checker, "checked", counted)

    answer = send(amina, draft, *[f"{number}.pdf" for number in range(12)])

    assert len(opened) == 3
    assert len(files.attachments_of(draft.id)) == 3
    assert "9.pdf" in answer.problems[6]


def test_one_request_cannot_have_file_after_file_checked(
    amina: SignedIn, draft: Application, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(forms, "CHECKING_SECONDS", -1.0)

    answer = send(amina, draft, "plan.pdf")

    assert "n’a pas pu être vérifié" in answer.problems[0]
    assert stored_text(draft) == TEXT


def padded(size: int) -> bytes:
    """A PDF of exactly this size: a comment fills it."""
    head, tail = PDF.split(b"1 0 obj")
    return head + b"%" + b"x" * (size - len(PDF) - 2) + b"\n1 0 obj" + tail


@pytest.mark.parametrize(("lang", "words"), [("nl", "hoogstens 1\xa0MB"), ("fr", "de 1\xa0Mo au maximum")])
def test_a_question_of_one_megabyte_refuses_more(amina: SignedIn, lang: str, words: str) -> None:
    form = deepcopy(EVERY_KIND) | {"key": "one_megabyte"}
    form["section"][1]["question"][-1]["megabytes"] = 1
    draft = an_application(call=a_call(version=a_version(form)), person=amina.person)
    page = amina.get("applications_writer.section", lang=lang, key=draft.key, part="figures")
    over = [(io.BytesIO(padded(size)), name) for size, name in ((MEGABYTE + 1, "net.pdf"), (2 * MEGABYTE, "twee.pdf"))]

    refused = [page.submit("do=save", status=422, a_files=one).problems[0] for one in over]
    page.submit("do=save", a_files=(io.BytesIO(padded(MEGABYTE)), "past.pdf"))

    for name, said in zip(("net.pdf", "twee.pdf"), refused, strict=True):
        assert name in said
        assert words in said
    assert [(one.name, one.size) for one in files.attachments_of(draft.id)] == [("past.pdf", MEGABYTE)]


def test_sign_in_that_ended_during_the_check_stores_nothing(
    amina: SignedIn, draft: Application, monkeypatch: pytest.MonkeyPatch
) -> None:
    def checked(*_given: Any, **_limits: Any) -> Accepted:
        with db.engine.begin() as another:
            another.execute(update(SignIn).values(ended_at=SignIn.started_at))
        return Accepted(PDF, "pdf", "0" * 64)

    monkeypatch.setattr(forms, "accept_and_store", checked)

    answer = send(amina, draft, "plan.pdf", status=401)

    assert TEXT in answer.text
    assert files.attachments_of(draft.id) == []
    assert stored_text(draft) != TEXT
