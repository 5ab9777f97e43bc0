"""Reading blind: names planted in every place, looked for on every answer that a reader can get."""

import unicodedata
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask

from app.applications.actions import handing_in, writing
from app.applications.models import Application, Member, Submission
from app.applications.queries import files
from app.applications.rules.states import State
from app.applications.rules.team import Role
from app.core import clock
from app.core.db.base import db
from app.core.files.check import TYPES, Accepted
from app.core.files.storage import storage
from app.core.http.web import AppBlueprint
from app.programmes.models import Call
from app.review import actions
from app.review.models import CriterionScore
from app.reviewers.rules.plan import Blind
from tests.builders import a_person, a_version, added, an_application, the_form
from tests.page import Page
from tests.people import SignedIn
from tests.review.scenes import a_plan, a_read_call, fields, handed_in_again
from tests.selection import a_review, an_assignment
from tests.torture.archives import a_docx, members

# Each is planted somewhere; in lower case and without accents nothing of it may come out.
PLANTED = (
    "xanthippe",
    "vandeplank",
    "oduya",
    "kwabena",
    "mireille",
    "quintijn",
    "0470 99 88 77",
    "32 470 99 88 77",
    "xv-atelier",
    "0123.456.749",
)
NAME, OTHER = "Xanthippe Vandeplank", "Kwabena Oduya"
FREE = (
    "Xanthippe begon in 2019. XANTHIPPE’s buur, Kwabena, helpt; Vandeplanks zus Mireille ook. "
    "Schrijf naar xanthippe.vandeplank@xv-atelier.example of bel 0470 99 88 77, zie www.xv-atelier.example/over."
)
ANSWERS: dict[str, Any] = {
    "contact_first_name": "Xanthippe",
    "contact_last_name": "Vandeplank",
    "contact_phone": "0470 99 88 77",
    "contact_email": "xanthippe@xv-atelier.example",
    "project_name": "Atelier Xanthíppe",
    "legal_form": "cv",
    "enterprise_number": "0123.456.749",
    "team": [
        {"name": NAME, "role": "trekker", "experience": "Kwabena leerde het van Xanthippe.", "days": "2"},
        {"name": OTHER, "role": "kok", "experience": "Werkte met Mireille Quintijn.", "days": "1"},
    ],
    "team_why": FREE,
    "summary": FREE,
    "need": FREE,
    "adjustments": "Xanthippe rolt.",
}


@pytest.fixture
def call(app: Flask) -> Call:
    """A call with the form of the house, read blind until one has scored."""
    return a_read_call(version=a_version(the_form()))


@pytest.fixture
def file(call: Call, chloe: SignedIn, daan: SignedIn, els: SignedIn) -> Application:
    """A file full of names: of its owner, of a team mate who writes along, in answers, file names and talk."""
    owner = a_person(NAME, email="xanthippe@xv-atelier.example")
    mate = a_person("Mireille Quintijn", email="mireille@example.be")
    made = an_application(call=call, person=owner, answers=ANSWERS)
    at = clock.now()
    added(Member(application_id=made.id, person_id=mate.id, role=Role.WRITER, invited_at=at, accepted_at=at))
    plan = Accepted(b"%PDF-1.4\n%%EOF", "pdf")
    writing.attach(made, "attachments", "cv Xanthippe Vandeplank.pdf", plan, by=owner, at=clock.now())
    handing_in.submit(made, {}, by=owner, url="http://127.0.0.1/status", at=clock.now())
    made.state = State.IN_REVIEW
    a_review(made, daan.person, {"C1": 2, "C2": 2, "C3": 2}, comment="Ik ken Xanthippe.")
    for mark in db.session.query(CriterionScore):
        mark.reason = "Vandeplank legt het goed uit."
    actions.add_comment(made, "Mireille belde.", by=els.person, at=clock.now())
    an_assignment(made, chloe.person)
    db.session.commit()
    return made


def traces(page: Page) -> list[str]:
    """What of the planted things stands in an answer: its text, its source or its headers."""
    said = f"{page.html} {page.text} {page.headers}".casefold()
    plain = "".join(signal for signal in unicodedata.normalize("NFD", said) if not unicodedata.combining(signal))
    return [planted for planted in PLANTED if planted in plain or planted.replace(" ", "%20") in plain]


