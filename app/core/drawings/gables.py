"""What a house ends in above its walls. The family tells the legal form; each family has several gables of its own."""

from collections.abc import Callable
from dataclasses import dataclass

from markupsafe import Markup

from app.core.drawings.strokes import (
    BLUE,
    GLASS,
    LINE,
    WHITE,
    YELLOW,
    arch,
    circle,
    half_round,
    path,
    rectangle,
    short,
)

BAY, FLOOR = 44, 62


@dataclass(frozen=True)
class Wall:
    """The wall under a gable: its colour, its width and where its top is; it ends at 0."""

    fill: str
    width: int
    top: int

    @property
    def middle(self) -> float:
        """The axis of the house; the wall begins at 2."""
        return 2 + self.width / 2

    @property
    def bays(self) -> int:
        """How many windows stand side by side."""
        return (self.width - 20) // BAY


@dataclass(frozen=True)
class Gable:
    """How high it stands above the wall, and how it is drawn together with the wall."""

    height: int
    draw: Callable[[Wall], Markup]


def _bell(wall: Wall) -> Markup:
    """A round gable on two shoulders, with an oculus."""
    r = min(wall.width * 0.3, 38)
    shoulder = short(wall.width / 2 - r - 10)
    outline = f"M2 0V{wall.top}q0 -10 10 -10h{shoulder}{half_round(r)}h{shoulder}q10 0 10 10V0z"
    x, y = wall.middle, wall.top - r * 0.35 - 9
    return (
        path(wall.fill, [outline])
        + path(GLASS, [circle(x, y, 10)])
        + path(LINE, [f"M{short(x)} {short(y - 10)}v20m-10 -10h20"])
    )


