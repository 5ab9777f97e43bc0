"""A house tells the legal form, the sector, the jobs and the years, is always the same one, and stays in its frame."""

import re

import pytest
from bs4 import BeautifulSoup

from app.core.belgium.lists import LEGAL_FORMS, SECTORS
from app.core.drawings import poster
from app.core.drawings.facade import BALCONY, BOW, HORSESHOE, PLAIN, House
from app.core.drawings.gables import FAMILIES, SAWTOOTH
from app.core.drawings.house import house, house_of, svg
from app.core.drawings.shopfront import TRADES
from app.core.drawings.windows import STYLES

SEEDS = [f"enterprise-{number}" for number in range(60)]
OUTLINE = re.compile(r"(?:[MmVvHhLlAaQqTtz](?:-?\d+(?:\.\d)?[ ]?)*)+")
FILLS = {*poster.FILLS, "outline"}


def drawn(seed: str = "casa-legal", family: str = "cv", fill: str = "fill-brick", jobs: int | None = None) -> House:
    return house(seed, family, fill, jobs=jobs)


def test_a_house_never_changes() -> None:
    assert drawn("cooplteasy") == drawn("cooplteasy")
    assert svg(drawn("cooplteasy")) == svg(drawn("cooplteasy"))


@pytest.mark.parametrize("family", ["cv", "vzw", "bv", "ivzw"])
def test_hardly_any_two_houses_are_alike(family: str) -> None:
    assert len({svg(drawn(seed, family)) for seed in SEEDS}) > len(SEEDS) * 0.95


@pytest.mark.parametrize(("jobs", "floors"), [(0, 1), (1, 1), (2, 1), (3, 2), (5, 2), (6, 3), (400, 3)])
def test_floors_tell_the_jobs(jobs: int, floors: int) -> None:
    assert {drawn(seed, jobs=jobs).floors for seed in SEEDS} == {floors}


def test_without_known_jobs_the_name_decides() -> None:
    assert {drawn(seed).floors for seed in SEEDS} == {1, 2, 3}


@pytest.mark.parametrize(("founded", "period"), [(1998, "old"), (2014, "old"), (2015, "middle"), (2018, "new")])
def test_windows_tell_the_years(founded: int, period: str) -> None:
    assert {house(seed, "cv", "fill-brick", founded=founded).period for seed in SEEDS} == {period}


def test_without_a_known_year_the_name_decides() -> None:
    assert {drawn(seed).period for seed in SEEDS} == STYLES.keys()


def test_somebody_is_always_at_home() -> None:
    for one in map(drawn, SEEDS):
        assert one.lit
        assert max(one.lit) < one.floors * one.bays
        assert one.door < one.bays


def test_every_front_occurs_and_a_low_house_has_no_balcony() -> None:
    assert {drawn(seed, jobs=9).feature for seed in SEEDS} == {PLAIN, BALCONY, HORSESHOE, BOW}
    assert {drawn(seed, jobs=1).feature for seed in SEEDS} == {PLAIN, HORSESHOE}


@pytest.mark.parametrize("family", FAMILIES)
def test_every_gable_of_a_family_occurs_and_is_drawn_with_valid_paths(family: str) -> None:
    houses = [drawn(seed, family) for seed in SEEDS]

    assert {one.gable for one in houses} == set(FAMILIES[family])
    for one in houses:
        for path in BeautifulSoup(svg(one), "html.parser").select("path"):
            assert OUTLINE.fullmatch(str(path["d"])), path["d"]
            assert set(path["class"]) <= FILLS


@pytest.mark.parametrize("trade", ["circular", "energy", "mobility", "work"])
def test_a_company_that_makes_things_has_a_workshop(trade: str) -> None:
    made = house("a", "bv", "fill-brick", trade=trade)

    assert (made.gable, made.gate) == (SAWTOOTH, True)
    assert not house("a", "cv", "fill-brick", trade=trade).gate


def test_families_share_no_gable() -> None:
    every = [gable for gables in FAMILIES.values() for gable in gables]

    assert len({gable.draw for gable in every}) == len(every)


@pytest.mark.parametrize("sector", SECTORS)
def test_every_sector_shows_its_trade_in_the_window(sector: str) -> None:
    windows = {svg(house("a", "cv", "fill-brick", trade=other)) for other in SECTORS if other != sector}

    assert sector in TRADES
    assert svg(house("a", "cv", "fill-brick", trade=sector)) not in windows


def test_the_picture_says_nothing_to_a_screen_reader_and_scales() -> None:
    picture = BeautifulSoup(svg(drawn(jobs=1), 0.5), "html.parser").svg

    assert picture is not None
    assert (picture["aria-hidden"], picture["focusable"]) == ("true", "false")
    width, height = (float(side) for side in str(picture["viewbox"]).split()[2:])
    assert (picture["width"], picture["height"]) == (str(round(width / 2)), str(round(height / 2)))


@pytest.mark.parametrize("form", LEGAL_FORMS)
def test_every_legal_form_has_a_gable(form: str) -> None:
    made = house_of("a", form, "", None)

    assert made.gable in FAMILIES[made.family]


@pytest.mark.parametrize("sector", SECTORS)
def test_every_sector_has_a_colour(sector: str) -> None:
    assert house_of("a", "", sector, None).fill == SECTORS[sector].fill in FILLS


def test_unknown_codes_give_a_plain_house() -> None:
    plain = house_of("a", "no-such-form", "no-such-sector", None)

    assert (plain.family, plain.fill) == ("bv", "fill-white")
    assert "<path" in svg(plain)
