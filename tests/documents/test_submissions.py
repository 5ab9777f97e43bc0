"""A PDF belongs to one submission, whatever is written afterwards; a draft's says on each page that it is one."""

import io
import sys
import zipfile
from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest
from flask import Flask
from pypdf import PdfReader
from sqlalchemy import select

from app.applications import jobs as application_jobs
from app.applications.actions import handing_in, removing, writing
from app.applications.models import Application, Submission
from app.applications.queries import files, revisions
from app.applications.rules.showing import pdf_digest
from app.applications.rules.states import State
from app.core.db.base import db
from app.core.exports.pdf import RenderingFailed, render_pdf
from app.core.files.check import Accepted
from app.core.files.storage import storage
from app.documents.exports.whole import whole_file
from app.privacy import jobs as privacy_jobs
from app.privacy.actions import rights
from tests.builders import a_call, a_version, an_application
from tests.conftest import Clock
from tests.every_kind import EVERY_KIND
from tests.page import Page
from tests.people import ELS, SignedIn, signed_in

EARLIER, LATER = "Eerste naam", "Tweede naam"


@pytest.fixture
def changed(amina: SignedIn, clock: Clock) -> Application:
    """Handed in under one name; changed since, and not handed in again."""
    application = an_application(submitted=True, person=amina.person, language="nl", answers={"project_name": EARLIER})
    clock.forward(hours=1)
    rename(application, LATER, clock)
    return application


def rename(application: Application, name: str, clock: Clock) -> None:
    part, saved = next(
        (part, saved)
        for part, saved in revisions.sections_of(application.id).items()
        if "project_name" in saved.answers
    )
    answers = saved.answers | {"project_name": name, "file_language": "fr"}
    writing.save_section(application, part, answers, revision=saved.revision, by=application.person, at=clock())


def hand_in(application: Application, clock: Clock) -> Submission:
    return handing_in.submit(application, {}, by=application.person, url="http://127.0.0.1/status", at=clock())


def pages_of(page: Page | bytes) -> list[str]:
    content = page if isinstance(page, bytes) else page.data
    return [" ".join(one.extract_text().split()) for one in PdfReader(io.BytesIO(content)).pages]


def words_of(page: Page | bytes) -> str:
    return " ".join(pages_of(page))


def test_the_pdf_and_the_page_show_what_was_handed_in(amina: SignedIn, changed: Application) -> None:
    words = words_of(amina.get("documents_applicant.whole", key=changed.key))
    shown = amina.get("applications_applicant.printable", key=changed.key).text

    for text in (words, shown):
        assert EARLIER in text
        assert LATER not in text
    assert "Concept" not in words
    assert "1 februari 2027" in words


@pytest.mark.parametrize(("language", "mark"), [("nl", "Concept, niet ingediend"), ("fr", "Brouillon, non introduit")])
def test_a_draft_says_so_on_every_page(amina: SignedIn, language: str, mark: str) -> None:
    long = "\n".join(["Een regel."] * 200)
    draft = an_application(person=amina.person, language=language, answers={"project_name": LATER, "a_long": long})

    pages = pages_of(amina.get("documents_applicant.draft", key=draft.key))

    assert len(pages) > 1
    assert [page for page in pages if mark not in page] == []
    assert LATER in pages[0]
    assert mark in amina.get("applications_applicant.printable", key=draft.key, lang=language).text


def test_what_was_changed_since_is_a_draft(amina: SignedIn, changed: Application) -> None:
    words = words_of(amina.get("documents_applicant.draft", key=changed.key))
    shown = amina.get("applications_applicant.printable", key=changed.key, text="draft").text

    assert LATER in words
    assert LATER in shown
    assert "Brouillon, non introduit" in words, "the language is that of the draft"
    assert "Concept, niet ingediend" in shown


