"""The street of the home page: houses wall to wall, each a link with a name, and what moves in front of them.

Nobody's house stands twice. Where there are few enterprises, trees fill the row; at its low end one plot is free.
"""

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from markupsafe import Markup

from app.core.drawings.facade import House, facade
from app.core.drawings.strokes import (
    BLUE,
    GLASS,
    LIGHT,
    LINE,
    PEACH,
    RED,
    SAND,
    SKY,
    WHITE,
    YELLOW,
    circle,
    path,
    rectangle,
    short,
)

SCALE, WIDTH, GROUND, ROAD = 0.96, 1440, 420, 58
PLOT = 140  # width of the free plot
EDGE = 2  # two houses share the line of their wall

# What stands or moves in the street, by name; drawn upwards from (0, 0).
THINGS: dict[str, tuple[tuple[str, str], ...]] = {
    "tree": (
        (SAND, "M-3 0v-46h6v46z"),
        (SKY, "M-17 -42a15 15 0 0 1 -6 -28a19 19 0 0 1 20 -26a20 20 0 0 1 27 24a16 16 0 0 1 -5 30q-18 8 -36 0z"),
        (LINE, "M0 -46v-22M0 -56l9 -8M-11 -74q4 -6 10 -6"),
    ),
    "lamp": ((LINE, "M0 0v-84M-5 0h10"), (LIGHT, "M-6 -86h12l3 -15h-18z"), (BLUE, "M-9 -101q9 -9 18 0z")),
    "woman": (
        (RED, "M-6 -36q6 -4 12 0l5 22h-22z"),
        (PEACH, circle(0, -43, 5)),
        (LINE, "M-3 -14v14h-3M3 -14v14h3M6 -34l5 12M-5 -44q0 -6 6 -5q5 1 4 7"),
    ),
    "man": (
        (WHITE, "M-6 -38h12v22h-12z"),
        (BLUE, "M-6 -16h12v16h-5v-10h-2v10h-5z"),
        (YELLOW, rectangle(7, -22, 9, 9)),
        (PEACH, circle(0, -45, 5)),
        (LINE, "M6 -36l5 12v2M-5 -47h11"),
    ),
    "child": (
        (YELLOW, "M-5 -24q5 -3 10 0l3 14h-16z"),
        (PEACH, circle(0, -30, 4.5)),
        (LINE, "M-2 -10v10M2 -10v10M-5 -22l-8 -8"),
    ),
    "bicycle": (
        (BLUE, "M-7 -44q4 -5 9 -1l6 12l-9 6l-8 -2z"),
        (PEACH, circle(3, -52, 5)),
        (
            LINE,
            circle(-16, -11, 11) + circle(16, -11, 11) + "M-16 -11l9 -17h17l6 17M-7 -28l7 17h-16M0 -11l10 -17v-6h5"
            "M7 -36l6 3M-4 -30l4 10l-3 9h6M-11 -28h8",
        ),
    ),
    "cargo bike": (
        (RED, "M-9 -46q5 -5 10 0l3 16h-15z"),
        (PEACH, circle(-3, -53, 5)),
        (YELLOW, "M14 -30h38l-5 20h-28z"),
        (WHITE, circle(24, -34, 5) + circle(34, -35, 6) + circle(43, -33, 4)),
        (
            LINE,
            circle(-16, -11, 11)
            + circle(44, -8, 8)
            + "M-16 -11l8 -17h14l8 18h-22l8 -18M2 -42l12 4v8M-6 -30l4 10v9M30 -29v18",
        ),
    ),
    "tram": (
        (YELLOW, "M6 -6q-6 0 -6 -8l6 -38q1 -8 9 -8h196q8 0 9 8l6 38q0 8 -6 8z"),
        (WHITE, rectangle(2, -26, 222, 8)),
        (
            GLASS,
            "".join(rectangle(x, -52, 30, 22) for x in (20, 54, 144, 178))
            + rectangle(92, -52, 18, 40)
            + rectangle(114, -52, 18, 40),
        ),
        (LINE, "M30 -60l14 -12l14 12M36 -72h16M24 -6v4h28v-4M176 -6v4h28v-4M8 -46h6M214 -46h6"),
        (BLUE, circle(32, -2, 4) + circle(46, -2, 4) + circle(184, -2, 4) + circle(198, -2, 4)),
    ),
}


@dataclass(frozen=True)
class Address:
    """A place in the street: the house on it, who is there, and the page about them."""

    house: House
    name: str
    page: str