def _wave(wall: Wall) -> Markup:
    """A gable that swings up in three waves, over a yellow band."""
    half = wall.width / 2 - 10
    step = short(half / 2)
    outline = (
        f"M2 0V{wall.top}q2 -20 14 -21q{step} -1 {short(half / 2 + 4)} -15"
        f"Q{short(wall.middle)} {wall.top - 68} {short(wall.middle + half / 2 - 8)} {wall.top - 36}"
        f"q8 14 {short(half / 2 + 4)} 15q12 1 14 21V0z"
    )
    band = rectangle(2, wall.top, wall.width, 18)
    waves = int((wall.width - 16) // 12)
    line = f"M{short(2 + (wall.width - waves * 12) / 2)} {wall.top + 9}q6 -9 12 0" + "t12 0" * (waves - 1)
    band_fill = WHITE if wall.fill == YELLOW else YELLOW
    return (
        path(wall.fill, [outline])
        + path(band_fill, [band])
        + path(GLASS, [arch(wall.middle - 8, wall.top - 36, 16, 24)])
        + path(LINE, [line])
    )


def _lunette(wall: Wall) -> Markup:
    """A half circle as wide as the house, with a fan window."""
    r = wall.width / 2 - 12
    outline = f"M2 0V{wall.top}h12{_flat_round(r, 52)}h12V0z"
    fan, y = r * 0.46, wall.top - 8
    window = f"M{short(wall.middle - fan)} {y}{half_round(fan)}z"
    bars = f"M{short(wall.middle)} {y}v{short(-fan)}" + "".join(
        f"M{short(wall.middle)} {y}l{short(side * fan * 0.7)} {short(-fan * 0.7)}" for side in (-1, 1)
    )
    return (
        path(wall.fill, [outline])
        + path(WHITE, [rectangle(-2, wall.top, wall.width + 8, 9)])
        + path(GLASS, [window])
        + path(LINE, [bars])
    )


def _flat_round(radius: float, height: float) -> str:
    return f"a{short(radius)} {short(height)} 0 0 1 {short(2 * radius)} 0"


def _steps(wall: Wall, count: int, rise: int) -> Markup:
    run = short((wall.width - 22) / (2 * count))
    outline = f"M2 0V{wall.top - 6}" + f"h{run}v-{rise}" * count + "h22" + f"v{rise}h{run}" * count + "V0z"
    drawn = path(wall.fill, [outline])
    if count == 3:
        return drawn + path(GLASS, [arch(wall.middle - 8, wall.top - 32, 16, 26)])
    pair = [arch(wall.middle + side * 13 - 6, wall.top - 24, 12, 22) for side in (-1, 1)]
    return drawn + path(GLASS, pair) + path(WHITE, [circle(wall.middle, wall.top - 42, 6)])


def _three_steps(wall: Wall) -> Markup:
    """Three steps on each side, with a window."""
    return _steps(wall, 3, 15)


def _five_steps(wall: Wall) -> Markup:
    """Five low steps on each side, with two windows and a stone."""
    return _steps(wall, 5, 11)


def _spout(wall: Wall) -> Markup:
    """Straight slopes up to a small block, with a hoist beam."""
    rise, run = 38, wall.width / 2 - 21
    outline = f"M2 0V{wall.top - 8}h10v8l{short(run)} -{rise}v-14h22v14l{short(run)} {rise}v-8h10V0z"
    x = wall.middle
    beam = f"M{short(x)} {wall.top - 44}v4m0 4v5"
    return (
        path(wall.fill, [outline])
        + path(BLUE, [arch(x - 9, wall.top - 34, 18, 30)])
        + path(LINE, [f"M{short(x)} {wall.top - 34}v30", beam])
    )


def _cornice(wall: Wall) -> Markup:
    """A flat cornice on brackets, a chimney behind it."""
    chimney = rectangle(wall.width - 30, wall.top - 34, 18, 24) + rectangle(wall.width - 27, wall.top - 40, 5, 6)
    brackets = "".join(rectangle(8 + n * (wall.width - 17) / 5, wall.top, 5, 7) for n in range(6))
    return (
        path(wall.fill, [chimney, f"M2 0V{wall.top}h{wall.width}V0z"])
        + path(WHITE, [f"M-2 {wall.top}v-13h{wall.width + 8}v13z"])
        + path(WHITE, [brackets])
    )


def _pediment(wall: Wall) -> Markup:
    """A cornice with a low triangle and a round stone."""
    half = wall.width / 2
    roof = f"M-2 {wall.top - 10}l{short(half + 4)} -30l{short(half + 4)} 30z"
    return (
        path(wall.fill, [f"M2 0V{wall.top}h{wall.width}V0z"])
        + path(wall.fill, [roof])
        + path(WHITE, [f"M-2 {wall.top}v-10h{wall.width + 8}v10z", circle(wall.middle, wall.top - 20, 6)])
    )


def _attic(wall: Wall) -> Markup:
    """A balustrade with a raised panel in the middle."""
    panel = wall.width * 0.44
    left = wall.middle - panel / 2
    rail = f"M2 {wall.top - 24}h{wall.width}"
    bars = "".join(
        f"M{short(x)} {wall.top - 24}v14" for x in range(9, wall.width, 8) if not left - 2 < x < left + panel + 2
    )
    return (
        path(wall.fill, [f"M2 0V{wall.top}h{wall.width}V0z"])
        + path(LINE, [rail, bars])
        + path(WHITE, [f"M-2 {wall.top}v-10h{wall.width + 8}v10z"])
        + path(wall.fill, [f"M{short(left)} {wall.top - 10}v-22q{short(panel / 2)} -16 {short(panel)} 0v22z"])
    )


def _sawtooth(wall: Wall) -> Markup:
    """The roof of a workshop: light from the north."""
    teeth = wall.bays
    run = wall.width / teeth
    roof = f"M2 0V{wall.top}" + f"v-30l{short(run)} 30" * teeth + "V0z"
    glass = [f"M{short(2 + n * run + 4)} {wall.top - 4}v-18l{short(run * 0.6)} 18z" for n in range(teeth)]
    return path(wall.fill, [roof]) + path(GLASS, glass) + path(LINE, [f"M2 {wall.top}h{wall.width}"])


def _mansard(wall: Wall, dormer: str) -> Markup:
    roof = path(BLUE, [f"M2 {wall.top}l10 -42h{wall.width - 20}l10 42z"])
    walls = path(wall.fill, [f"M2 0V{wall.top}h{wall.width}V0z"])
    ledge = path(WHITE, [f"M-2 {wall.top + 5}v-9h{wall.width + 8}v9z"])
    frames, panes, bars = [], [], []
    for bay in range(wall.bays):
        x, y = 12 + bay * BAY + 9, wall.top - 36
        if dormer == "round":
            frames.append(arch(x, y, 26, 32))
            panes.append(arch(x + 5, y + 6, 16, 26))
        else:
            frames.append(f"M{x - 2} {y + 8}l15 -12l15 12z" + rectangle(x, y + 8, 26, 24))
            panes.append(rectangle(x + 5, y + 12, 16, 20))
        bars.append(f"M{x + 13} {y + (6 if dormer == 'round' else 12)}v{26 if dormer == 'round' else 20}")
    return roof + walls + ledge + path(WHITE, frames) + path(GLASS, panes) + path(LINE, bars)


def _round_dormers(wall: Wall) -> Markup:
    """A mansard with round dormers."""
    return _mansard(wall, "round")


def _pointed_dormers(wall: Wall) -> Markup:
    """A mansard with pointed dormers and a chimney."""
    chimney = path(wall.fill, [rectangle(18, wall.top - 58, 16, 22)])
    return chimney + _mansard(wall, "pointed")


def _tower(wall: Wall) -> Markup:
    """A corner tower with a pointed roof beside a mansard."""
    x = wall.width - 42
    roof = path(BLUE, [f"M2 {wall.top}l10 -36h{x - 12}v36z"])
    walls = path(wall.fill, [f"M2 0V{wall.top}h{x}V{wall.top - 40}h42V0z"])
    spire = f"M{x - 4} {wall.top - 40}q22 -6 24 -40q1 -6 3 -6t3 6q2 34 24 40z"
    dormers = [arch(12 + bay * BAY + 11, wall.top - 30, 22, 26) for bay in range(wall.bays - 1)]
    return (
        roof
        + walls
        + path(WHITE, [f"M-2 {wall.top + 5}v-9h{x}v9z", *dormers])
        + path(BLUE, [spire])
        + path(GLASS, [arch(x + 15, wall.top - 32, 16, 28)])
        + path(LINE, [f"M{x + 23} {wall.top - 86}v-12M{x + 23} {wall.top - 32}v28"])
    )


def _scaffold(wall: Wall) -> Markup:
    """A plain gable behind a scaffold with planks and a ladder."""
    half = short(wall.width / 2)
    house = path(wall.fill, [f"M2 0V{wall.top}l{half} -38l{half} 38V0z"])
    poles = f"M-4 0V{wall.top - 12}M{wall.width + 8} 0V{wall.top - 12}"
    rows = range(wall.top + 4, -40, FLOOR)
    planks = [rectangle(-4, y, wall.width + 12, 4) for y in rows]
    braces = "".join(f"M-4 {y}l{wall.width + 12} {FLOOR}" for y in list(rows)[:-1])
    return house + path(LINE, [poles, braces]) + path(YELLOW, planks)


SAWTOOTH = Gable(34, _sawtooth)
FAMILIES: dict[str, tuple[Gable, ...]] = {
    "cv": (Gable(52, _bell), Gable(54, _wave), Gable(54, _lunette)),
    "vzw": (Gable(54, _three_steps), Gable(64, _five_steps), Gable(56, _spout)),
    "bv": (Gable(42, _cornice), Gable(44, _pediment), Gable(42, _attic)),
    "ivzw": (Gable(46, _round_dormers), Gable(62, _pointed_dormers), Gable(100, _tower)),
    "start": (Gable(44, _scaffold),),
}
