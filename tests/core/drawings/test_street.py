"""The street of the home page: every house once, a link with a name, rising, with the light of the hour."""

import re
from itertools import pairwise

from bs4 import BeautifulSoup, Tag

from app.core.drawings.house import house
from app.core.drawings.street import GROUND, SCALE, WIDTH, Address, lit_at, skyline

FILLS = ("fill-white", "fill-brick", "fill-rose", "fill-mimosa", "fill-sky", "fill-sand")


def addresses(count: int, *, jobs: int | None = None) -> list[Address]:
    return [
        Address(
            house(f"house-{n}", ("cv", "vzw", "bv")[n % 3], FILLS[n % 6], jobs=jobs), f"House {n}", f"/nl/house-{n}"
        )
        for n in range(count)
    ]


def street(shown: list[Address], hour: int = 12) -> Tag:
    drawn = skyline(shown, free=("Room for you", "/nl/finder"), name="The street", hour=hour)
    picture = BeautifulSoup(drawn, "html.parser").svg
    assert picture is not None
    return picture


def test_each_house_stands_once_and_is_a_link_with_a_name() -> None:
    picture = street(addresses(40))

    pages = [(str(link["href"]), str(link["aria-label"])) for link in picture.select("a")]
    assert pages[0] == ("/nl/finder", "Room for you")
    assert len(pages) == len(set(pages)) > 8
    assert all(page.removeprefix("/nl/house-") == name.removeprefix("House ") for page, name in pages[1:])
    assert (picture["role"], picture["aria-label"]) == ("group", "The street")


def test_no_house_is_cut_off_and_walls_meet() -> None:
    for count in (1, 5, 12, 40):
        picture = street(addresses(count))
        walls = {one.page: one.house.width for one in addresses(count)}
        shifts = [
            (float(re.findall(r"translate\((-?[\d.]+) ", str(link.g))[0]), walls[str(link["href"])])
            for link in picture.select("a")[1:]
        ]
        for (left, width), (right, _width) in pairwise(shifts):
            assert abs(right - left - width * SCALE) < 0.2
        assert shifts[0][0] > 0
        assert shifts[-1][0] + shifts[-1][1] * SCALE <= WIDTH + 1


def test_it_rises_towards_the_right() -> None:
    floors = {one.page: one.house.floors for one in addresses(12)}

    row = [floors[str(link["href"])] for link in street(addresses(12)).select("a")[1:]]

    assert row == sorted(row)


def test_neighbours_differ_in_colour_where_they_can() -> None:
    row = street(addresses(12, jobs=1)).select("a")[1:]
    fills = {one.page: one.house.fill for one in addresses(12)}

    assert all(fills[str(left["href"])] != fills[str(right["href"])] for left, right in pairwise(row))


def test_more_windows_have_light_in_the_evening_than_by_day_or_at_night() -> None:
    def lit(hour: int) -> int:
        return sum(len(lit_at(one.house, one.page, hour).lit) for one in addresses(40))

    assert lit(19) > 2 * lit(12) > 0
    assert lit(19) > 2 * lit(3) > 0
    assert lit(19) == lit(22)


def test_an_empty_street_has_its_free_plot_and_its_trees() -> None:
    picture = street([])

    assert len(picture.select("a")) == 1
    assert len(picture.select("[aria-hidden=true] g")) > 10


def test_who_is_out_stands_on_the_ground() -> None:
    heights = re.findall(r'<g transform="translate\(-?[\d.]+ (-?[\d.]+)\)">', str(street(addresses(12))))

    assert heights
    assert all(GROUND <= float(height) < GROUND + 60 for height in heights)
