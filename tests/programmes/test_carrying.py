"""What a visitor said goes along: finder, check, form. The table in the content agrees with all three."""

import tomllib
from typing import Any

import pytest

from app.core.belgium.lists import MUNICIPALITIES
from app.programmes.forms.finder import QUESTIONS, ROWS
from app.programmes.forms.rows import ANSWERS
from app.programmes.rules.carrying import MUNICIPALITY, SUBJECTS, asked_in, is_answer, proposals, raw_answers
from app.programmes.rules.eligibility import KINDS, KNOWN, offered, verdicts
from app.questionnaires.rules.definition import Definition
from tests.house.source import CONTENT

FINDER = {name: list(choices) for name, _question, choices in QUESTIONS}


def form(name: str = "application") -> Definition:
    return Definition.read(tomllib.loads((CONTENT / "questionnaires" / f"{name}.toml").read_text(encoding="utf-8")))


class Asked:
    """A question of the check as the rule sees it."""

    def __init__(self, kind: str, position: int = 1) -> None:
        self.kind, self.position = kind, position


def test_every_subject_but_the_municipality_is_a_question_of_the_finder_with_its_answers() -> None:
    assert set(SUBJECTS) - {MUNICIPALITY} == set(FINDER)
    for key, codes in FINDER.items():
        subject = SUBJECTS[key]
        assert set(subject.answers) <= set(codes)
        assert {subject.yes, subject.no} - {""} in (set(), set(codes))


def test_every_question_of_the_finder_is_asked_by_the_check_of_the_starting_content() -> None:
    rows = tomllib.loads((CONTENT / "eligibility.toml").read_text(encoding="utf-8"))["question"]

    assert {row["kind"] for row in rows} == {"yes_no", *FINDER}
    assert set(KINDS) == set(ANSWERS) == {"yes_no", *FINDER}


def test_every_answer_that_goes_along_exists_in_the_form() -> None:
    asked = asked_in(form())

    assert set(asked) == {"stage", "team", "municipalities"}
    assert {one.question for one in SUBJECTS.values()} - {""} == set(asked)
    for subject in SUBJECTS.values():
        for code in subject.answers.values():
            assert is_answer(asked[subject.question], code, "nl"), f"{subject.key}: {code}"
    assert all(is_answer(asked["municipalities"], code, "fr") for code in MUNICIPALITIES)
    assert set(ROWS) == set(SUBJECTS["team"].answers.values())


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({}, {}),
        ({"stage": "start", "team": "two", "aim": "purpose"}, {"stage": "test", "team": "2"}),
        ({"stage": "several", "team": "one"}, {"team": "1"}),
        ({"place": "brussels"}, {}),
        ({"place": "other"}, {"municipalities": "outside"}),
        ({"place": "brussels", "municipality": "21015"}, {"municipalities": "21015"}),
        ({"stage": "nonsense", "municipality": "99"}, {}),
    ],
)
def test_the_form_proposes_what_was_said(given: dict[str, str], expected: dict[str, str]) -> None:
    assert proposals(form(), given, "nl") == expected
    assert proposals(form("inspire"), given, "fr") == {}  # it asks none of these


def test_chosen_answers_have_the_shape_in_which_the_form_stores_them() -> None:
    chosen = {"stage": "test", "team": "2", "municipalities": "21015", "need": "x"}

    assert raw_answers(form(), chosen, "Amina") == {
        "team": {"team": [{"name": "Amina"}, {}]},
        "project": {"stage": "test", "municipalities": ["21015"]},
    }
    assert raw_answers(form(), {"stage": ""}, "Amina") == {}


@pytest.mark.parametrize("kind", KNOWN)
def test_the_check_reads_the_answers_of_the_finder(kind: str) -> None:
    yes, no = offered(kind)

    def result(answer: str) -> Any:
        return verdicts([Asked(kind)], {kind: answer}, "idea")[0]

    assert [result(code).fits for code in (yes, no, "yes", "")] == [True, False, None, None]
    assert result(yes).name == kind
    assert verdicts([Asked("yes_no", 3)], {"q3": "yes"}, "")[0].fits
