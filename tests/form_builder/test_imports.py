"""Forms that nobody could fill in, and forms out of a file: refused with words, never with an error of ours."""

import copy
import io
import json
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from werkzeug.datastructures import FileStorage, MultiDict

from app.applications.forms import check_files
from app.core.files.check import Accepted
from app.intake.actions.rehearsing import play
from app.programmes.queries.team import call_with_everything
from app.questionnaires.actions import publish
from app.questionnaires.models import QuestionnaireVersion
from app.questionnaires.rules.definition import Definition, Faulty
from app.questionnaires.rules.reach import unanswerable
from tests.builders import a_call, a_version, added, both
from tests.conftest import Clock
from tests.every_kind import EVERY_KIND
from tests.journeys.test_apply_to_decision import PDF
from tests.pages import Page
from tests.people import SignedIn


def asking(**question: Any) -> dict[str, Any]:
    """A form that asks this one thing besides a name."""
    name = {"key": "project_name", "kind": "short_text", "label": {"nl": "Naam", "fr": "Nom"}}
    asked = {"key": "q", "label": {"nl": "Vraag", "fr": "Question"}, **question}
    section = {"key": "s", "title": {"nl": "Deel", "fr": "Partie"}, "questions": [name, asked]}
    return {"key": "odd", "title": {"nl": "Vreemd", "fr": "Étrange"}, "sections": [section]}


def choices(*codes: str) -> list[dict[str, Any]]:
    return [{"code": code, "label": {"nl": code, "fr": code}} for code in codes]


IMPOSSIBLE = [
    asking(kind="files", file_kinds=["exe"]),
    asking(kind="number", minimum=9, maximum=3),
    asking(kind="several_choices", choices=choices("a", "b"), least=3, most=4),
]


@pytest.mark.parametrize("form", IMPOSSIBLE)
def test_a_question_that_nobody_can_answer_is_named_and_not_published(app: Flask, clock: Clock, form: Any) -> None:
    assert len(unanswerable(Definition.read(form))) == 1
    with pytest.raises(Faulty):
        publish("odd", title=both("Vreemd"), definition=form, by="tests", at=clock())


def test_every_kind_can_be_answered() -> None:
    assert unanswerable(Definition.read(EVERY_KIND)) == []


def test_the_rehearsal_finds_a_question_that_nobody_can_answer(els: SignedIn, clock: Clock) -> None:
    older = QuestionnaireVersion(
        questionnaire=a_version().questionnaire, number=9, definition=IMPOSSIBLE[1], digest="odd", published_at=clock()
    )
    call = a_call(version=added(older))

    found = play(call_with_everything(call.key), by=els.person, at=clock())

    assert any("kleinste" in line["nl"] for line in found.report["lines"] if not line["fine"])


def test_a_file_question_with_nothing_ticked_takes_every_type(app: Flask) -> None:
    section = Definition.read(asking(kind="files")).sections[0]

    (found,) = check_files(section, MultiDict([("q", FileStorage(io.BytesIO(PDF), "plan.pdf"))]))

    assert isinstance(found.found, Accepted)
    assert ".docx" in ",".join(section.questions[1].accepted_kinds) or "docx" in section.questions[1].accepted_kinds


def imported(els: SignedIn, content: bytes) -> Page:
    """Send a file as a new form."""
    page = els.get("form_builder_staff.forms")
    sent = {"file": (io.BytesIO(content), "form.json"), "from": "file"}
    return els.open(
        "POST", page.path, status=None, skip=("typography",), data=sent | {"csrf_token": page.value("csrf_token")}
    )


@pytest.mark.parametrize(
    "content",
    [
        json.dumps(asking(kind="number", maximum=1)).replace('"maximum": 1', '"maximum": 1e999').encode(),
        json.dumps(asking(kind="short_text", help={"nl": "\ud800", "fr": "x"})).encode(),
        b"\xff\xfe",
        b"[]",
        b"{}",
        b'{"key": 3}',
    ],
)
def test_what_is_no_form_is_refused_with_words(els: SignedIn, content: bytes) -> None:
    refused = imported(els, content)

    assert refused.status == 422
    assert refused.problems or "geen formulier" in refused.text


def test_a_question_that_waits_for_itself_is_named(els: SignedIn) -> None:
    form = asking(kind="short_text", show_if={"question": "q", "operator": "answered"})

    made = imported(els, json.dumps(form).encode())
    page = els.get_path(made.location) if made.status == 303 else made

    assert "zichzelf" in page.text


ODD = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=20),
    st.just("\ud800"),
    st.just("\x00"),
    st.lists(st.integers(), max_size=2),
    st.dictionaries(st.text(max_size=5), st.integers(), max_size=2),
    st.just({"question": "project_name", "operator": "is", "value": "x"}),
)


def places(data: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Where something stands in a form."""
    pairs = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    return [path, *(inner for name, value in pairs for inner in places(value, (*path, name)))]


def mutated(path: tuple[Any, ...], odd: Any) -> dict[str, Any]:
    """The form of every kind with something odd at one place."""
    made = copy.deepcopy(EVERY_KIND)
    here: Any = made
    for step in path[:-1]:
        here = here[step]
    here[path[-1]] = odd
    return made


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(path=st.sampled_from([one for one in places(EVERY_KIND) if one]), odd=ODD)
def test_no_form_out_of_a_file_breaks_a_page(els: SignedIn, path: tuple[Any, ...], odd: Any) -> None:
    answer = imported(els, json.dumps(mutated(path, odd)).encode())

    assert answer.status in (303, 422)
    if answer.status == 303:
        assert els.send("GET", answer.location).status == 200