def test_a_submission_keeps_its_files_and_its_form(amina: SignedIn, els: SignedIn, clock: Clock) -> None:
    """After the draft got another file and the form another version, the paper is drawn anew, and is the same."""
    file = an_application(person=amina.person, language="nl", answers={"project_name": EARLIER})
    taken = Accepted(b"%PDF-1.7 first", "pdf")
    first = writing.attach(file, "a_files", "eerste.pdf", taken, by=amina.person, at=clock())
    hand_in(file, clock)
    form = deepcopy(EVERY_KIND)
    form["section"][0]["question"][1]["label"] = {"nl": "Heel andere vraag", "fr": "Tout autre question"}

    newer = a_version(form)
    removing.detach(file, first, by=amina.person, at=clock())
    writing.attach(file, "a_files", "tweede.pdf", Accepted(b"%PDF-1.7 second", "pdf"), by=amina.person, at=clock())
    file.call.questionnaire_version_id = newer.id
    rename(file, LATER, clock)

    papers = [
        words_of(amina.get("documents_applicant.whole", key=file.key, nr=1)),
        words_of(els.get("documents_staff.dossier", key=file.key)),
    ]
    for words in papers:
        for kept in (EARLIER, "eerste.pdf", "Vraag naar long text"):
            assert kept in words
        for since in (LATER, "tweede.pdf", "Heel andere vraag"):
            assert since not in words
    assert "tweede.pdf" in words_of(amina.get("documents_applicant.draft", key=file.key))


def test_each_submission_keeps_its_own(amina: SignedIn, changed: Application, clock: Clock) -> None:
    first = amina.get("documents_applicant.whole", key=changed.key).data
    hand_in(changed, clock)

    second = words_of(amina.get("documents_applicant.whole", key=changed.key))

    assert LATER in second
    assert amina.get("documents_applicant.whole", key=changed.key, nr=1).data == first
    amina.get("documents_applicant.whole", key=changed.key, nr=3, status=404)
    amina.get("documents_applicant.draft", key=changed.key, status=302)


def test_lists_and_letters_name_what_was_handed_in(changed: Application, clock: Clock) -> None:
    assert (changed.title, changed.language) == (EARLIER, "nl")

    hand_in(changed, clock)

    assert (changed.title, changed.language) == (LATER, "fr")


def test_the_team_reads_and_prints_what_was_handed_in(els: SignedIn, changed: Application) -> None:
    papers: dict[str, Callable[[], Any]] = {
        "dossier": lambda: els.get("documents_staff.dossier", key=changed.key),
        "book": lambda: els.get("documents_staff.book", call=changed.call.key),
        "archive": lambda: in_archive(els.get("documents_staff.archive", call=changed.call.key), changed),
    }

    for name, get in papers.items():
        words = words_of(get())
        assert EARLIER in words, name
        assert LATER not in words, name
        assert "Wordt gewijzigd" in words, name
        assert changed.call.title.nl in words, name
    page = els.get("casework_staff.application", key=changed.key)
    assert "De kandidaat wijzigt dit dossier" in page.text
    assert LATER not in page.text


def test_after_the_deadline_nothing_is_being_changed(app: Flask, changed: Application, clock: Clock) -> None:
    clock.forward(days=40)
    els = signed_in(app, ELS)

    assert "Wordt gewijzigd" not in words_of(els.get("documents_staff.dossier", key=changed.key))
    assert "De kandidaat wijzigt" not in els.get("casework_staff.application", key=changed.key).text


def in_archive(page: Page, application: Application) -> bytes:
    with zipfile.ZipFile(io.BytesIO(page.data)) as found:
        return found.read(f"{application.reference}/{application.reference}.pdf")


def test_a_pdf_is_made_once(amina: SignedIn, changed: Application, monkeypatch: pytest.MonkeyPatch) -> None:
    first = amina.get("documents_applicant.whole", key=changed.key).data

    def made_again(*_: object) -> bytes:
        raise AssertionError("it was made before")

    monkeypatch.setattr("app.documents.views.applicant.render_pdf", made_again)

    assert amina.get("documents_applicant.whole", key=changed.key).data == first


def test_making_pdfs_is_limited_and_reading_them_is_not(amina: SignedIn, changed: Application) -> None:
    amina.get("documents_applicant.whole", key=changed.key)
    for _number in range(19):
        amina.get("documents_applicant.draft", key=changed.key)

    amina.get("documents_applicant.draft", key=changed.key, status=429)

    amina.get("documents_applicant.whole", key=changed.key)


