"""One index, two databases: what is found, in which order, and what is shown of it."""

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from app.core.db.base import db
from app.core.i18n.bilingual import Bilingual
from app.core.search import search_index, spelling, synonyms
from app.core.search.search_index import SearchDocument, excerpt
from app.core.search.words import Part, asked

pytestmark = pytest.mark.usefixtures("app")


def put(number: int, title: str, words: str, *, fr: str = "rien", place: str = "page") -> None:
    search_index.put(
        [
            SearchDocument(
                place, number, Bilingual(f"nl-{number}", f"fr-{number}"), Bilingual(title, title), Bilingual(words, fr)
            )
        ]
    )


def parts(typed: str, language: str) -> list[Part]:
    return [part for group in asked(typed, [language]) for alternative in group for part in alternative]


def titles(typed: str, language: str = "nl") -> list[str]:
    found = search_index.found(typed, language, limit=50)
    assert found.total == len(found.hits)
    return [hit.title for hit in found.hits]


@pytest.mark.parametrize(
    "typed",
    [
        "begeleiding",
        "begeleiden",
        "BEGELEID",
        "bege",
        "coöperatie",
        "cooperatie",
        "coop",
        "Huis-van-Recht",
        "recht huis",
    ],
)
def test_forms_beginnings_accents_and_capitals_do_not_matter(typed: str) -> None:
    put(1, "Een", "Wij begeleiden elke coöperatie in het huis van recht.")
    put(2, "Twee", "Iets heel anders over beleid.")

    assert titles(typed) == ["Een"]


@pytest.mark.parametrize(
    ("typed", "found"), [("coopératives", True), ("entreprises", True), ("Œuvre", True), ("metre", False)]
)
def test_french_is_stemmed_as_french(typed: str, found: bool) -> None:
    put(1, "Un", "niets", fr="Une entreprise coopérative, une œuvre commune. Le maître.")

    assert titles(typed, "fr") == (["Un"] if found else [])


def test_every_word_must_be_there_where_one_thing_has_them_all() -> None:
    put(1, "Een", "wonen in Brussel")
    put(2, "Twee", "werken in Brussel")

    assert titles("brussel wonen") == ["Een"]
    assert sorted(titles("brussel")) == ["Een", "Twee"]


def test_where_nothing_has_all_the_words_some_of_them_do() -> None:
    put(1, "Een", "wonen in Brussel")
    put(2, "Twee", "werken in Gent")

    found = search_index.found("wonen werken", "nl", limit=5)

    assert (found.partly, found.total) == (True, 2)
    assert not search_index.found("wonen", "nl", limit=5).partly


@pytest.mark.parametrize("typed", ["hoe kan ik wonen", "wat is wonen?", "wonen"])
def test_small_words_of_a_sentence_do_not_count(typed: str) -> None:
    put(1, "Een", "samen wonen")

    assert titles(typed) == ["Een"]


def test_small_words_count_where_there_is_nothing_else() -> None:
    put(1, "Een", "wie zijn wij")
    put(2, "Twee", "iets anders")

    assert titles("wie zijn") == ["Een"]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("begeleidng", "begeleiding"),
        ("coperatie", "coöperatie"),
        ("samen begelieding", "samen begeleiding"),
        ("de coperatie-begeleiding?", "de coöperatie-begeleiding?"),
    ],
)
def test_a_typing_error_is_mended_by_the_words_that_texts_hold(typed: str, meant: str) -> None:
    put(1, "Een", "Samen krijgt elke (coöperatie) begeleiding.")

    found = search_index.found(typed, "nl", limit=5)

    assert (found.corrected, [hit.title for hit in found.hits]) == (meant, ["Een"])


@pytest.mark.parametrize("typed", ["begeleid", "xyzxyz", "12345", "bgl"])
def test_a_word_that_is_known_or_like_no_other_is_not_mended(typed: str) -> None:
    put(1, "Een", "Begeleiding voor elke coöperatie.")

    assert search_index.found(typed, "nl", limit=5).corrected == ""


@pytest.mark.parametrize("typed", ["l'alimentaton", "l’alimentaton bio"])
def test_an_error_behind_an_apostrophe_is_mended_and_accents_are_shown(typed: str) -> None:
    put(1, "Un", "niets", fr="De l’alimentation bio, d’équité et d’éthique.")

    assert search_index.found(typed, "fr", limit=5).corrected == typed.replace("alimentaton", "alimentation")
    assert search_index.found("d'equitte", "fr", limit=5).corrected == "d'équité"


