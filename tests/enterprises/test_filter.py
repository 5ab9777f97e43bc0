"""What is found, in which order, and where a stretch of the street begins."""

from dataclasses import dataclass

import pytest
from werkzeug.datastructures import MultiDict

from app.core.bilingual import Bilingual
from app.enterprises.forms import LONGEST_SEARCH, order, showcase_filter
from app.enterprises.rules import Filter, matches, ordered, stretch

PITCH = Bilingual("Recht voor iedereen.", "Le droit pour tout le monde.")


@dataclass(frozen=True)
class House:
    slug: str = "casa"
    name: str = "Casa Légale"
    pitch: Bilingual = PITCH
    sector: str = "justice"
    legal_form: str = "asbl"
    municipality: str = "21013"
    founded: int | None = 2019


@pytest.mark.parametrize("text", ["", "casa", "LEGALE", "légale casa", "iedereen", "tout le monde", "  droit   casa "])
def test_words_are_found_in_name_and_pitch_of_both_languages_without_accents(text: str) -> None:
    assert matches(House(), Filter(text=text))


@pytest.mark.parametrize("text", ["brouwerij", "casa brouwerij", "%", "_", "casa'--"])
def test_every_word_must_be_there(text: str) -> None:
    assert not matches(House(), Filter(text=text))


@pytest.mark.parametrize(
    ("wanted", "fits"),
    [
        (Filter(sector=frozenset({"justice", "food"})), True),
        (Filter(sector=frozenset({"food"})), False),
        (Filter(legal_form=frozenset({"asbl"}), municipality="21013"), True),
        (Filter(legal_form=frozenset({"asbl"}), municipality="21004"), False),
        (Filter(text="casa", sector=frozenset({"food"})), False),
    ],
)
def test_choices_of_one_kind_add_up_and_kinds_narrow(wanted: Filter, fits: bool) -> None:
    assert matches(House(), wanted) is fits


def test_a_filter_can_be_opened_again() -> None:
    wanted = Filter("casa", frozenset({"food", "work"}), frozenset({"cv"}), "21013")

    assert wanted.without("text") == Filter("", wanted.sector, wanted.legal_form, "21013")
    assert wanted.without("sector").sector == frozenset()
    assert wanted.without("municipality").municipality == ""
    assert wanted.less(sector="food").sector == {"work"}
    assert wanted.less(legal_form="cv").legal_form == frozenset()


def test_orders() -> None:
    street = [House("b", "Été", founded=None), House("c", "casa", founded=2015), House("a", "Zinneke", founded=2020)]

    assert [row.slug for row in ordered(street, "place")] == ["b", "c", "a"]
    assert [row.slug for row in ordered(street, "name")] == ["c", "b", "a"]
    assert [row.slug for row in ordered(street, "year")] == ["a", "c", "b"]


def test_stretch_begins_after_a_house() -> None:
    street = [House(slug) for slug in "abcde"]

    assert stretch(street, "", 2) == (0, street[:2])
    assert stretch(street, "b", 2) == (2, street[2:4])
    assert stretch(street, "e", 2) == (5, [])
    assert stretch(street, "gone", 2) == (0, street[:2])


def test_what_makes_no_sense_in_an_address_is_left_out() -> None:
    hostile = MultiDict(
        [("q", "x\x00" * 200), ("sector", "food"), ("sector", "'; DROP"), ("form", "zz"), ("municipality", "00000"),
         ("sort", "price"), ("lang", "fr"), ("_scheme", "x")]
    )  # fmt: skip

    wanted = showcase_filter(hostile)

    assert (wanted.sector, wanted.legal_form, wanted.municipality) == ({"food"}, frozenset(), "")
    assert wanted.text == "x" * LONGEST_SEARCH
    assert order(hostile) == "place"
