"""Files for the team to take along: tables, archives, papers; nothing hidden is in them, and spreadsheets open them."""

import csv
import io
import zipfile
from typing import Any

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from app.applications.actions import handing_in, writing
from app.applications.models import Application
from app.applications.rules.states import State
from app.core.files.check import Accepted
from app.documents.views import staff
from app.questionnaires.queries import definition_of, version
from tests.builders import a_call, a_criterion, a_version, an_application
from tests.conftest import Clock
from tests.every_kind import EVERY_KIND
from tests.page import Page
from tests.pages import PageClient
from tests.people import SignedIn
from tests.selection import a_conflict, a_review

PAGES: dict[str, dict[str, str]] = {
    "files": {"ending": "csv"},
    "columns": {"ending": "csv"},
    "scores": {"ending": "csv"},
    "archive": {},
    "book": {},
}


def content_of(page: Page) -> bytes:
    return page.data


def table_of(page: Page) -> list[dict[str, str]]:
    content = content_of(page)
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))


def sheet_of(page: Page) -> list[dict[str, Any]]:
    """The rows by the names of the columns that stay, which the second sheet lists in their order."""
    book = load_workbook(io.BytesIO(content_of(page)), read_only=True)
    rows, about = (list(sheet.iter_rows(values_only=True)) for sheet in book.worksheets)
    return [dict(zip([one[0] for one in about[1:]], row, strict=True)) for row in rows[1:]]  # type: ignore[arg-type]


@pytest.mark.parametrize(("lang", "number"), [("nl", 1), ("fr", 2)])
def test_a_workbook_is_headed_by_the_words_of_the_questions(els: SignedIn, lang: str, number: int) -> None:
    call = a_call()
    an_application(call=call, submitted=True)

    page = els.get("documents_staff.files", lang=lang, ending="xlsx", call=call.key)

    book = load_workbook(io.BytesIO(content_of(page)), read_only=True)
    rows, about = (list(sheet.iter_rows(values_only=True)) for sheet in book.worksheets)
    assert list(rows[0]) == [one[number] for one in about[1:]]
    first = next(iter(definition_of(version(call.questionnaire_version_id)).questions))
    assert (f"q_{first.key}", first.label["nl"], first.label["fr"]) in about
    assert first.label[lang] in rows[0]


@pytest.mark.parametrize("lang", ["nl", "fr"])
def test_each_file_is_a_row_with_its_answers(els: SignedIn, lang: str) -> None:
    call = a_call()
    first = an_application(call=call, submitted=True, answers={"project_name": "=1+1"})
    an_application(call=call, submitted=True, language="fr")

    text = table_of(els.get("documents_staff.files", lang=lang, ending="csv", call=call.key))
    cells = sheet_of(els.get("documents_staff.files", lang=lang, ending="xlsx", call=call.key))

    assert [row["reference"] for row in text] == [row["reference"] for row in cells]
    mine = next(row for row in cells if row["reference"] == first.reference)
    assert (mine["q_project_name"], mine["email"]) == ("=1+1", first.person.email)
    assert next(row for row in text if row["reference"] == first.reference)["q_project_name"] == "'=1+1"


def test_columns_have_names_that_stay(els: SignedIn) -> None:
    call = a_call()
    an_application(call=call, submitted=True)
    before = table_of(els.get("documents_staff.files", ending="csv", call=call.key))[0]

    asked = EVERY_KIND | {"section": EVERY_KIND["section"][:1]}
    call.questionnaire_version_id = a_version(asked).id
    an_application(call=call, submitted=True)
    after = table_of(els.get("documents_staff.files", lang="fr", ending="csv", call=call.key))

    assert set(before) == set(after[0])
    assert len(after[0]) == len(set(after[0]))
    meanings = {
        row["column"]: (row["nl"], row["fr"]) for row in table_of(els.get("documents_staff.columns", ending="csv"))
    }
    assert set(meanings) == set(before)
    assert all(nl and fr for nl, fr in meanings.values())


def test_figures_days_and_zeros_stay_what_they_are(els: SignedIn, clock: Clock, chloe: SignedIn) -> None:
    call = a_call()
    a_criterion(call, "C1", weight=100)
    file = an_application(call=call, state=State.IN_REVIEW)
    a_review(file, chloe.person, {"C1": 4})

    text = table_of(els.get("documents_staff.files", ending="csv", call=call.key))[0]
    cells = sheet_of(els.get("documents_staff.files", ending="xlsx", call=call.key))[0]

    assert (text["score"], cells["score"]) == ("80,0", 80)
    assert text["handed_in_at"] == "01/02/2027 11:00"
    assert cells["handed_in_at"].strftime("%d/%m/%Y %H:%M") == "01/02/2027 11:00"
    assert text["municipality"] == cells["municipality"] == file.municipality


