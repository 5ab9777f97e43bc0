"""Any character in any answer: papers, bundles, tables, letters and calendars still open (QUALITY, row 30)."""

import csv
import io
import json
import zipfile

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from app.applications.models import Application
from app.core.db.base import db
from app.privacy import exports as privacy
from tests.builders import a_call, an_application, an_event, both
from tests.letters import Mailbox
from tests.people import SignedIn

HARD = {
    "emoji": "👨\u200d👩\u200d👧 ❤\ufe0f 👍🏽",
    "han and mark": "漢字かな\ufeff한글",
    "right to left": "\u202eمرحبا\u202c שלום \u2066x\u2069",
    "combining": "Z\u0335\u0321a\u0300\u0316lgo e\u0301\u0323",
    "higher planes": "\U0002a6d6 \U00013000 \U0010fffd \ue000 \u0378",
    "signs of tables": '=1+1;"a"\t|<b>&amp;{{7*7}}#{x}',
}


@pytest.fixture(params=HARD, ids=list(HARD))
def file(request: pytest.FixtureRequest, amina: SignedIn) -> Application:
    text = HARD[request.param]
    answers = {"project_name": text, "a_long_text": f"{text}\n{text}", "team": [{"name": text, "days": "1"}]}
    return an_application(call=a_call(), person=amina.person, submitted=True, language="nl", answers=answers)


def test_everything_that_holds_the_answer_opens(
    els: SignedIn, amina: SignedIn, mailbox: Mailbox, file: Application
) -> None:
    call, title = file.call.key, file.title
    papers = [
        amina.get("documents_applicant.whole", key=file.key).data,
        els.get("documents_staff.dossier", key=file.key).data,
        els.get("documents_staff.book", call=call).data,
    ]
    with zipfile.ZipFile(io.BytesIO(els.get("documents_staff.archive", call=call).data)) as found:
        assert found.testzip() is None
        papers.append(found.read(f"{file.reference}/{file.reference}.pdf"))

    assert all(str(file.reference) in PdfReader(io.BytesIO(one)).pages[0].extract_text() for one in papers)
    text = els.get("documents_staff.files", ending="csv", call=call).data.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text), delimiter=";"))
    assert title in {cell.removeprefix("'") for cell in rows[1]}
    sheet = load_workbook(io.BytesIO(els.get("documents_staff.files", ending="xlsx", call=call).data)).worksheets[0]
    assert title in {str(cell.value).replace("_x0009_", "\t") for cell in sheet[2]}
    assert mailbox.last("application_received").text


def test_what_somebody_takes_along_opens(amina: SignedIn, file: Application) -> None:
    target = io.BytesIO()

    privacy.write_archive(amina.person, target)

    with zipfile.ZipFile(target) as found:
        data = json.loads(found.read("data.json"))
    assert [one["title"] for one in data["applications"]] == [file.title]


@pytest.mark.only_on("sqlite")  # PostgreSQL takes no half of a surrogate pair, not even inside JSON
def test_half_a_character_stops_nothing(els: SignedIn, amina: SignedIn) -> None:
    file = an_application(call=a_call(), person=amina.person, submitted=True, answers={"a_long_text": "a\ud800b"})
    target = io.BytesIO()

    privacy.write_archive(amina.person, target)

    with zipfile.ZipFile(target) as found:
        saves = json.loads(found.read("data.json"))["saves"]
    assert "a\ud800b" in [save["answers"].get("a_long_text") for save in saves]
    pages = PdfReader(io.BytesIO(amina.get("documents_applicant.whole", key=file.key).data)).pages
    assert "a\ufffdb" in "".join(page.extract_text() for page in pages)
    for ending in ("csv", "xlsx"):
        els.get("documents_staff.files", ending=ending, call=file.call.key)


@pytest.mark.parametrize("text", HARD.values(), ids=list(HARD))
def test_a_calendar_opens(els: SignedIn, text: str) -> None:
    event = an_event(place=both(text))
    db.session.commit()

    answer = els.get("events_public.calendar_file", slug=event.slug.nl)

    assert b"BEGIN:VEVENT" in answer.data