def everything(app: Flask, chloe: SignedIn, file: Application) -> Iterator[Page]:
    """Each address of a reader's room in both languages, read and written to, right and wrong."""
    given = {"key": file.key, "file_key": files.attachments_of(file.id)[0].key}
    scored = {name: value for name, value in fields(file.call, 4, 4).items() if value}
    for rule in app.url_map.iter_rules():
        room = app.blueprints.get(rule.endpoint.partition(".")[0])
        if (
            not isinstance(room, AppBlueprint)
            or room.guard.__name__ != "reviewers"
            or not rule.endpoint.startswith("review_")
        ):
            continue
        lang = str((rule.defaults or {})["lang"])
        values = {name: given[name] for name in rule.arguments - {"lang"}}
        path = chloe.address(rule.endpoint, lang=lang, **values)
        if "GET" in (rule.methods or ()):
            yield chloe.send("GET", path)
            yield chloe.send("GET", path + "x")
        if "POST" in (rule.methods or ()):
            for sent in ({}, {"do": "finish", **scored}, {"do": "save", "revision": "77", **scored}, {"text": "x"}):
                yield chloe.send("POST", path, data=sent | {"csrf_token": chloe.csrf_token()})


def downloaded(chloe: SignedIn, endpoint: str, **values: str) -> bytes:
    """The octets behind an address."""
    answer = chloe.browser.get(chloe.address(endpoint, **values), base_url=chloe.base_url)
    return bytes(answer.data)


def finish(chloe: SignedIn, file: Application) -> None:
    """Chloé hands her scores in."""
    chloe.get("review_reviewer.score", key=file.key).submit("do=finish", **fields(file.call, 3, 3, 3))


def test_the_names_are_there_for_who_may_see_them(app: Flask, chloe: SignedIn, file: Application) -> None:
    """Otherwise the tests below would prove nothing."""
    finish(chloe, file)
    seen = {trace for page in everything(app, chloe, file) for trace in traces(page)}

    assert seen == set(PLANTED) - {"32 470 99 88 77"}  # the telephone number is not for the jury at all


@pytest.mark.parametrize("blind", [Blind.SCORED, Blind.JURY, Blind.UNTIL_PUBLISHED])
def test_no_answer_leaks_before_one_has_scored(
    app: Flask, chloe: SignedIn, call: Call, file: Application, blind: Blind
) -> None:
    a_plan(call, blind=blind)

    pages = list(everything(app, chloe, file))

    assert {page.path: found for page in pages if (found := traces(page))} == {}
    assert len(pages) > 40
    assert {page.status for page in pages} == {200, 303, 404, 409, 422}


def test_a_reader_who_has_scored_still_reads_blind_where_the_call_says_so(
    app: Flask, chloe: SignedIn, call: Call, file: Application
) -> None:
    """The reasons of the others and the talk of the team are open then; the names in them are not."""
    a_plan(call, blind=Blind.JURY)
    finish(chloe, file)
    handed_in_again(file, "project", summary=f"{FREE} En nu met Kwabena.")

    own = chloe.get("review_reviewer.score", key=file.key)
    assert "legt het goed uit" in own.text
    assert "Daan Willems" in own.text
    assert "belde." in own.text
    assert "begon in 2019" in chloe.get("review_dossier.changes", key=file.key).text
    pages = list(everything(app, chloe, file))

    assert {page.path: found for page in pages if (found := traces(page))} == {}


def test_scoring_lifts_the_veil_where_the_call_says_so(chloe: SignedIn, call: Call, file: Application) -> None:
    a_plan(call, blind=Blind.SCORED)
    page = chloe.get("review_reviewer.score", key=file.key)
    assert "Anoniem lezen: de namen zijn verborgen." in page.text

    finish(chloe, file)

    assert "xanthippe" in traces(chloe.get("review_reviewer.score", key=file.key))