def test_scores_are_rows_of_their_own(els: SignedIn, chloe: SignedIn, daan: SignedIn) -> None:
    call = a_call()
    a_criterion(call, "C1")
    file = an_application(call=call, state=State.IN_REVIEW)
    a_review(file, chloe.person, {"C1": 4})
    a_review(file, daan.person, {"C1": None})

    rows = table_of(els.get("documents_staff.scores", ending="csv", call=call.key))
    a_conflict(file, daan.person)
    left = table_of(els.get("documents_staff.scores", ending="csv", call=call.key))

    assert [(row["reader"], row["score"], row["cannot_judge"]) for row in rows] == [
        ("Chloé Lambert", "4", "0"),
        ("Daan Willems", "", "1"),
    ]
    assert [row["reader"] for row in left] == ["Chloé Lambert"]


def with_files(file: Application, *names: str) -> None:
    for name in names:
        taken = Accepted(f"%PDF-1.7 {name}".encode(), "pdf")
        writing.attach(file, "a_files", name, taken, by=file.person, at=file.saved_at)


def test_an_archive_holds_a_folder_for_each_file(els: SignedIn) -> None:
    call = a_call()
    file = an_application(call=call)
    with_files(file, "../plan.pdf", "PLAN.pdf", "plan.pdf")
    handing_in.submit(file, {}, by=file.person, url="http://127.0.0.1/status", at=file.saved_at)
    other = an_application(call=call, submitted=True)

    with zipfile.ZipFile(io.BytesIO(content_of(els.get("documents_staff.archive", call=call.key)))) as found:
        assert found.testzip() is None
        names = found.namelist()
        paper = found.read(f"{other.reference}/{other.reference}.pdf")

    mine = [name for name in names if name.startswith(f"{file.reference}/")]
    expected = [f"{file.reference}.pdf", "plan.pdf", "PLAN (2).pdf", "plan (3).pdf"]
    assert mine == [f"{file.reference}/{name}" for name in expected]
    assert paper.startswith(b"%PDF")
    with zipfile.ZipFile(io.BytesIO(content_of(els.get("documents_staff.archive", file=other.key)))) as found:
        assert {name.partition("/")[0] for name in found.namelist()} == {other.reference}


def test_a_dossier_holds_what_readers_wrote(els: SignedIn, chloe: SignedIn) -> None:
    call = a_call()
    a_criterion(call, "C1")
    file = an_application(call=call, state=State.IN_REVIEW, language="fr")
    a_review(file, chloe.person, {"C1": 4})

    one = PdfReader(io.BytesIO(content_of(els.get("documents_staff.dossier", key=file.key))))
    book = PdfReader(io.BytesIO(content_of(els.get("documents_staff.book", call=call.key))))

    for paper in (one, book):
        text = "\n".join(page.extract_text() for page in paper.pages)
        assert str(file.reference) in text
        assert "Chloé Lambert" in text
        assert "4 / 5" in text
        assert paper.trailer["/Root"]["/MarkInfo"]["/Marked"]  # type: ignore[index]


def test_what_is_hidden_is_in_no_export(els: SignedIn) -> None:
    call = a_call()
    hidden, shown = an_application(call=call, submitted=True), an_application(call=call, submitted=True)
    a_conflict(hidden, els.person)

    rows = table_of(els.get("documents_staff.files", ending="csv", call=call.key))
    els.get("documents_staff.dossier", status=404, key=hidden.key)
    with zipfile.ZipFile(
        io.BytesIO(content_of(els.get("documents_staff.archive", file=[hidden.key, shown.key])))
    ) as found:
        folders = {name.partition("/")[0] for name in found.namelist()}

    assert [row["reference"] for row in rows] == [shown.reference]
    assert folders == {shown.reference}


def test_only_staff_take_files_along(client: PageClient, farid: SignedIn, chloe: SignedIn) -> None:
    call = a_call()

    for name, values in PAGES.items():
        client.get(f"documents_staff.{name}", status=302, call=call.key, **values)
        for visitor in (farid, chloe):
            visitor.get(f"documents_staff.{name}", status=403, call=call.key, **values)


def test_unknown_endings_and_calls_are_not_there(els: SignedIn) -> None:
    els.get("documents_staff.files", status=404, ending="exe")
    els.get("documents_staff.scores", status=404, ending="csv", call="nothing")


@pytest.mark.parametrize("lang", ["nl", "fr"])
def test_papers_are_drawn_so_often_and_no_more(
    els: SignedIn, greta: SignedIn, monkeypatch: pytest.MonkeyPatch, lang: str
) -> None:
    monkeypatch.setattr(staff, "MANY", "2 per 10 minutes")
    file = an_application(submitted=True)
    els.get("documents_staff.dossier", key=file.key)
    els.get("documents_staff.book", file=[file.key])

    refused = els.get("documents_staff.archive", file=[file.key], lang=lang, status=429)

    assert refused.text
    greta.get("documents_staff.dossier", key=file.key)
