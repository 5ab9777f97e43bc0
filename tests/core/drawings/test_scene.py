"""Houses beside a title, and the picture of a piece of news."""

from datetime import date
from itertools import pairwise

import pytest

from app.core.drawings.facade import facade
from app.core.drawings.house import house_of
from app.core.drawings.scene import WIDE, news_picture, row, stand_in
from app.core.drawings.street import THINGS

WINTER, SPRING, SUMMER, AUTUMN = (date(2025, month, 10) for month in (1, 4, 7, 10))
LEAVES = THINGS["tree"][1][1]


def test_a_stand_in_is_always_the_same_house() -> None:
    assert stand_in("inspire") == stand_in("inspire")
    assert len({stand_in(f"seed-{number}") for number in range(40)}) > 35


def test_houses_beside_a_title_differ_from_their_neighbours() -> None:
    drawn = str(row(f"partner-{number}" for number in range(20))).split("</svg>")[:-1]

    walls = [one.partition('class="')[2][:30] for one in drawn]

    assert len(drawn) == 20
    assert [pair for pair in pairwise(drawn) if pair[0] == pair[1]] == []
    assert len(set(walls)) > 1


def test_a_picture_has_the_houses_that_the_news_names() -> None:
    casa = house_of("casa-legal", "vzw", "legal", None, 2019)

    assert facade(casa) in news_picture("announcement", WINTER, [casa])
    assert facade(casa) not in news_picture("announcement", WINTER, [])


@pytest.mark.parametrize(
    ("on", "crown"), [(SPRING, "fill-rose"), (SUMMER, "fill-sky"), (AUTUMN, "fill-mimosa")], ids=str
)
def test_trees_have_the_colour_of_the_season(on: date, crown: str) -> None:
    assert f'class="{crown}" d="{LEAVES}"' in news_picture("x", on, [])


def test_trees_are_bare_in_winter() -> None:
    assert LEAVES not in news_picture("x", WINTER, [])


def test_each_piece_of_news_has_its_own_picture_and_keeps_it() -> None:
    pictures = {news_picture(f"article-{number}", SUMMER, []) for number in range(20)}

    assert len(pictures) == 20
    assert news_picture("article-1", SUMMER, []) in pictures


def test_a_wide_picture_has_more_houses() -> None:
    narrow, wide = news_picture("x", SUMMER, []), news_picture("x", SUMMER, [], width=WIDE)

    assert wide.count('class="door"') > narrow.count('class="door"')
    assert f'viewBox="0 0 {WIDE} 330"' in wide
