"""The lines of a house. Ligne claire: one line weight, flat fills, no shadow (design, drawings/house.py)."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from markupsafe import Markup

Shape = Callable[[float, float, float, float], str]

BAY, ROOF_SPACE, FLOOR, PLINTH = 44, 72, 62, 16
PANE_WIDTH, PANE_HEIGHT = 28, 42
SHOP_HEIGHT, DOOR_HEIGHT, OPENING = 36, 56, PANE_WIDTH + 4
GABLE_HEIGHTS: dict[str, int] = {"cv": 52, "vzw": 54, "bv": 16, "ivzw": 46, "start": 44}
ROUND_WINDOWS, ROUND_DOORS = {"cv", "vzw"}, {"cv", "ivzw"}


@dataclass(frozen=True)
class Front:
    """What a facade is made of; `lit` are the numbers of the windows with light, `door` the bay of the door."""

    gable: str
    fill: str
    floors: int
    bays: int
    lit: frozenset[int]
    door: int
    ornaments: frozenset[str] = frozenset()


def facade(front: Front, wall: int, top: int, ground: int) -> Markup:
    """Every path of one house, from the wall to the lines in front of it."""
    pane: Shape = arch if front.gable in ROUND_WINDOWS else rectangle
    left, street_floor = 12 + (BAY - PANE_WIDTH) / 2, ground - ROOF_SPACE
    first = street_floor - front.floors * FLOOR
    windows = [
        (left + bay * BAY, float(first + row * FLOOR)) for row in range(front.floors) for bay in range(front.bays)
    ]
    shops = [(left + bay * BAY - 2, float(street_floor + 14)) for bay in range(front.bays) if bay != front.door]
    dark = [pane(x, y, PANE_WIDTH, PANE_HEIGHT) for n, (x, y) in enumerate(windows) if n not in front.lit]
    dark += [rectangle(x, y, OPENING, SHOP_HEIGHT) for x, y in shops]
    light = [pane(x, y, PANE_WIDTH, PANE_HEIGHT) for n, (x, y) in enumerate(windows) if n in front.lit]
    lines = [mullions(x, y, PANE_WIDTH, PANE_HEIGHT, 0.36) for x, y in windows]
    lines += [mullions(x, y, OPENING, SHOP_HEIGHT, 0.34) for x, y in shops]
    lines.append(f"M2 {short(street_floor - 2)}h{wall}")
    if "frieze" in front.ornaments and front.gable != "ivzw":  # a mansard has its cornice there
        lines.append(_frieze(wall, top))
    if "balcony" in front.ornaments:
        lines.append(_balcony(left - 4, first + PANE_HEIGHT + 3, front.bays))
    parts = [_gable(front, wall, top, ground), path("pane", dark), path("light", light)]
    parts += [_door(front, left + front.door * BAY - 2, ground), path("outline", lines)]
    if "awning" in front.ornaments:
        parts.append(
            path(
                "fill-brick" if front.fill == "fill-mimosa" else "light",
                [_awning(x - 6, street_floor + 5) for x, _y in shops],
            )
        )
    return Markup("").join(parts)


def arch(x: float, y: float, width: float, height: float) -> str:
    """An opening with a round top; `y` is the crown."""
    r = width / 2
    return f"M{short(x)} {short(y + height)}v{short(r - height)}{_round(r)}v{short(height - r)}z"


def rectangle(x: float, y: float, width: float, height: float) -> str:
    """A straight opening."""
    return f"M{short(x)} {short(y)}h{short(width)}v{short(height)}h{short(-width)}z"


def mullions(x: float, y: float, width: float, height: float, transom: float) -> str:
    """The cross in a window; `transom` is the height of the crossbar as a share."""
    return f"M{short(x + width / 2)} {short(y)}v{short(height)}M{short(x)} {short(y + height * transom)}h{short(width)}"


def path(kind: str, outlines: Iterable[str]) -> Markup:
    """One path of a colour, or nothing where there is nothing to draw."""
    outline = "".join(outlines)
    return Markup('<path class="{0}" d="{1}"/>').format(kind, outline) if outline else Markup("")


def short(value: float) -> str:
    """A number as short as it can be: one decimal, and none where it is whole."""
    rounded = round(value, 1)
    return str(int(rounded)) if rounded == int(rounded) else str(rounded)


def _round(radius: float) -> str:
    return f"a{short(radius)} {short(radius)} 0 0 1 {short(2 * radius)} 0"


def _door(front: Front, x: float, ground: int) -> Markup:
    """The door, and with a fanlight the pane above it."""
    opening: Shape = arch if front.gable in ROUND_DOORS else rectangle
    drawn = path("door", [opening(x, ground - DOOR_HEIGHT, OPENING, DOOR_HEIGHT)])
    if "fanlight" not in front.ornaments:
        return drawn
    if opening is rectangle:
        return drawn + path("light", [rectangle(x, ground - DOOR_HEIGHT, OPENING, 14)])
    return drawn + path("light", [f"M{short(x)} {ground - DOOR_HEIGHT + OPENING // 2}{_round(OPENING / 2)}z"])


def _frieze(wall: int, top: int) -> str:
    """A wave under the gable."""
    waves = (wall - 20) // 12
    return f"M{short(2 + (wall - waves * 12) / 2)} {top + 8}q6 -7 12 0" + "t12 0" * (waves - 1)


def _balcony(x: float, y: float, bays: int) -> str:
    """A railing under the windows of the highest floor."""
    width = bays * BAY - 8
    bars = f"M{short(x)} {short(y)}v12" + "m8 -12v12" * (width // 8)
    return f"M{short(x - 4)} {short(y)}h{width + 8}m0 12h-{width + 8}" + bars


def _awning(x: float, y: float) -> str:
    return f"M{short(x + 2)} {short(y)}h40l2 10" + "q-5.5 7 -11 0" * 4 + "z"


def _gable(front: Front, wall: int, top: int, ground: int) -> Markup:
    draw = {"cv": _bell, "vzw": _steps, "bv": _cornice, "ivzw": _mansard, "start": _scaffold}[front.gable]
    return draw(front.fill, wall, top, ground)


def _bell(fill: str, w: int, t: int, ground: int) -> Markup:
    """Cooperative: a round gable with an oculus."""
    r = min(w * 0.3, 38)
    shoulder = short(w / 2 - r - 10)
    outline = f"M2 {ground}V{t}q0 -10 10 -10h{shoulder}{_round(r)}h{shoulder}q10 0 10 10V{ground}z"
    oculus = f"M{short(w / 2 - 7)} {short(t - r * 0.35 - 9)}a9 9 0 1 1 18 0a9 9 0 1 1 -18 0z"
    return path(fill, [outline]) + path("pane", [oculus])


def _steps(fill: str, w: int, t: int, ground: int) -> Markup:
    """Non-profit: a stepped gable."""
    s = short((w - 22) / 6)
    outline = f"M2 {ground}V{t - 6}" + f"h{s}v-15" * 3 + "h22" + f"v15h{s}" * 3 + f"V{ground}z"
    return path(fill, [outline]) + path("pane", [arch(w / 2 - 6, t - 28, 16, 24)])


def _cornice(fill: str, w: int, t: int, ground: int) -> Markup:
    """Company: a flat cornice."""
    return path(fill, [f"M2 {ground}V{t}h{w}V{ground}z"]) + path("fill-white", [f"M-2 {t}v-13h{w + 8}v13z"])


def _mansard(fill: str, w: int, t: int, ground: int) -> Markup:
    """Foundation or international non-profit: a mansard with dormers."""
    roof = path("fill-enamel", [f"M2 {t}l10 -42h{w - 20}l10 42z"]) + path(fill, [f"M2 {ground}V{t}h{w}V{ground}z"])
    roof += path("fill-white", [f"M-2 {t + 5}v-9h{w + 8}v9z"])
    for bay in range((w - 20) // BAY):
        x = 12 + bay * BAY + 9
        roof += path("fill-white", [arch(x, t - 36, 26, 32)]) + path("pane", [arch(x + 5, t - 30, 16, 26)])
    return roof


def _scaffold(fill: str, w: int, t: int, ground: int) -> Markup:
    """Not founded yet: a plain gable behind a scaffold."""
    wall = path(fill, [f"M2 {ground}V{t}l{short(w / 2)} -40l{short(w / 2)} 40V{ground}z"])
    poles = f"M-4 {ground}V{t - 8}M{w + 8} {ground}V{t - 8}M-4 {t + FLOOR}h{w + 12}"
    return wall + Markup('<path class="outline" stroke-dasharray="5 5" d="{0}"/>').format(poles)
