"""A whole file as a paper: everything that was answered stands there, in the language of the file."""

import io
from datetime import datetime

import pytest
from flask import Flask
from pypdf import PdfReader

from app.applications.models import Application
from app.applications.rules.states import State
from app.core.clock import in_brussels
from app.core.i18n.bilingual import LOCALES
from tests.builders import a_call, a_version, an_application, the_form
from tests.conftest import Clock
from tests.people import AMINA, BRUNO, SignedIn, known, signed_in

HOSTILE = '#eval("1") $x$ *vet* @ref \\u{41} <a> "aan" مرحبا Ελληνικά'


def read(answer: bytes) -> tuple[PdfReader, str]:
    paper = PdfReader(io.BytesIO(answer))
    return paper, " ".join(" ".join(page.extract_text() for page in paper.pages).split())


def other(language: str) -> str:
    return next(code for code in LOCALES if code != language)


def said(at: datetime, language: str) -> str:
    local = in_brussels(at)
    french = f"{local.hour} h {local.minute:02}".removesuffix(" 00")
    return french if language == "fr" else f"{local.hour}.{local.minute:02} uur"


@pytest.mark.parametrize("part", [AMINA, BRUNO], ids=lambda part: part.language)
def test_a_file_is_read_whole_in_its_own_language(app: Flask, part: object, clock: Clock) -> None:
    application = an_application(state=State.JURY, call=a_call(version=a_version(the_form())), person=known(part))
    client = signed_in(app, part)

    answer = client.get("documents_applicant.whole", key=application.key, lang=other(part.language))

    paper, words = read(answer.data)
    shown = client.get("applications_applicant.printable", key=application.key, lang=part.language)
    labels = [label for label in shown.select("dt") if label]
    assert len(labels) > 20
    assert [label for label in labels if " ".join(label.split()) not in words] == []
    assert application.reference in words
    assert said(clock(), part.language) in words
    assert paper.trailer["/Root"]["/Lang"] == f"{part.language}-BE"
    assert paper.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{application.reference}.pdf"'


def test_what_somebody_typed_is_never_code(amina: SignedIn) -> None:
    application = an_application(person=amina.person, answers={"project_name": HOSTILE})

    _paper, words = read(amina.get("documents_applicant.whole", key=application.key).data)

    for piece in ('#eval("1")', "$x$", "*vet*", "@ref", "\\u{41}", "<a>"):
        assert piece in words


def test_a_draft_is_a_paper_too_and_others_have_none(amina: SignedIn, bruno: SignedIn) -> None:
    draft: Application = an_application(person=amina.person, state=State.DRAFT)

    amina.get("documents_applicant.whole", key=draft.key)
    bruno.get("documents_applicant.whole", key=draft.key, status=404)
