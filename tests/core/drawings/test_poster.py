"""The picture that travels with a link: it holds whatever is written on it, and nothing runs over."""

import re
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from app.core.drawings.house import house_of
from app.core.drawings.lettering import BOLD, NARROW, Block, Face, fitted, known, wrapped
from app.core.drawings.poster import FILLS, HEIGHT, LINE, PLASTER, WIDTH, Poster, drawn
from config import ROOT

FONT = ROOT / "static" / "fonts" / "coopcity-sans.woff2"
FACE = Face(FONT, 40, BOLD, NARROW)
HOUSES = tuple(house_of(f"house-{number}", "cv", "food", number) for number in range(1, 9))
LONGEST = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft " * 9


def block(words: str) -> Block:
    return fitted(words, FONT, weight=BOLD, stretch=NARROW, width=800, sizes=(88, 40), lines=3, height=190)


def picture(**changes: object) -> Image.Image:
    given: dict[str, object] = {"names": ("Nieuws", "Actualités"), "title": "Seeds", "note": "Nu", "houses": HOUSES}
    return Image.open(BytesIO(drawn(Poster(**(given | changes)), FONT)))  # type: ignore[arg-type]


def test_few_words_are_large_and_many_are_small() -> None:
    assert block("Seeds").face.size == 88
    assert block("Le gouvernement bruxellois pérennise Coopcity").face.size > 60
    assert block("een lange titel " * 12).face.size == 40


@settings(deadline=None, max_examples=60)
@given(st.text(max_size=400) | st.text("abcdefghij ", min_size=200, max_size=400))
def test_nothing_runs_over(words: str) -> None:
    found = block(words)

    assert len(found.lines) <= 3
    assert found.height <= 190
    assert all(found.face.width(line) <= 800 for line in found.lines)


def test_what_is_too_long_ends_in_an_ellipsis() -> None:
    assert block(LONGEST).lines[-1].endswith("…")
    assert not block("een lange titel " * 6).lines[-1].endswith("…")


def test_a_hard_space_holds_a_number_and_its_unit_together() -> None:
    lines = wrapped("maandag 8\u00a0februari 2027, 18.30\u00a0uur", FACE, 190)

    assert "8\u00a0februari" in " ".join(lines).split(" ")
    assert len(lines) > 1


@pytest.mark.parametrize(
    ("written", "shown"),
    [("Łódź şıç", "Lódz siç"), ("Café 😀 汉字 bio", "Café bio"), ("œuvre « été »", "œuvre « été »"), ("😀", "")],
)
def test_letters_that_the_font_lacks_are_written_plainly(written: str, shown: str) -> None:
    assert " ".join(known(written, FACE).split()) == shown


@pytest.mark.parametrize("title", ["Seeds", LONGEST, "", "😀", "a\u00a0b" * 200])
@pytest.mark.parametrize("houses", [(), HOUSES[:1], HOUSES])
def test_a_picture_has_its_size_and_weight(title: str, houses: tuple[object, ...]) -> None:
    content = drawn(Poster(("Agenda",), title, LONGEST, houses), FONT)  # type: ignore[arg-type]
    made = Image.open(BytesIO(content))

    assert (made.format, made.size, made.mode) == ("PNG", (1200, 630), "P")
    assert len(content) < 100_000


def test_the_margins_stay_empty_whatever_is_written() -> None:
    made = picture(title=LONGEST, note=LONGEST).convert("RGB")

    edges = [made.crop((0, 0, 60, 380)), made.crop((WIDTH - 60, 0, WIDTH, 380)), made.crop((0, 0, WIDTH, 50))]
    assert [len(edge.getcolors() or ()) for edge in edges] == [1, 1, 1]


def test_the_street_stands_at_the_bottom_in_its_colours() -> None:
    made = picture().convert("RGB")
    colours = {f"#{r:02x}{g:02x}{b:02x}" for _count, (r, g, b) in made.crop((0, 450, WIDTH, HEIGHT)).getcolors(9999)}

    assert {PLASTER, LINE, FILLS["light"]} <= colours
    assert made.getpixel((600, 608)) == (0x1C, 0x3F, 0x8F)


def test_the_key_tells_pictures_apart_and_the_same_one_again() -> None:
    one, again = (Poster(("a",), "b", "c", HOUSES) for _time in range(2))

    assert one.key == again.key
    assert len({one.key, Poster(("a",), "b", "c", HOUSES[1:]).key, Poster(("a",), "b", "d", HOUSES).key}) == 3


def test_colours_are_those_of_the_site() -> None:
    tokens = (ROOT / "static" / "css" / "tokens.css").read_text().partition("@media (prefers-color-scheme")[0]
    named = dict(re.findall(r"--([a-z0-9-]+):(#[0-9a-f]{3,6})", tokens))

    fills = {name: colour for name, colour in named.items() if name.startswith("fill-")}
    assert fills | {"pane": named["pane"], "light": named["lit"], "door": named["door"]} == FILLS
    assert (named["plaster"], named["line"]) == (PLASTER, LINE)