def skyline(addresses: Sequence[Address], *, free: tuple[str, str], name: str, hour: int) -> Markup:
    """The street, rising from left to right so that words can stand above its low end.

    `free`: the words for the free plot and the page that it leads to. `name`: what the whole row is called.
    `hour`: of the day in Brussels; it decides how many windows have light.
    """
    row: list[Address] = []
    total = PLOT * SCALE
    for one in addresses:
        if total + one.house.width * SCALE > WIDTH:
            break
        row.append(replace(one, house=lit_at(one.house, one.page, hour)))
        total += one.house.width * SCALE
    row = _mingled(sorted(row, key=lambda one: one.house.floors))
    x = WIDTH - total + PLOT * SCALE - 2 * EDGE * SCALE
    drawn = [_free_plot(x, *free)]
    for one in row:
        place = Markup('<g transform="translate({0} {1}) scale({2})">{3}</g>').format(
            short(x), short(GROUND), SCALE, facade(one.house)
        )
        drawn.append(Markup('<a href="{0}" aria-label="{1}">{2}</a>').format(one.page, one.name, place))
        x += one.house.width * SCALE
    return Markup('<svg class="drawing" viewBox="0 0 {0} {1}" role="group" aria-label="{2}">{3}{4}</svg>').format(
        WIDTH, GROUND + ROAD, name, Markup("").join(drawn), _life(WIDTH - total)
    )


def lit_at(house: House, seed: str, hour: int) -> House:
    """The same house with the light of this hour: most of it in the evening, little by day and late at night."""
    share = 0.55 if 17 <= hour < 23 else 0.2 if 7 <= hour < 17 else 0.12
    digest = hashlib.sha256(seed.encode()).digest()
    lit = frozenset(n for n in range(house.floors * house.bays) if digest[n] < share * 256)
    return replace(house, lit=lit)


def _free_plot(right: float, words: str, page: str) -> Markup:
    """An empty plot behind a fence, with the outline of the house that may come."""
    width = PLOT * SCALE
    left, half = right - width, width / 2 - 14
    house = (
        f"M{short(left + 14)} {GROUND}v-118l{short(half)} -46l{short(half)} 46v118"
        f"M{short(left + 14)} {GROUND - 70}h{short(2 * half)}"
    )
    pales = (left + 10 + number * 12 for number in range(int((width - 20) // 12)))
    fence = [f"M{short(x)} {GROUND}v-26l4 -5l4 5v26z" for x in pales]
    rail = f"M{short(left + 6)} {GROUND - 10}h{short(width - 14)}m0 -10h-{short(width - 14)}"
    outline = Markup('<path class="{0}" stroke-dasharray="6 6" d="{1}"/>').format(LINE, house)
    drawn = outline + path(WHITE, fence) + path(LINE, [rail])
    return Markup('<a href="{0}" aria-label="{1}">{2}</a>').format(page, words, drawn)


def _life(empty: float) -> Markup:
    """Pavement, rails, and who is out; trees stand where there are no houses."""
    road = path(LINE, [f"M0 {GROUND}h{WIDTH}M0 {GROUND + 14}h{WIDTH}M0 {GROUND + 40}h{WIDTH}M0 {GROUND + 47}h{WIDTH}"])
    trees = [("tree", x, GROUND + 2) for x in range(40, int(empty), 74)]
    out = [
        *trees,
        ("tree", empty + 24, GROUND + 8),
        ("tree", 585, GROUND + 8),
        ("tree", 1120, GROUND + 8),
        ("lamp", 420, GROUND + 8),
        ("lamp", 890, GROUND + 8),
        ("woman", 470, GROUND + 10),
        ("child", 490, GROUND + 10),
        ("man", 965, GROUND + 10),
        ("woman", 1290, GROUND + 10),
        ("tram", 150, GROUND + 46),
        ("bicycle", 700, GROUND + 30),
        ("cargo bike", 1080, GROUND + 32),
    ]
    drawn = [
        Markup('<g transform="translate({0} {1})">{2}</g>').format(
            short(x), short(y), Markup("").join(path(kind, [outline]) for kind, outline in THINGS[name])
        )
        for name, x, y in out
    ]
    return Markup('<g aria-hidden="true">{0}{1}</g>').format(road, Markup("").join(drawn))


def _mingled(row: list[Address]) -> list[Address]:
    """The same order of floors, with neighbours that differ in colour and gable where that is possible."""
    left, placed = list(row), list[Address]()
    while left:
        equals = [one for one in left if one.house.floors == left[0].house.floors]
        colours = Counter(one.house.fill for one in equals)
        last = placed[-1] if placed else None
        # The commonest colour first: what is left over at the end would stand side by side.
        placed.append(min(equals, key=lambda one: (_likeness(one, last), -colours[one.house.fill], one.page)))
        left.remove(placed[-1])
    return placed


def _likeness(one: Address, last: Address | None) -> int:
    """How much a house looks like the one before it: colour weighs more than gable."""
    if last is None:
        return 0
    return 2 * (one.house.fill == last.house.fill) + (one.house.gable == last.house.gable)
