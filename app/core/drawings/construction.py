"""A house that is being built: the empty plot, the ground floor and the finished house.

Shown to applicants (how far their file is) and on the timeline of a call.
"""

import enum
from collections.abc import Sequence
from dataclasses import replace

from markupsafe import Markup

from app.core.drawings.facade import PLAIN, House, facade, ground_floor
from app.core.drawings.gables import FLOOR
from app.core.drawings.scene import stand_in
from app.core.drawings.strokes import LINE, SAND, WHITE, YELLOW, path, rectangle, short

MARGIN, RISE = 34, 40  # beside the house; the dashed gable
FENCE = 26


class Stage(enum.IntEnum):
    """How far the house is."""

    PLOT = 0
    GROUND_FLOOR = 1
    HOUSE = 2


def construction(seed: str, stage: Stage) -> Markup:
    """The house of `seed` at this stage; it is always the same house."""
    finished = replace(stand_in(seed), floors=2, bays=2, feature=PLAIN, door=0, lit=frozenset({1}))
    width = finished.width + 2 * MARGIN + 4
    height = max(finished.height, finished.wall + RISE) + 24
    ground = path(SAND, [f"M{-MARGIN} 0h{width}v10h{-width}z"]) + path(LINE, [f"M{-MARGIN} 0h{width}"])
    drawn = facade(finished) if stage == Stage.HOUSE else _unfinished(finished, stage)
    return Markup(
        '<svg class="drawing" viewBox="{0} -{1} {2} {3}" width="{2}" height="{3}" aria-hidden="true"'
        ' focusable="false">{4}</svg>'
    ).format(-MARGIN, height - 12, width, height, ground + drawn)


def _unfinished(house: House, stage: Stage) -> Markup:
    """What stands, the dashed outline of the rest, and the scaffold before it."""
    half = short(house.width / 2)
    bottom = -ground_floor(house).height if stage == Stage.GROUND_FLOOR else 0
    rest = f"M2 {bottom}V{-house.wall}l{half} -{RISE}l{half} {RISE}V{bottom}"
    floors = "".join(f"M2 {-house.wall + FLOOR * floor + 6}h{house.width}" for floor in range(1, house.floors + 1))
    outline = Markup('<path class="{0}" stroke-dasharray="6 6" d="{1}"/>').format(LINE, rest + floors)
    built = ground_floor(house).drawn if stage == Stage.GROUND_FLOOR else Markup("")
    return built + outline + _scaffold(house, stage) + (_fence(house) if stage == Stage.PLOT else Markup(""))


def _scaffold(house: House, stage: Stage) -> Markup:
    """Two towers of poles with planks at each floor, and a ladder; before the built part only its sides."""
    top = -house.wall - 14
    left, right = -16, house.width + 6
    levels = [-72 - floor * FLOOR for floor in range(house.floors + 1)]
    poles = "".join(f"M{x} 0V{top}" for x in (left, left + 14, right, right + 14))
    braces = "".join(f"M{x} {y + FLOOR}l14 {-FLOOR}" for x in (left, right) for y in levels)
    ladder = f"M{right + 3} 0v-72m8 0v72" + "".join(f"M{right + 3} {y}h8" for y in range(-8, -72, -10))
    across = [rectangle(left - 4, y, house.width + 44, 4) for y in levels[1 if stage == Stage.GROUND_FLOOR else 0 :]]
    return path(LINE, [poles, braces, ladder]) + path(YELLOW, across)


def _fence(house: House) -> Markup:
    pales: Sequence[str] = [f"M{x} 0v-{FENCE}l4 -5l4 5v{FENCE}z" for x in range(8, house.width - 8, 13)]
    return path(WHITE, pales) + path(LINE, [f"M4 -10h{house.width - 6}M4 -20h{house.width - 6}"])
