"""Every enterprise as a house: the gable tells the legal form, the wall colour the sector (design, section 1).

Ligne claire: one line weight, flat fills. Floors tell the jobs; where we do not know them, and for the lit windows
and the door, a hash of the enterprise's slug decides, so that a house never changes.
"""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import cycle
from typing import Literal

from markupsafe import Markup

Gable = Literal["cv", "vzw", "bv", "ivzw", "start"]
Shape = Callable[[float, float, float, float], str]

BAY, ROOF_SPACE, FLOOR, PLINTH = 44, 72, 62, 16
PANE_WIDTH, PANE_HEIGHT = 28, 42
GABLE_HEIGHTS: dict[str, int] = {"cv": 52, "vzw": 54, "bv": 16, "ivzw": 46, "start": 44}
SHARED_WALL = 12  # two houses side by side overlap by this much


@dataclass(frozen=True)
class House:
    """What a facade is made of; `lit` are the numbers of the windows with light."""

    gable: str
    fill: str
    floors: int
    bays: int
    lit: frozenset[int]
    door: int

    @property
    def wall(self) -> int:
        """Width of the wall in drawing units."""
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
    return House(gable, fill, floors, bays, lit, digest[20] % bays)


def svg(drawn: House, scale: float = 1) -> Markup:
    """The house as an inline picture; the facts stand in text beside it, so it is hidden from screen readers."""
    width, height = drawn.wall + 12, drawn.ground + 1
    return Markup(
        '<svg class="st house" viewBox="-4 0 {0} {1}" width="{2}" height="{3}" aria-hidden="true" focusable="false">'
        "{4}</svg>"
    ).format(width, height, round(width * scale), round(height * scale), facade(drawn))


def street(houses: Sequence[House], *, width: int = 1440, height: int = 463, scale: float = 1.32) -> Markup:
    """A row of houses on one ground line, wall to wall, as wide as `width`; the row repeats from its start."""
    ground = height - 23
    parts, x, number = [], 0.0, 0
    while x < width and houses:
        drawn = houses[number % len(houses)]
        parts.append(
            Markup('<g transform="translate({0} {1}) scale({2})">{3}</g>').format(
                _n(x), _n(ground - drawn.ground * scale), scale, facade(drawn)
            )
        )
        x += (drawn.wall + 4 - SHARED_WALL / 2) * scale
        number += 1
    return Markup(
        '<svg class="st row" viewBox="0 -22 {0} {1}" preserveAspectRatio="xMidYMax slice" aria-hidden="true"'
        ' focusable="false">{2}</svg>'
    ).format(width, height, Markup("").join(parts))


def skyline(houses: Sequence[House], *, width: int = 1440, scale: float = 1.1) -> Markup:
    """A street that rises from left to right, so that words can stand above its low end; no house is cut off."""
    row: list[House] = []
    total = 0.0
    for drawn in cycle(houses):
        if total >= width:
            break
        row.append(drawn)
        total += (drawn.wall + 4 - SHARED_WALL / 2) * scale
    return street(sorted(row, key=lambda drawn: drawn.ground), width=int(total) or width, scale=scale)


def facade(drawn: House) -> Markup:
    """The paths of one house: origin top left, the street at `ground`."""
    pane: Shape = arch if drawn.gable in ("cv", "vzw") else rectangle
    left, first = 12 + (BAY - PANE_WIDTH) / 2, drawn.top + PLINTH
    places = [
        (left + bay * BAY, float(first + row * FLOOR)) for row in range(drawn.floors) for bay in range(drawn.bays)
    ]
    dark = [pane(x, y, PANE_WIDTH, PANE_HEIGHT) for n, (x, y) in enumerate(places) if n not in drawn.lit]
    light = [pane(x, y, PANE_WIDTH, PANE_HEIGHT) for n, (x, y) in enumerate(places) if n in drawn.lit]
    lines = [mullions(x, y, PANE_WIDTH, PANE_HEIGHT, 0.36) for x, y in places]
    ground_floor = first + drawn.floors * FLOOR
    for bay in range(drawn.bays):
        if bay != drawn.door:
            x = left + bay * BAY - 2
            dark.append(rectangle(x, ground_floor + 14, PANE_WIDTH + 4, 36))
            lines.append(mullions(x, ground_floor + 14, PANE_WIDTH + 4, 36, 0.34))
    x = left + drawn.door * BAY - 2
    opening: Shape = arch if drawn.gable in ("cv", "ivzw") else rectangle
    lines.append(f"M2 {_n(ground_floor - 2)}h{drawn.wall}M{_n(x)} {_n(drawn.ground - 38)}h{PANE_WIDTH + 4}")
    return Markup("").join(
        [
            _gable(drawn),
            _path("w", "".join(dark)),
            _path("m", "".join(light)),
            _path("k", opening(x, drawn.ground - 56, PANE_WIDTH + 4, 56)),
            _path("l", "".join(lines)),
        ]
    )


