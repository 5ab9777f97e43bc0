"""One house, from the gable down to the door."""

from dataclasses import dataclass

from markupsafe import Markup

from app.core.drawings import shopfront, windows
from app.core.drawings.gables import BAY, FLOOR, Gable, Wall
from app.core.drawings.strokes import LINE, RED, YELLOW, arch, path, rectangle, short
from app.core.drawings.windows import PANE_HEIGHT, PANE_WIDTH, Opening

STREET_FLOOR, PLINTH = 72, 16
ROUND_DOORS = {"cv", "ivzw"}
# What is before the walls of a floor of windows: a railing, a wide opening or a bow window.
PLAIN, BALCONY, HORSESHOE, BOW = "plain", "balcony", "horseshoe", "bow"
GATE_LEFT, GATE_WIDTH = 18, 64
AWNINGS = {RED: YELLOW}  # red on every other wall


@dataclass(frozen=True)
class House:
    """What a facade is made of; `lit` are the numbers of the windows with light, `door` the bay of the door."""

    family: str
    gable: Gable
    fill: str
    floors: int
    bays: int
    lit: frozenset[int]
    door: int
    period: str
    window: int
    feature: str
    trade: str
    gate: bool
    awning: bool
    fanlight: bool

    @property
    def width(self) -> int:
        """Width of the wall."""
        return self.bays * BAY + 20

    @property
    def wall(self) -> int:
        """Height of the wall under the gable."""
        return STREET_FLOOR + self.floors * FLOOR + PLINTH

    @property
    def height(self) -> int:
        """From the street to the top of the gable."""
        return self.wall + self.gable.height + 4

    @property
    def bow(self) -> int:
        """The bay of a bow window: the middle one, or not the one of the door."""
        return 1 if self.bays == 3 else 1 - self.door


def facade(house: House) -> Markup:
    """Every path of one house, from the wall to what is in front of it.

    The street is at 0 and what is above it negative, so that all houses have their doors and windows at the same
    heights: the same text packs well.
    """
    ledge = path(LINE, [f"M2 {-STREET_FLOOR - 2}h{house.width}"])
    walls = house.gable.draw(Wall(house.fill, house.width, -house.wall))
    return walls + _windows(house, -STREET_FLOOR) + ledge + _street_floor(house, -STREET_FLOOR)


@dataclass(frozen=True)
class GroundFloor:
    """The part of a house that is built first, and how high it is."""

    drawn: Markup
    height: int


def ground_floor(house: House) -> GroundFloor:
    """The wall up to the first ledge, with its door and shop window."""
    height = STREET_FLOOR + 2
    wall = path(house.fill, [rectangle(2, -height, house.width, height)])
    return GroundFloor(wall + _street_floor(house, -STREET_FLOOR), height)


def _windows(house: House, street_floor: int) -> Markup:
    """The floors above the street."""
    first = street_floor - house.floors * FLOOR
    left = 12 + (BAY - PANE_WIDTH) / 2
    style = windows.STYLES[house.period]
    width = house.bays * BAY - (BAY - PANE_WIDTH)
    openings = [
        Opening(left + bay * BAY, first + floor * FLOOR, floor * house.bays + bay in house.lit)
        for floor in range(house.floors)
        for bay in range(house.bays)
    ]
    last = (house.floors - 1) * house.bays
    before = Markup("")
    if house.feature == HORSESHOE:
        wide = min(width + 4, 96)
        before = windows.horseshoe(2 + (house.width - wide) / 2, openings[last].y, wide, lit=openings[last].lit)
        openings = openings[:last]
    elif house.feature == BOW:
        high = min(house.floors, 2)
        behind = [floor * house.bays + house.bow for floor in range(house.floors - high, house.floors)]
        lit = frozenset(n for n, number in enumerate(behind) if number in house.lit)
        before = windows.bow(openings[behind[0]].x, openings[behind[0]].y, high, lit)
        openings = [one for number, one in enumerate(openings) if number not in behind]
    elif house.feature == BALCONY:
        before = _balcony(left - 4, first + PANE_HEIGHT + 3, house.bays)
    return (windows.row(style[house.window % len(style)], openings) if openings else Markup("")) + before


def _balcony(x: float, y: float, bays: int) -> Markup:
    """A railing under the windows of the highest floor."""
    width = bays * BAY - 8
    bars = f"M{short(x)} {short(y)}v12" + "m8 -12v12" * (width // 8)
    return path(LINE, [f"M{short(x - 4)} {short(y)}h{width + 8}m0 12h-{width + 8}", bars])


def _street_floor(house: House, top: int) -> Markup:
    if house.gate:
        return _workshop(house, top)
    opening = arch if house.family in ROUND_DOORS else rectangle
    left = 12 + (BAY - shopfront.DOOR_WIDTH) / 2
    drawn = shopfront.door(left + house.door * BAY, opening, fanlight=house.fanlight)
    for first, count in _runs(house.bays, house.door):
        x, width = left + first * BAY - 2, count * BAY - 8
        drawn += shopfront.shop(x, top + 14, width, house.trade)
        if house.awning:
            drawn += shopfront.awning(x - 2, top + 5, width + 4, AWNINGS.get(house.fill, RED))
    return drawn


def _workshop(house: House, top: int) -> Markup:
    """A gate, and beside it a shop window where there is room."""
    drawn = shopfront.gate(GATE_LEFT, GATE_WIDTH)
    left = GATE_LEFT + GATE_WIDTH + 12
    room = house.width - 10 - left
    return drawn + shopfront.shop(left, top + 14, room, house.trade) if room > 30 else drawn


def _runs(bays: int, door: int) -> list[tuple[int, int]]:
    """The bays left and right of the door, as (first bay, how many)."""
    return [(first, count) for first, count in ((0, door), (door + 1, bays - door - 1)) if count]
