"""A file full of planted words, looked for on every address, by everybody who may not see it; and in their mail.

Who may not: two colleagues and a juror with a conflict of interest, a juror who reads blind, an editor, another
applicant, a passer-by. What they may not see, they may not count either: no figure on any page moves when it comes in.
"""

import io
import unicodedata
import zipfile
from collections.abc import Iterable

import pytest
from flask import Flask
from pypdf import PdfReader

from app.accounts.rules import Role
from app.applications.actions import handing_in, writing
from app.applications.models import Application
from app.applications.queries.files import attachments_of
from app.applications.rules.states import State
from app.casework import actions as casework
from app.commands import JOBS
from app.core import clock as the_clock
from app.core.db.base import db
from app.core.files.check import Accepted
from app.core.http.limits import limiter
from app.interviews.models import Slot
from app.meetings import actions as meetings
from app.meetings.queries import meetings_of
from app.meetings.rules import Role as SeatRole
from app.programmes.models import Call
from app.review import actions as review
from app.reviewers.rules.plan import Blind
from tests.builders import a_person, a_version, an_application, both, the_form
from tests.conftest import Clock
from tests.deciding import take
from tests.house.test_access import path_of, rules
from tests.letters import Mailbox
from tests.page import Page
from tests.pages import PageClient
from tests.panels import a_slot, an_interview
from tests.people import BRUNO, CHLOE, DAAN, ELS, FARID, GRETA, Part, SignedIn, known, signed_in
from tests.review.scenes import a_plan, a_read_call, in_review
from tests.selection import a_conflict, a_review, a_reviewer, an_assignment

pytestmark = pytest.mark.timeout(600)  # a thousand answers, PDFs among them
ILSE = Part("Ilse Baert", "ilse@coopcity.example", "nl", Role.MANAGER)
NAMES = ("xanthippe", "vandeplank", "xv-atelier")  # who applies: also hidden from who reads blind
WORDS = (*NAMES, "quintijn", "kwabena", "zilvermeeuw", "ocarina", "pimpelmees")
TOO_CLOSE = {"manager": ELS, "admin": GRETA, "juror": CHLOE}
STRANGERS = {"editor": FARID, "applicant": BRUNO}


def the_call() -> Call:
    """A call that is read blind, with two files of others, a jury and hours for interviews."""
    call = a_read_call(version=a_version(the_form()), key="oproep")
    a_plan(call, blind=Blind.UNTIL_PUBLISHED)
    for number in range(2):
        one = an_application(call=call, person=a_person(f"Ander Nummer{number}"), state=State.JURY)
        a_review(one, known(DAAN), {"C1": 2 + number, "C2": 3, "C3": 3})
        a_review(one, known(CHLOE), {"C1": 4, "C2": 3, "C3": 3})
        take(one, State.ACCEPTED)
    an_assignment(in_review(call), known(CHLOE))
    found = meetings.plan(
        call, call.opens_at, place=both("", ""), quorum=1, minutes_each=10, by=known(ILSE), at=the_clock.now()
    )
    for part in (CHLOE, DAAN):
        meetings.add_member(found, known(part), SeatRole.MEMBER, by=known(ILSE), at=the_clock.now())
    a_slot(call, people=(known(DAAN),))
    for part in (*TOO_CLOSE.values(), *STRANGERS.values()):
        known(part)
    db.session.commit()
    return call


def the_planted_file(call: Call) -> Application:
    """Something of it stands in every room: answers, names of files, talk, readings, interview, jury, decision."""
    owner = a_person("Xanthippe Vandeplank", email="info@xv-atelier.example")
    words = "Xanthippe Vandeplank begon met Kwabena. "
    made = an_application(
        call=call,
        person=owner,
        answers={"project_name": "Wasserij Quintijn", "summary": words * 3, "team_why": words, "need": words},
    )
    paper = Accepted(b"%PDF-1.4\n%%EOF", "pdf")
    writing.attach(made, "attachments", "cv Xanthippe.pdf", paper, by=owner, at=the_clock.now())
    handing_in.submit(made, {}, by=owner, url="http://127.0.0.1/status", at=the_clock.now())
    made.state = State.JURY
    at, ilse = the_clock.now(), known(ILSE)
    a_review(made, known(CHLOE), {"C1": 1, "C2": 1, "C3": 1})
    read = a_review(made, known(DAAN), {"C1": 1, "C2": 1, "C3": 1}, comment="De zilvermeeuw.")
    read.criterion_scores[0].reason = "De zilvermeeuw."
    review.add_comment(made, "De ocarina.", by=ilse, at=at)
    casework.add_note(made, "De ocarina.", by=ilse, at=at)
    casework.tag([made], "pimpelmees", by=ilse, at=at)
    db.session.query(Slot).where(Slot.call_id == call.id).one().interview_id = an_interview(made).id
    take(made, State.DECLINED, reason="De pimpelmees nestelt niet in de Zennevallei.", by=ilse)
    return made


def hidden_from_them(file: Application) -> None:
    """Those who are too close."""
    for part in TOO_CLOSE.values():
        a_conflict(file, known(part))
    db.session.commit()


def said(page: Page) -> str:
    """Everything that an answer says: its words and its source, what is packed in it, its headers."""
    return _plain(f"{page.html} {page.text} {_unpacked(page.data)} {page.headers}")


def _plain(text: str) -> str:
    """In lower case, without accents."""
    return "".join(
        signal for signal in unicodedata.normalize("NFD", text.casefold()) if not unicodedata.combining(signal)
    )


