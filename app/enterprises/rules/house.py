"""Every enterprise as a house: the gable tells the legal form, the wall colour the sector (design, section 1).

Floors tell the jobs. Where we do not know them, and for bays, lit windows, door and ornaments, a hash of the
enterprise's slug decides, so that a house never changes. Measures are units of the drawing.
"""

import hashlib
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import cycle

from markupsafe import Markup

from app.core.belgium.lists import LEGAL_FORMS, SECTORS
from app.enterprises.rules.facade import BAY, FLOOR, GABLE_HEIGHTS, PLINTH, ROOF_SPACE, Front, facade, short

UPPER, LOWER = ("", "frieze", "balcony"), ("", "fanlight", "awning")
EDGE = 2  # where a wall begins in its own drawing; in a row two houses share that line
PART = re.compile(r'<path class="([\w-]+)"[^>]* d="([^"]*)"/>')
ABOVE, BELOW = 22, 23  # room in a row above the highest gable and under the street


@dataclass(frozen=True)
class House(Front):
    """A facade that knows its own size."""

    @property
    def wall(self) -> int:
        """Width of the wall."""
        return self.bays * BAY + 20

    @property
    def top(self) -> int:
        """Where the wall begins under the gable."""
        return GABLE_HEIGHTS[self.gable] + 4

    @property
    def ground(self) -> int:
        """Where the street is: the height of the drawing."""
        return self.top + ROOF_SPACE + self.floors * FLOOR + PLINTH


def house(seed: str, gable: str, fill: str, jobs: int | None = None) -> House:
    """The house of one enterprise. `seed` is its slug; `gable` and `fill` come from legal form and sector."""
    digest = hashlib.sha256(seed.encode()).digest()
    floors = _floors(jobs) if jobs is not None else 1 + digest[0] % 3
    bays = 2 + digest[1] % 2
    lit = frozenset(number for number in range(floors * bays) if digest[2 + number] % 3 == 0) or frozenset({0})
    upper, lower = UPPER[digest[21] % 3 if floors > 1 else digest[21] % 2], LOWER[digest[22] % 3]
    return House(gable, fill, floors, bays, lit, digest[20] % bays, frozenset({upper, lower}) - {""})


def svg(drawn: House, scale: float = 1) -> Markup:
    """The house as an inline picture; the facts stand in text beside it, so it is hidden from screen readers."""
    width, height = drawn.wall + 12, drawn.ground + 1
    return Markup(
        '<svg class="drawing house" viewBox="-4 0 {0} {1}" width="{2}" height="{3}" aria-hidden="true"'
        ' focusable="false">{4}</svg>'
    ).format(width, height, round(width * scale), round(height * scale), paths(drawn))


def street(houses: Sequence[House], *, height: int = 463, scale: float = 1) -> Markup:
    """A row of houses on one ground line, wall to wall."""
    ground = height - BELOW
    parts, x = [], 0.0
    for drawn in houses:
        parts.append(
            Markup('<g transform="translate({0} {1}) scale({2})">{3}</g>').format(
                short(x), short(ground - drawn.ground * scale), scale, paths(drawn)
            )
        )
        x += drawn.wall * scale
    return Markup(
        '<svg class="drawing house-row" viewBox="0 -{0} {1} {2}" preserveAspectRatio="xMaxYMax slice"'
        ' aria-hidden="true" focusable="false">{3}</svg>'
    ).format(ABOVE, round(x + 2 * EDGE * scale), height, Markup("").join(parts))


def skyline(houses: Sequence[House], *, width: int = 1440, scale: float = 1.16) -> Markup:
    """A street that rises from left to right, so that words can stand above its low end; no house is cut off.

    It begins anew from the first house where there are too few of them to fill `width`.
    """
    row: list[House] = []
    total = 0.0
    for drawn in cycle(houses):
        if total >= width:
            break
        row.append(drawn)
        total += drawn.wall * scale
    return street(_mingled(sorted(row, key=lambda drawn: drawn.floors)), scale=scale)


def paths(drawn: House) -> Markup:
    """The paths of one house: origin top left, the street at `ground`."""
    return facade(drawn, drawn.wall, drawn.top, drawn.ground)


def parts(drawn: House) -> list[tuple[str, str]]:
    """(colour, path) of everything on one house, in the order in which it is painted."""
    return PART.findall(paths(drawn))


def _floors(jobs: int) -> int:
    """One floor for one or two jobs, two for three to five, three for more."""
    return 1 if jobs <= 2 else 2 if jobs <= 5 else 3


def _mingled(row: list[House]) -> list[House]:
    """The same order of floors, with neighbours that differ in colour and gable where that is possible."""
    left, placed = list(row), list[House]()
    while left:
        equals = [drawn for drawn in left if drawn.floors == left[0].floors]
        colours = Counter(drawn.fill for drawn in equals)
        last = placed[-1] if placed else None
        # The commonest colour first: what is left over at the end would stand side by side.
        key = {drawn: (_likeness(drawn, last), -colours[drawn.fill]) for drawn in equals}
        placed.append(min(equals, key=key.__getitem__))
        left.remove(placed[-1])
    return placed


def _likeness(drawn: House, last: House | None) -> int:
    """How much a house looks like the one before it: colour weighs more than gable."""
    return 0 if last is None else 2 * (drawn.fill == last.fill) + (drawn.gable == last.gable)


def house_of(slug: str, legal_form: str, sector: str, jobs: int | None) -> House:
    """The house of an enterprise by its codes; an unknown code gives a plain one."""
    gable = LEGAL_FORMS[legal_form].gable if legal_form in LEGAL_FORMS else "bv"
    fill = SECTORS[sector].fill if sector in SECTORS else "fill-white"
    return house(slug, gable, fill, jobs)