@pytest.mark.parametrize("how", ["erasure", "retention"])
def test_the_kept_pdf_goes_with_the_file(
    app: Flask, amina: SignedIn, changed: Application, clock: Clock, how: str
) -> None:
    amina.get("documents_applicant.whole", key=changed.key)
    number = db.session.scalars(select(Submission.id).where(Submission.application_id == changed.id)).one()
    digest = pdf_digest(number, changed.key)
    assert storage().get(digest).startswith(b"%PDF")

    if how == "erasure":
        rights.erase(changed.person, by="system", at=clock())
    else:
        handing_in.withdraw(changed, by=changed.person, at=clock())
        db.session.commit()
        clock.forward(days=3 * 366)
        privacy_jobs.purge_all()
    db.session.commit()
    clock.forward(hours=2)
    application_jobs.delete_dropped_files()

    with pytest.raises(FileNotFoundError):
        storage().get(digest)


def test_one_broken_file_stops_no_bundle(els: SignedIn, monkeypatch: pytest.MonkeyPatch) -> None:
    call = a_call()
    good = an_application(call=call, submitted=True, answers={"project_name": EARLIER})
    broken = an_application(call=call, submitted=True, answers={"project_name": LATER})
    broken_id, honest = broken.id, files.handed_in_file

    def fails(application: Application) -> Any:
        if application.id == broken_id:
            raise KeyError("a question")
        return honest(application)

    monkeypatch.setattr("app.documents.queries.handed_in_file", fails)
    monkeypatch.setattr("app.documents.views.staff.handed_in_file", fails)

    words = words_of(els.get("documents_staff.book", call=call.key))
    with zipfile.ZipFile(io.BytesIO(els.get("documents_staff.archive", call=call.key).data)) as found:
        names, listed = found.namelist(), found.read("Niet in dit archief.txt").decode()

    assert EARLIER in words
    assert f"Niet in dit document {broken.reference} {LATER}" in words
    assert names == [f"{good.reference}/{good.reference}.pdf", "Niet in dit archief.txt"]
    assert f"{broken.reference}/{broken.reference}.pdf" in listed


def test_a_dossier_that_cannot_be_drawn_is_named_in_the_book(els: SignedIn, monkeypatch: pytest.MonkeyPatch) -> None:
    call = a_call()
    an_application(call=call, submitted=True, answers={"project_name": EARLIER})
    broken = an_application(call=call, submitted=True, answers={"project_name": LATER})

    def fails(template: str, data: dict[str, Any]) -> bytes:
        if any(one["title"] == LATER for one in data.get("files", [data])):
            raise RenderingFailed
        return render_pdf(template, data)

    monkeypatch.setattr(sys.modules["app.documents.exports.dossier"], "render_pdf", fails)

    words = words_of(els.get("documents_staff.book", call=call.key))

    assert EARLIER in words
    assert f"Niet in dit document {broken.reference} {LATER}" in words


def test_staff_open_only_files_that_were_handed_in(els: SignedIn, amina: SignedIn, clock: Clock) -> None:
    application = an_application(person=amina.person)
    for name in ("sent.pdf", "later.pdf"):
        taken = Accepted(f"%PDF-1.7 {name}".encode(), "pdf")
        kept = writing.attach(application, "a_files", name, taken, by=amina.person, at=clock())
        if application.state == State.DRAFT:
            hand_in(application, clock)
            els.get("casework_staff.attachment", key=application.key, file_key=kept.key)

    els.get("casework_staff.attachment", key=application.key, file_key=kept.key, status=404)


def test_a_number_in_the_pdf_says_what_it_counts(changed: Application, clock: Clock) -> None:
    """No “Text: 1”: the first time says nothing, later ones which version of the file it is."""
    first = whole_file(files.handed_in_file(changed), at=clock())
    hand_in(changed, clock)
    second = whole_file(files.handed_in_file(changed), at=clock())

    assert not {"Tekst", "Texte", "Text"} & {label for label, _words in [*first["facts"], *second["facts"]]}
    assert "versie" not in first["facts"][1][1]
    assert second["language"] == "fr"
    assert "(version 2 du dossier)" in second["facts"][1][1]
    assert "(version 2 du dossier)" in second["made"]