def test_attachments_have_numbers_instead_of_names(chloe: SignedIn, call: Call, file: Application) -> None:
    a_plan(call, blind=Blind.SCORED)
    key = files.attachments_of(file.id)[0].key

    answers = {
        lang: chloe.get("review_dossier.attachment", lang=lang, key=file.key, file_key=key) for lang in ("nl", "fr")
    }

    assert {lang: page.headers["Content-Disposition"] for lang, page in answers.items()} == {
        "nl": 'attachment; filename="Bijlage 1.pdf"',
        "fr": 'attachment; filename="Annexe 1.pdf"',
    }
    assert "Bijlage 1.pdf" in chloe.get("review_reviewer.score", key=file.key).text


def test_the_copy_of_an_attachment_names_no_author_and_the_stored_one_does(
    app: Flask, chloe: SignedIn, call: Call, file: Application
) -> None:
    a_plan(call, blind=Blind.SCORED)
    sent = a_docx({"docProps/core.xml": "<c xmlns:dc='d'><dc:creator>Xanthippe</dc:creator></c>"})
    kept = files.attachments_of(file.id)[0]
    kept.digest, kept.media_type = storage().put(sent), TYPES["docx"]
    db.session.commit()
    address = {"endpoint": "review_dossier.attachment", "key": file.key, "file_key": kept.key}

    blind = downloaded(chloe, **address)
    finish(chloe, file)

    assert {name: b"Xanthippe" in part for name, part in members(blind).items()} == dict.fromkeys(members(sent), False)
    assert downloaded(chloe, **address) == storage().get(kept.digest) == sent


def test_a_copy_that_cannot_be_cleaned_is_not_given(chloe: SignedIn, call: Call, file: Application) -> None:
    a_plan(call, blind=Blind.SCORED)
    kept = files.attachments_of(file.id)[0]
    kept.digest, kept.media_type = storage().put(b"no archive at all"), TYPES["docx"]
    db.session.commit()

    page = chloe.send("GET", chloe.address("review_dossier.attachment", key=file.key, file_key=kept.key))

    assert page.status == 303
    assert "kan niet uit ‘Bijlage 1.docx’ worden verwijderd" in chloe.send("GET", page.location or "").text


def test_the_title_is_the_same_in_the_list_the_file_and_the_list_of_conflicts(
    chloe: SignedIn, call: Call, file: Application
) -> None:
    pages = {
        "review_reviewer.files": {},
        "review_reviewer.score": {"key": file.key},
        "reviewers_reviewer.declare": {"key": call.key},
    }
    open_eyes = {name: chloe.get(name, **values).text for name, values in pages.items()}
    a_plan(call, blind=Blind.SCORED)

    blind = {name: chloe.get(name, **values) for name, values in pages.items()}

    assert {name: "Atelier Xanthíppe" in text for name, text in open_eyes.items()} == dict.fromkeys(pages, True)
    assert {name: "Atelier ▒▒▒▒▒ verborgen" in page.text for name, page in blind.items()} == dict.fromkeys(pages, True)
    assert {name: traces(page) for name, page in blind.items()} == {name: [] for name in pages}


def test_a_title_that_the_form_keeps_from_the_jury_is_hidden_whole(
    app: Flask, chloe: SignedIn, call: Call, file: Application
) -> None:
    form = the_form()
    question = next(one for part in form["section"] for one in part["question"] if one["key"] == "project_name")
    question["personal"] = True
    version = a_version(form)
    for submission in db.session.query(Submission):
        submission.questionnaire_version_id = version.id
    a_plan(call, blind=Blind.SCORED)
    db.session.commit()

    seen = {
        name: chloe.get(name, **values).text
        for name, values in {"review_reviewer.files": {}, "reviewers_reviewer.declare": {"key": call.key}}.items()
    }

    assert {name: "Atelier" in text for name, text in seen.items()} == dict.fromkeys(seen, False)
    assert file.reference in seen["review_reviewer.files"]


def test_what_is_not_for_the_jury_is_left_out_for_who_reads_with_open_eyes(chloe: SignedIn, file: Application) -> None:
    page = chloe.get("review_reviewer.score", key=file.key)

    assert "E-mailadres" not in page.text
    assert "Xanthippe rolt." not in page.text
    assert "Xanthippe begon in 2019." in page.text
