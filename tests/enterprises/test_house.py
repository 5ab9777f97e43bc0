"""A house tells the legal form, the sector and the jobs, is always the same one, and is drawn within its frame."""

import re
from itertools import pairwise

import pytest
from bs4 import BeautifulSoup

from app.core.belgium.lists import LEGAL_FORMS, SECTORS
from app.enterprises.rules.facade import GABLE_HEIGHTS
from app.enterprises.rules.house import House, house, house_of, skyline, street, svg

SEEDS = [f"enterprise-{number}" for number in range(60)]
OUTLINE = re.compile(r"(?:[MmVvHhLlAaQqTtz](?:-?\d+(?:\.\d)?[ ]?)*)+")
FILLS = {
    "fill-white",
    "fill-brick",
    "fill-rose",
    "fill-mimosa",
    "fill-enamel",
    "fill-sky",
    "fill-sand",
    "pane",
    "light",
    "door",
    "outline",
}


def drawn(seed: str = "casa-legal", gable: str = "cv", fill: str = "fill-brick", jobs: int | None = None) -> House:
    return house(seed, gable, fill, jobs)


def test_a_house_never_changes() -> None:
    assert drawn("cooplteasy") == drawn("cooplteasy")
    assert svg(drawn("cooplteasy")) == svg(drawn("cooplteasy"))


def test_houses_differ() -> None:
    assert len({svg(drawn(seed)) for seed in SEEDS}) > len(SEEDS) / 2


@pytest.mark.parametrize(("jobs", "floors"), [(0, 1), (1, 1), (2, 1), (3, 2), (5, 2), (6, 3), (400, 3)])
def test_floors_tell_the_jobs(jobs: int, floors: int) -> None:
    assert {drawn(seed, jobs=jobs).floors for seed in SEEDS} == {floors}


def test_without_known_jobs_the_name_decides() -> None:
    assert {drawn(seed).floors for seed in SEEDS} == {1, 2, 3}


def test_somebody_is_always_at_home() -> None:
    for one in map(drawn, SEEDS):
        assert one.lit
        assert max(one.lit) < one.floors * one.bays
        assert one.door < one.bays


@pytest.mark.parametrize("gable", GABLE_HEIGHTS)
def test_every_gable_is_drawn_with_valid_paths(gable: str) -> None:
    for seed in SEEDS:
        picture = BeautifulSoup(svg(drawn(seed, gable)), "html.parser")

        for path in picture.select("path"):
            assert OUTLINE.fullmatch(str(path["d"])), path["d"]
            assert set(path["class"]) <= FILLS


@pytest.mark.parametrize("gable", GABLE_HEIGHTS)
def test_gables_look_different(gable: str) -> None:
    others = GABLE_HEIGHTS.keys() - {gable}

    assert svg(drawn(gable=gable)) not in {svg(drawn(gable=other)) for other in others}


def test_the_picture_says_nothing_to_a_screen_reader_and_scales() -> None:
    picture = BeautifulSoup(svg(drawn(jobs=1), 0.5), "html.parser").svg

    assert picture is not None
    assert (picture["aria-hidden"], picture["focusable"]) == ("true", "false")
    width, height = (float(side) for side in str(picture["viewbox"]).split()[2:])
    assert (picture["width"], picture["height"]) == (str(round(width / 2)), str(round(height / 2)))


@pytest.mark.parametrize("form", LEGAL_FORMS)
def test_every_legal_form_has_a_gable(form: str) -> None:
    assert house_of("a", form, "", None).gable in GABLE_HEIGHTS


@pytest.mark.parametrize("sector", SECTORS)
def test_every_sector_has_a_colour(sector: str) -> None:
    assert house_of("a", "", sector, None).fill == SECTORS[sector].fill in FILLS


def test_unknown_codes_give_a_plain_house() -> None:
    plain = house_of("a", "no-such-form", "no-such-sector", None)

    assert (plain.gable, plain.fill) == ("bv", "fill-white")


def shifts(row: str) -> list[float]:
    return [float(found) for found in re.findall(r"translate\((-?[\d.]+) ", row)]


def test_houses_in_a_street_share_their_walls() -> None:
    first, second = drawn("a"), drawn("b")

    assert shifts(street([first, second])) == [0, first.wall]


def test_a_skyline_fills_the_width_and_rises() -> None:
    houses = [drawn(str(jobs), jobs=jobs) for jobs in (9, 1, 4)]
    row = skyline(houses, width=1440)

    heights = [float(found) for found in re.findall(r"translate\(-?[\d.]+ (-?[\d.]+)\)", row)]
    assert len(heights) > len(houses)
    assert int(BeautifulSoup(row, "html.parser").svg["viewbox"].split()[2]) >= 1440  # type: ignore[index,union-attr]
    assert heights == sorted(heights, reverse=True)


def test_neighbours_differ_in_colour_where_they_can() -> None:
    houses = [
        drawn(f"{fill}-{number}", fill=fill, jobs=1)
        for number in range(3)
        for fill in ("fill-brick", "fill-rose", "fill-mimosa")
    ]

    walls = re.findall(r'scale\([\d.]+\)"><path class="(fill-\w+)"', skyline(houses, width=900))

    assert all(left != right for left, right in pairwise(walls))


def test_no_houses_give_an_empty_street() -> None:
    assert "<g" not in skyline([])