def _unpacked(data: bytes) -> str:
    """The words in a PDF, a workbook or an archive, with the names of what lies in it."""
    if data.startswith(b"%PDF") and b"startxref" in data:
        return " ".join(sheet.extract_text() for sheet in PdfReader(io.BytesIO(data)).pages)
    if not data.startswith(b"PK"):
        return data.decode("utf-8", "replace")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return " ".join(f"{name} {_unpacked(archive.read(name))}" for name in archive.namelist())


def values(call: Call, file: Application | None) -> dict[str, str]:
    """What fills in the addresses."""
    key = file.key if file else "x" * 43
    paper = attachments_of(file.id)[0].key if file else "x" * 22
    found = meetings_of(call.id)[0]
    return {
        "call": call.key,
        "draft": key,
        "sent": key,
        "draft_file": paper,
        "sent_file": paper,
        "jury": found.key,
        "event": "x",
        "registration": "x",
        "registration_number": "0",
        "letter": "1",
        "message": "x",
        "conflict": "1",
        "slot": "x",
        "reader": str(a_reviewer(call, known(CHLOE)).id),
        "person": str(known(ELS).id),
    }


def addresses(app: Flask, client: PageClient, given: dict[str, str]) -> dict[str, str]:
    """Every address that can be asked for, by endpoint."""
    return {rule.endpoint: path_of(client, rule, given) for rule, _guard in rules(app, "GET")}


def ask(client: PageClient, path: str) -> Page:
    """The answer, whatever it is."""
    limiter.reset()
    return client.send("GET", path)


@pytest.fixture
def call(app: Flask, content: None) -> Call:
    """Without the planted file."""
    return the_call()


def test_nobody_who_may_not_see_a_file_finds_a_trace_of_it(app: Flask, call: Call) -> None:
    file = the_planted_file(call)
    meeting = meetings_of(call.id)[0]
    meetings.put_on(meeting, [file])
    hidden_from_them(file)
    reference, given = str(file.reference).casefold(), values(call, file)
    people: dict[str, PageClient] = {"visitor": PageClient(app), "blind juror": signed_in(app, DAAN)}
    people |= {name: signed_in(app, part) for name, part in (TOO_CLOSE | STRANGERS).items()}
    ilse, paths = signed_in(app, ILSE), addresses(app, people["visitor"], given)
    searched = [
        f"{path}?q={words}"
        for name, path in paths.items()
        for words in ("Quintijn", "Vandeplank", "xv-atelier.example", file.reference, "pimpelmees")
        if name in ("casework_staff.applications", "outbox_staff.letters", "site_public.find", "dashboard_staff.desk")
    ]
    every = [*paths.values(), *searched, f"{paths['casework_staff.applications']}?call={call.key}&sort=score"]

    seen_by_ilse = {path for path in every if _traces(ask(ilse, path), (*WORDS, reference))}
    assert len(seen_by_ilse) > 25, sorted(seen_by_ilse)  # there is something to hide
    leaks = {}
    for name, client in people.items():
        for path in every:
            words = NAMES if name == "blind juror" else (*WORDS, reference, given["sent"].casefold())
            found = _traces(ask(client, path), [word for word in words if word not in path.casefold()])
            if found:
                leaks[name, path] = found
    signed = paths["reviewers_reviewer.declare"]  # names of projects, and nothing else: that is what is signed
    assert leaks == {("juror", signed): ["quintijn"]}


def test_no_letter_tells_of_a_file_that_its_reader_may_not_see(
    app: Flask, call: Call, clock: Clock, mailbox: Mailbox
) -> None:
    file = the_planted_file(call)
    meetings.put_on(meetings_of(call.id)[0], [file])
    hidden_from_them(file)
    newest = max(letter.id for letter in mailbox.letters)

    signed_in(app, ILSE).get("reviewers_assigning.notify", key=call.key).submit(form="form.dock")
    for days in (1, 10, 30):
        clock.forward(days=days)
        for job in JOBS:
            job.run()
        db.session.commit()

    close = {part.email for part in TOO_CLOSE.values()}
    later = [one for one in mailbox.letters if one.id > newest and one.to_email in close]
    words = (*WORDS, str(file.reference).casefold())
    assert later != []
    assert [one.kind for one in later if any(word in one.text.casefold() for word in words)] == []


def _traces(page: Page, words: Iterable[str]) -> list[str]:
    whole = said(page)
    return [word for word in words if word in whole]


# What may change on a page when a file comes in that one may not see, and why.
MOVES = {
    "reviewers_assigning.assign_balanced": "a plan is made over all files: loads without some of them would be wrong",
    "reviewers_reviewer.declare": "whoever signs the list sees the name of every project on it, and no more",
    "interviews_staff.interviews": "an hour that is taken is taken for everybody; by whom is not said",
    "privacy_person.download": "one's own conflict is among one's own data",
}


@pytest.mark.parametrize("who", ["manager", "admin", "juror"])
def test_no_figure_moves_when_a_hidden_file_comes_in(app: Flask, call: Call, who: str) -> None:
    client: SignedIn = signed_in(app, TOO_CLOSE[who])
    paths = addresses(app, PageClient(app), values(call, None))
    before = {name: _words(ask(client, path)) for name, path in paths.items()}

    file = the_planted_file(call)
    hidden_from_them(file)
    after = {name: _words(ask(client, path)) for name, path in paths.items()}

    moved = {name: _difference(before[name], after[name]) for name in paths if before[name] != after[name]}
    assert {name: words for name, words in moved.items() if name not in MOVES} == {}


def _words(page: Page) -> list[str]:
    return (page.text if page.is_html else _unpacked(page.data)).split()


def _difference(before: list[str], after: list[str]) -> str:
    first = next((n for n, pair in enumerate(zip(before, after, strict=False)) if pair[0] != pair[1]), len(before))
    return f"{' '.join(before[max(0, first - 6) : first + 8])} → {' '.join(after[max(0, first - 6) : first + 8])}"
