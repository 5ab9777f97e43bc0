"""Addresses: what can be one, and a message that fits for what cannot."""

import email_validator
import pytest
from flask import Flask

from app.core.i18n.language import speaking
from app.core.text.emails import email_problem, read_email


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("zoe", "met een @"),
        ("zoe@exemple", "Na de @ ontbreekt iets als .be"),
        ("zoe@", "Na de @ ontbreekt iets als .be"),
        ("@exemple.be", "Voor de @ ontbreekt iets"),
        ("zoe@a.be, jan@b.be", "één e-mailadres"),
        ("zoe janssens@example.be", "spaties"),
        ("zoe@exam_ple.be", "een teken"),
        ("z" * 250 + "@example.be", "korter"),
    ],
)
def test_each_wrong_address_has_a_message_that_fits(app: Flask, typed: str, said: str) -> None:
    with speaking("nl"):
        problem = email_problem(typed)

    assert problem is not None
    assert said in problem


def test_a_right_address_has_none(app: Flask) -> None:
    assert email_problem(" Zoe@Example.be ") is None
    assert read_email(" Zoe@Example.be ") == "Zoe@example.be"


def test_an_address_that_is_too_long_is_refused_before_it_is_parsed(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(email_validator, "validate_email", lambda *_given, **_more: pytest.fail("parsed"))

    assert read_email("a" * 255) is None
    assert email_problem("a." * 500_000 + "@example.be")