def arch(x: float, y: float, width: float, height: float) -> str:
    """An opening with a round top; `y` is the crown."""
    r = width / 2
    return f"M{_n(x)} {_n(y + height)}v{_n(r - height)}a{_n(r)} {_n(r)} 0 0 1 {_n(width)} 0v{_n(height - r)}z"


def rectangle(x: float, y: float, width: float, height: float) -> str:
    """A straight opening."""
    return f"M{_n(x)} {_n(y)}h{_n(width)}v{_n(height)}h{_n(-width)}z"


def mullions(x: float, y: float, width: float, height: float, transom: float) -> str:
    """The cross in a window; `transom` is the height of the crossbar as a share."""
    return f"M{_n(x + width / 2)} {_n(y)}v{_n(height)}M{_n(x)} {_n(y + height * transom)}h{_n(width)}"


def _floors(jobs: int) -> int:
    """One floor for one or two jobs, two for three to five, three for more."""
    return 1 if jobs <= 2 else 2 if jobs <= 5 else 3


def _gable(drawn: House) -> Markup:
    draw = {"cv": _bell, "vzw": _steps, "bv": _cornice, "ivzw": _mansard, "start": _scaffold}[drawn.gable]
    return draw(drawn.fill, drawn.wall, drawn.top, drawn.ground)


def _bell(fill: str, w: int, t: int, ground: int) -> Markup:
    """Cooperative: a round gable with an oculus."""
    r = min(w * 0.3, 38)
    shoulder = w / 2 - r - 10
    outline = (
        f"M2 {ground}V{t}q0 -10 10 -10h{_n(shoulder)}a{_n(r)} {_n(r)} 0 0 1 {_n(2 * r)} 0"
        f"h{_n(shoulder)}q10 0 10 10V{ground}z"
    )
    oculus = f"M{_n(w / 2 - 7)} {_n(t - r * 0.35 - 9)}a9 9 0 1 1 18 0a9 9 0 1 1 -18 0z"
    return _path(fill, outline) + _path("w", oculus)


def _steps(fill: str, w: int, t: int, ground: int) -> Markup:
    """Non-profit: a stepped gable."""
    s = _n((w - 22) / 6)
    outline = f"M2 {ground}V{t - 6}" + f"h{s}v-15" * 3 + "h22" + f"v15h{s}" * 3 + f"V{ground}z"
    return _path(fill, outline) + _path("w", arch(w / 2 - 6, t - 28, 16, 24))


def _cornice(fill: str, w: int, t: int, ground: int) -> Markup:
    """Company: a flat cornice."""
    return _path(fill, f"M2 {ground}V{t}h{w}V{ground}z") + _path("f0", f"M-2 {t}v-13h{w + 8}v13z")


def _mansard(fill: str, w: int, t: int, ground: int) -> Markup:
    """Foundation or international non-profit: a mansard with dormers."""
    roof = _path("f4", f"M2 {t}l10 -42h{w - 20}l10 42z") + _path(fill, f"M2 {ground}V{t}h{w}V{ground}z")
    roof += _path("f0", f"M-2 {t + 5}v-9h{w + 8}v9z")
    for bay in range((w - 20) // BAY):
        x = 12 + bay * BAY + 9
        roof += _path("f0", arch(x, t - 36, 26, 32)) + _path("w", arch(x + 5, t - 30, 16, 26))
    return roof


def _scaffold(fill: str, w: int, t: int, ground: int) -> Markup:
    """Not founded yet: a plain gable behind a scaffold."""
    wall = _path(fill, f"M2 {ground}V{t}l{_n(w / 2)} -40l{_n(w / 2)} 40V{ground}z")
    poles = f"M-4 {ground}V{t - 8}M{w + 8} {ground}V{t - 8}M-4 {t + FLOOR}h{w + 12}"
    return wall + Markup('<path class="l" stroke-dasharray="5 5" d="{0}"/>').format(poles)


def _path(kind: str, outline: str) -> Markup:
    return Markup('<path class="{0}" d="{1}"/>').format(kind, outline) if outline else Markup("")


def _n(value: float) -> str:
    """A number as short as it can be: one decimal, and none where it is whole."""
    rounded = round(value, 1)
    return str(int(rounded)) if rounded == int(rounded) else str(rounded)
