"""A message names its question once: the label in front where the message does not say it."""

import pytest
from flask import Flask

from app.core.http.forms import about
from app.core.i18n.language import speaking


@pytest.mark.parametrize(
    ("label", "message"),
    [
        ("Dag", "Kies een dag"),
        ("Je antwoord", "Kies een antwoord"),
        ("Het team beveelt aan", "Kies wat het team aanbeveelt"),
        ("Laatste dag om te antwoorden", "Kies een laatste dag voor het antwoord"),
        ("Votre réponse", "Choisissez une réponse"),
        ("Étiquette", "Écrivez l’etiquette"),
        ("Pourquoi ce choix ?", "Indiquez pourquoi vous faites tel choix"),
    ],
)
def test_a_label_that_the_message_says_is_not_said_twice(app: Flask, label: str, message: str) -> None:
    with speaking("nl"):
        assert about(label, message) == message


@pytest.mark.parametrize(
    ("label", "message"),
    [
        ("Vrije momenten", "Kies een moment"),
        ("Bericht aan de kandidaat", "Schrijf eerst een bericht"),
        ("Gewicht", "Kies een getal van 0 tot 100"),
        ("Leden van het gesprekspanel", "Daan heeft dan al een ander gesprek"),
        ("Membres du panel d’entretien", "Cochez au moins une personne"),
    ],
)
def test_a_message_that_does_not_name_its_question_gets_its_name(app: Flask, label: str, message: str) -> None:
    with speaking("nl"):
        assert about(label, message) == f"‘{label}’: {message}"
