"""What may be published as a form, and what is refused with which sentence."""

import json
from copy import deepcopy
from typing import Any

import pytest
from pydantic import ValidationError

from app.questionnaires.rules.definition import Definition, Faulty, digest
from tests.builders import the_form
from tests.every_kind import EVERY_KIND

WORDS = {"nl": "een", "fr": "un"}


def a_form(*questions: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {
        "key": "f",
        "title": WORDS,
        "sections": [{"key": "s", "title": WORDS, "questions": list(questions)}],
        **more,
    }


def q(key: str, kind: str = "short_text", **more: Any) -> dict[str, Any]:
    return {"key": key, "kind": kind, "label": {"nl": f"Vraag {key}", "fr": f"Question {key}"}, **more}


def when(question: str, value: str = "x", operator: str = "is") -> dict[str, str]:
    return {"question": question, "operator": operator, "value": value}


def sentences(data: object) -> list[str]:
    with pytest.raises(Faulty) as refused:
        Definition.read(data)
    return refused.value.sentences


def test_the_application_form_may_go_out() -> None:
    form = Definition.read(the_form())

    assert [section.key for section in form.sections] == [
        "team",
        "project",
        "purpose",
        "economy",
        "governance",
        "roots",
        "practical",
    ]
    assert form.question("project_name").limit == 80
    assert form.section_of("need").key == "purpose"
    assert form.number("contact_first_name") == 1
    assert form.monitoring_section.questions[0].key == "gender"
    assert not form.has("gender")


def test_a_form_never_changes_after_it_was_read() -> None:
    form = Definition.read(EVERY_KIND)

    with pytest.raises(ValidationError):
        form.sections[0].questions[0].limit = 9


def test_a_digest_names_what_a_form_says_and_not_how_it_is_spelled() -> None:
    turned = json.loads(json.dumps(EVERY_KIND, sort_keys=True))
    changed = deepcopy(EVERY_KIND)
    changed["title"]["nl"] += "!"

    assert digest(turned) == digest(EVERY_KIND)
    assert digest(changed) != digest(EVERY_KIND)
    assert len(digest(turned)) == 64


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (a_form(q("a"), q("a")), "“a” is there twice"),
        (a_form(q("revision")), "“revision” is a word that the page itself needs"),
        (a_form(q("a", label={"nl": "een"})), "“een” has no text in français"),
        (a_form(q("a", label={"nl": " ", "fr": "un"})), "“un” has no text in Nederlands"),
        (a_form(q("a", help={"nl": "", "fr": "un"})), "“Vraag a (Help)” has no text in Nederlands"),
        (a_form(q("a", label={})), "“Question 1” has no text in Nederlands"),
        (a_form(q("a", "group", fields=[q("b", label={})])), "“Vraag a (Field 1)” has no text in français"),
        (a_form(q("a", choices=[{"code": "y", "label": {}}])), "“Vraag a (Answer 1)” has no text in français"),
        (
            a_form(q("a", "group", fields=[q("b", "group", fields=[q("c", label={"nl": "diep"})])])),
            "“Vraag a (Vraag b, diep)” has no text in français",
        ),
        (a_form(q("s", label={"nl": "Vraag s"})), "“Vraag s” has no text in français"),
        (
            a_form(sections=[{"key": "s", "title": WORDS, "lead": {}, "questions": [q("s")]}]),
            "“een (Introduction)” has no text in français",
        ),
        (a_form(q("a"), title={"nl": "een"}), "“Name of the form” has no text in français"),
        (a_form(q("a"), monitoring=[q("b", label={})]), "“Question 1 of the statistics” has no text in français"),
        ({"key": "f", "title": WORDS, "sections": [{"key": "s", "title": {}}]}, "“Part 1” has no text in français"),
        (a_form(q("a", "one_choice")), "“Vraag a” needs answers to choose from"),
        (a_form(q("a", simple={"nl": "een"})), "“Vraag a (In plain language)” has no text in français"),
        (a_form(q("a", example={"fr": "un"})), "“Vraag a (Example)” has no text in Nederlands"),
        (a_form(q("a", "group")), "“Vraag a” needs at least one field"),
        (a_form(q("a", "group", fields=[q("b"), q("b")])), "In “Vraag a”, “b” is there twice"),
        (a_form(q("a", "group", fields=[q("b", "files")])), "“Vraag b” cannot stand inside “Vraag a”"),
        (a_form(q("a", "sectors", least=3, most=2)), "“Vraag a” asks for more than it allows"),
        (a_form(q("a", show_if=when("b"))), "depends on “b”, which is not in this form"),
        (a_form(q("a", show_if=when("a"))), "“Vraag a” depends on itself in a circle"),
        (a_form(q("a", show_if=when("b")), q("b", show_if=when("a"))), "“Vraag b” depends on itself in a circle"),
        (a_form(q("a", "files"), q("b", show_if=when("a"))), "“Vraag b” cannot depend on “Vraag a”"),
        (
            a_form(q("a", "one_choice", choices=[{"code": "y", "label": WORDS}]), q("b", show_if=when("a"))),
            "“Vraag b” waits for the answer “x”, which “Vraag a” does not offer",
        ),
        (a_form(), "“een” has no question yet"),
        ({"key": "f", "title": WORDS}, "The form has no section yet"),
        (a_form(q("a"), declarations=[{"key": "d", "version": "1", "text": {"nl": "ja"}}]), "“ja” has no text"),
        (a_form(q("a"), monitoring=[q("b", show_if=when("a"))]), "“Vraag b” cannot stand inside “Statistics”"),
        (a_form(q("a", label="een")), "sections.0.questions.0.label"),
        (a_form(q("a", "riddle")), "sections.0.questions.0.kind"),
        (a_form(q("a", limmit=3)), "sections.0.questions.0.limmit"),
        (a_form(q("Not a key")), "sections.0.questions.0.key"),
        (None, "Definition"),
    ],
)
def test_a_faulty_form_is_refused_with_a_sentence(data: Any, says: str) -> None:
    assert any(says in sentence for sentence in sentences(data))


def test_all_faults_are_named_at_once() -> None:
    data = a_form(q("a", label={"nl": "een"}), q("a"), q("b", "one_choice"))

    assert len(sentences(data)) == 3