def test_words_are_mended_in_their_own_language_and_forgotten_with_the_index() -> None:
    put(1, "Een", "begeleiding", fr="accompagnement")
    assert search_index.found("begeleidng", "fr", limit=5).corrected == ""

    search_index.forget_all()

    assert not spelling.knows_words()


def test_other_words_for_the_same_thing_find_it() -> None:
    synonyms.add("nl", ["crèche", "repair café"], ["kinderopvang", "herstellen"])
    put(1, "Een", "Kinderopvang in de wijk")
    put(2, "Twee", "Fietsen herstellen")
    put(3, "Drie", "Een crèche")
    put(4, "Vier", "Een café")

    assert sorted(titles("Creche")) == ["Drie", "Een", "Twee"]
    assert sorted(titles("het repair café")) == ["Een", "Twee"]
    assert titles("creche wijk") == ["Een"]
    assert titles("creche", "fr") == []


def test_what_is_called_so_comes_first() -> None:
    synonyms.add("nl", ["wie zijn jullie"], ["Over ons"])
    put(1, "Nieuws over ons", "over ons over ons")
    put(2, "Over ons", "een lange tekst " * 40)

    assert titles("over ons")[0] == titles("wie zijn jullie")[0] == "Over ons"


def test_the_title_counts_more_than_the_text() -> None:
    put(1, "Iets", "over voeding, " + "en nog iets " * 5)
    put(2, "Voeding", "over iets " * 6)

    assert titles("voeding") == ["Voeding", "Iets"]


def test_each_language_is_searched_by_itself_and_a_list_in_both() -> None:
    put(1, "Een", "brood", fr="pain", place="enterprise")
    put(1, "Pagina", "brood", fr="pain")

    assert titles("pain") == []
    assert sorted(titles("pain", "fr")) == ["Een", "Pagina"]
    assert list(db.session.scalars(search_index.things("enterprise", "pain"))) == [1]


def test_what_changed_is_found_by_its_present_words_and_what_left_by_none() -> None:
    put(1, "Een", "appel")
    put(1, "Een", "peer")
    assert (titles("appel"), titles("peer")) == ([], ["Een"])

    search_index.forget("page", 1)
    assert titles("peer") == []

    put(1, "Een", "appel")
    search_index.forget_all()
    assert (titles("appel"), search_index.how_many()) == ([], 0)


def test_an_index_that_was_rewound_holds_nothing_of_it() -> None:
    put(1, "Een", "appel")
    db.session.rollback()

    assert titles("appel") == []


@pytest.mark.only_on("sqlite")
def test_fts5_agrees_with_the_rows_it_was_made_from(app: Flask) -> None:
    for number in range(5):
        put(number, f"Titel {number}", "woorden en nog woorden")
    put(3, "Anders", "gewijzigd")
    search_index.forget("page", 4)

    db.session.execute(text("INSERT INTO search_fts (search_fts, rank) VALUES ('integrity-check', 1)"))


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(typed=st.text(max_size=80))
def test_nothing_that_is_typed_breaks_a_query(typed: str) -> None:
    for language in ("nl", "fr"):
        search_index.found(typed, language, limit=3)
    db.session.execute(search_index.things("enterprise", typed)).all()


@pytest.mark.parametrize(
    "typed", ["", "   ", "'", '"', "*", "a* OR b", "NEAR(", "stems:x", "-", "!&|<->", "\\", "( ) :*", "x" * 5000]
)
def test_operators_are_words_or_nothing(typed: str) -> None:
    put(1, "Een", "gewone woorden")

    assert titles(typed) == []


def test_an_excerpt_shows_the_words_where_they_stand() -> None:
    words = "Vooraf staat hier veel. " * 20 + "Wij begeleiden coöperaties in Brussel. " + "Daarna ook. " * 20

    pieces = excerpt(words, parts("begeleiding cooperatie", "nl"), "nl")

    assert [piece for piece, is_asked in pieces if is_asked] == ["begeleiden", "coöperaties"]
    whole = "".join(piece for piece, _ in pieces)
    assert whole.startswith("… ")
    assert whole.endswith(" …")
    assert len(whole) < 320


@given(words=st.text(max_size=400), typed=st.text(max_size=20))
def test_an_excerpt_is_a_part_of_the_text(words: str, typed: str) -> None:
    pieces = [piece for piece, _ in excerpt(words, parts(typed, "fr"), "fr") if piece not in ("… ", " …")]

    assert "".join(pieces) in words
