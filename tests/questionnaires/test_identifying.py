"""Which questions ask who somebody is, whatever was ticked."""

from typing import Any

import pytest

from app.questionnaires.rules.definition import Definition, Question
from app.questionnaires.rules.identifying import is_identifying
from tests.builders import the_form


def a_question(label: str, other: str = "x", **values: Any) -> Question:
    """A question with this label in Dutch or in French."""
    return Question.model_validate({"key": "q1", "kind": "short_text", "label": {"nl": label, "fr": other}, **values})


@pytest.mark.parametrize("kind", ["email", "phone", "link", "enterprise_number"])
def test_a_contact_is_personal_by_its_kind(kind: str) -> None:
    assert is_identifying(a_question("Hoe bereiken we je?", kind=kind))


@pytest.mark.parametrize(
    "label", ["Voornaam", "Naam en voornaam van de contactpersoon", "Votre nom", "Nom et prénom", "Nom de famille"]
)
def test_a_name_is_personal_by_its_words(label: str) -> None:
    assert is_identifying(a_question(label))
    assert is_identifying(a_question("x", label))


@pytest.mark.parametrize("label", ["Naam van je project", "Nom du projet", "Rol", "Quel est le nom de votre marque ?"])
def test_other_short_texts_are_not(label: str) -> None:
    assert not is_identifying(a_question(label))
    assert is_identifying(a_question(label, personal=True))
    assert is_identifying(a_question(label, autocomplete="family-name"))


def test_the_form_of_the_house_hides_people_and_no_project() -> None:
    form = Definition.read(the_form())

    found = {one.key for one in form.questions if is_identifying(one)}

    assert found == {
        "contact_first_name",
        "contact_last_name",
        "contact_email",
        "contact_phone",
        "enterprise_number",
        "adjustments",
    }
