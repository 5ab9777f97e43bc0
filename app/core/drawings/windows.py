"""The windows of a house. Their style tells when the enterprise was founded; light in them tells the hour."""

from dataclasses import dataclass

from markupsafe import Markup

from app.core.drawings.gables import FLOOR
from app.core.drawings.strokes import (
    GLASS,
    LIGHT,
    LINE,
    WHITE,
    path,
    rectangle,
    short,
)

PANE_WIDTH, PANE_HEIGHT = 28, 42


@dataclass(frozen=True)
class Opening:
    """One window: where it is, and whether there is light."""

    x: float
    y: float
    lit: bool


@dataclass(frozen=True)
class Style:
    """How the windows of a house look, drawn from the left end of where their top begins, `below` the highest point.

    Only the first move of a window is absolute, so that all windows of a style are the same text: it packs well.
    """

    below: int
    outline: str


STRAIGHT, ROUND, CURVED = "h28v42h-28z", "a14 14 0 0 1 28 0v28h-28z", "q14 -12 28 0v36h-28z"
# Bars from the left end of the top at the height of the lintel, and back to it.
CROSS, ONE_BAR, PAIR = "m14 0v42m-14 -27h28m-28 -15", "m9 0v42m-9 -42", "m12 0v42m4 0v-42m-16 0"
SMALL_PANES = "m9 0v42m10 0v-42m-19 14h28m0 14h-28m0 -28"
SILL, LINTEL, KEYSTONE = "m-4 46h36", "m-3 -5h34m-31 5", "m11 -6h6l-1 6h-4zm-11 6"


def _style(top: str, *parts: str) -> Style:
    below = {STRAIGHT: 0, ROUND: 14, CURVED: 6}[top]
    return Style(below, top + (f"m0 -{below}" if below else "") + "".join(parts))


CLASSIC = (
    _style(STRAIGHT, CROSS, LINTEL, SILL),
    _style(CURVED, CROSS, SILL),
    _style(ROUND, CROSS, KEYSTONE, SILL),
)
TURN_OF_THE_CENTURY = (_style(ROUND, CROSS, SILL), _style(CURVED, SMALL_PANES, SILL))
MODERN = (
    _style(STRAIGHT, ONE_BAR, SILL),
    _style(STRAIGHT, PAIR, LINTEL, SILL),
    _style(STRAIGHT, SMALL_PANES, SILL),
)
STYLES = {"old": CLASSIC, "middle": TURN_OF_THE_CENTURY, "new": MODERN}


def row(style: Style, openings: list[Opening]) -> Markup:
    """The windows of one floor or of more; a bar is a line without an inside, so that it takes no colour."""

    def drawn(lit: bool) -> list[str]:
        return [f"M{short(one.x)} {short(one.y + style.below)}{style.outline}" for one in openings if one.lit is lit]

    return path(GLASS, drawn(lit=False)) + path(LIGHT, drawn(lit=True))


def horseshoe(x: float, y: float, width: float, *, lit: bool) -> Markup:
    """A wide opening of an art-nouveau house, with a coloured fan; `y` is where a floor of windows begins."""
    r = width / 2
    bottom, middle = y + PANE_HEIGHT, x + r
    rise = min(r, 34)
    top = f"a{short(r)} {short(rise)} 0 0 1 {short(width)} 0"
    spring = y + rise - 10
    third = width / 3
    panes = [rectangle(x, spring, third, bottom - spring), rectangle(x + 2 * third, spring, third, bottom - spring)]
    middle_pane = rectangle(x + third, spring, third, bottom - spring)
    rays = f"M{short(middle)} {short(spring)}v{short(-rise)}" + "".join(
        f"M{short(middle)} {short(spring)}L{short(middle + side * r * 0.7)} {short(spring - rise * 0.71)}"
        for side in (-1, 1)
    )
    sill = f"M{short(x - 5)} {short(bottom + 4)}h{short(width + 10)}"
    return (
        path(GLASS, [*panes, "" if lit else middle_pane])
        + path(LIGHT, [f"M{short(x)} {short(spring)}{top}z", middle_pane if lit else ""])
        + path(LINE, [rays, sill])
    )


def bow(x: float, y: float, floors: int, lit: frozenset[int]) -> Markup:
    """A bow window of one bay over `floors` floors, from the windows that begin at `y`; `lit` are its lit floors."""
    height = (floors - 1) * FLOOR + PANE_HEIGHT + 14
    left, top, width = x - 7, y - 8, PANE_WIDTH + 14
    frame = f"M{short(left)} {short(top)}h{short(width)}v{short(height)}l-8 11h{short(16 - width)}l-8 -11z"
    panes, light, bars = list[str](), list[str](), list[str]()
    for number in range(floors):
        above = y + number * FLOOR
        (light if number in lit else panes).append(rectangle(x - 1, above, PANE_WIDTH + 2, PANE_HEIGHT))
        bars.append(
            f"M{short(x + 7)} {short(above)}v{PANE_HEIGHT}m14 0v-{PANE_HEIGHT}"
            f"M{short(x - 1)} {short(above + 13)}h{PANE_WIDTH + 2}"
        )
    lid = rectangle(left - 3, top - 6, width + 6, 6)
    return path(WHITE, [frame, lid]) + path(GLASS, panes) + path(LIGHT, light) + path(LINE, bars)
