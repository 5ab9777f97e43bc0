"""Belgium's lists are whole and sorted for each language; enterprise numbers are read in any spelling."""

import pytest

from app.core.belgium.enterprise_number import LONGEST, Slip, digits_of, slip_in, written
from app.core.belgium.lists import (
    LEGAL_FORMS,
    MUNICIPALITIES,
    MUNICIPALITY_EXTRAS,
    SECTORS,
    in_order,
    municipality_name,
)
from app.core.i18n.bilingual import LOCALES
from app.core.text.cleaning import folded


@pytest.mark.parametrize(
    ("typed", "digits"),
    [
        ("0403.227.515", "0403227515"),
        ("0566.988.259", "0566988259"),
        ("0427.178.892", "0427178892"),
        ("BE 0403.227.515", "0403227515"),
        ("be0403227515", "0403227515"),
        ("403227515", "0403227515"),
        ("BE 403 227 515", "0403227515"),
        (" 0403-227-515 ", "0403227515"),
        ("BE(0)403227515", "0403227515"),
        ("1000.000.021", "1000000021"),
        ("0000.000.097", "0000000097"),
        ("0000.000.196", "0000000196"),
        ("0000.000.295", "0000000295"),
    ],
)
def test_number_is_read_in_any_spelling(typed: str, digits: str) -> None:
    assert (digits_of(typed), slip_in(typed)) == (digits, None)


@pytest.mark.parametrize(
    ("typed", "slip"),
    [
        ("0403.227.516", Slip.CHECK_DIGITS),
        ("1000.000.036", Slip.CHECK_DIGITS),
        ("0000.000.000", Slip.CHECK_DIGITS),
        ("2403.227.515", Slip.ESTABLISHMENT),
        ("8012.345.678", Slip.ESTABLISHMENT),
        ("", Slip.NOT_TEN_DIGITS),
        ("12345678", Slip.NOT_TEN_DIGITS),
        ("0403.227.5155", Slip.NOT_TEN_DIGITS),
        ("0403.227.51x", Slip.NOT_TEN_DIGITS),
        ("٠٤٠٣٢٢٧٥١٥", Slip.NOT_TEN_DIGITS),
        ("BE", Slip.NOT_TEN_DIGITS),
        ("\x000403227515", Slip.NOT_TEN_DIGITS),
        ("0403227515" + " " * LONGEST, Slip.NOT_TEN_DIGITS),
    ],
)
def test_slip_in_a_number_is_named(typed: str, slip: Slip) -> None:
    assert slip_in(typed) == slip


def test_number_is_written_with_dots() -> None:
    assert written("0403227515") == "0403.227.515"


def test_there_are_nineteen_municipalities_with_their_own_codes() -> None:
    assert sorted(MUNICIPALITIES) == [str(21001 + number) for number in range(19)]
    assert MUNICIPALITIES["21013"].postcodes == ("1060",)


@pytest.mark.parametrize("entries", [LEGAL_FORMS, SECTORS, MUNICIPALITIES], ids=["forms", "sectors", "places"])
def test_every_entry_has_a_name_of_its_own_in_both_languages(entries: dict[str, object]) -> None:
    for locale in LOCALES:
        names = [entry.name[locale] for entry in entries.values()]  # type: ignore[attr-defined]

        assert all(names)
        assert len(set(names)) == len(names)


def test_municipalities_are_sorted_for_their_readers() -> None:
    dutch = [place.name["nl"] for place in in_order(MUNICIPALITIES.values(), "nl")]
    french = [place.name["fr"] for place in in_order(MUNICIPALITIES.values(), "fr")]

    assert dutch[:5] == ["Anderlecht", "Brussel-Stad", "Elsene", "Etterbeek", "Evere"]
    assert french[:5] == ["Anderlecht", "Auderghem", "Berchem-Sainte-Agathe", "Bruxelles-Ville", "Etterbeek"]


def test_accents_and_capitals_do_not_decide_the_order() -> None:
    french = [sector.name["fr"] for sector in in_order(SECTORS.values(), "fr")]

    assert french.index("Économie circulaire et réemploi") < french.index("Emploi et insertion")
    assert folded("Œuvre d’Été") == folded("oeuvre d'ete")


def test_what_fits_nowhere_else_comes_last() -> None:
    assert [in_order(SECTORS.values(), locale)[-1].code for locale in LOCALES] == ["other", "other"]


def test_name_behind_a_code() -> None:
    assert municipality_name("21013", "nl") == "Sint-Gillis"
    assert municipality_name("outside", "fr") == MUNICIPALITY_EXTRAS["outside"]["fr"]
    assert municipality_name("", "nl") == municipality_name("99999", "nl") == ""
