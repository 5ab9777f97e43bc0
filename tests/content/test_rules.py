"""The publish gate, named links, parts of a text, reading time."""

import pytest

from app.content.rules import PLACES, gaps, reading_minutes, sections, texts_of, with_addresses
from tests.builders import both


def test_gap_is_a_side_that_is_empty_while_the_other_is_not() -> None:
    texts = {"title": both("Titel", "Titre"), "lead": both("Inleiding", " \n"), "body": both("", "")}

    assert gaps(texts) == [("lead", "fr")]
    assert gaps({"lead": both("", "Chapeau")}) == [("lead", "nl")]


def test_named_links_become_addresses() -> None:
    places = {("enterprise", "casa-legal"): "/nl/ondernemingen/casa-legal"}
    source = "Zie [Casa Legal](enterprise:casa-legal) en [dit](page:nergens)."

    assert with_addresses(source, lambda kind, name: places.get((kind, name))) == (
        "Zie [Casa Legal](/nl/ondernemingen/casa-legal) en dit."
    )


@pytest.mark.parametrize(
    "source",
    [
        "[mail](mailto:x)",
        "[bel](tel:022345678)",
        "[site](https://example.be/a:b)",
        "[x](/nl/contact)",
        "[a] (page:home)",
    ],
)
def test_other_links_stay_as_they_are(source: str) -> None:
    assert with_addresses(source, lambda _kind, _name: "/elders") == source


def test_text_falls_apart_at_its_headings() -> None:
    source = "Vooraf.\n\n## Eerst\n\nEen\n\n### Dieper\n\nTwee\n\n## Dan ##\nDrie"

    assert sections(source) == [("", "Vooraf."), ("Eerst", "Een\n\n### Dieper\n\nTwee"), ("Dan", "Drie")]


def test_text_without_headings_is_one_part_and_no_text_none() -> None:
    assert sections("Alles.") == [("", "Alles.")]
    assert sections("  \n") == []


def test_reading_time_is_never_none() -> None:
    assert reading_minutes("") == 1
    assert reading_minutes("woord " * 500, "woord " * 120) == 3


def test_editors_are_not_asked_for_a_text_that_is_shown_nowhere() -> None:
    assert texts_of("demo_note") == ("title", "lead")
    assert texts_of("contact") == ("title", "lead", "body")
    assert set(PLACES) - {"home", "programmes", "enterprises", "agenda", "news"} == {
        "impact",
        "about",
        "contact",
        "privacy",
        "accessibility",
        "terms",
        "faq",
    }
