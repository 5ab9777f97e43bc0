"""The street floor of a house: the door, and the shop window that shows the trade."""

import re

from markupsafe import Markup

from app.core.drawings.outline import outlines
from app.core.drawings.strokes import (
    DOOR,
    GLASS,
    LIGHT,
    LINE,
    RED,
    WHITE,
    YELLOW,
    Shape,
    arch,
    circle,
    half_round,
    path,
    rectangle,
    short,
)

SHOP_HEIGHT, DOOR_HEIGHT, DOOR_WIDTH = 38, 56, 32
MOVE = re.compile(r"M(-?[\d.]+) (-?[\d.]+)([^M]*)")

# What stands in the window, drawn round (0, 0) at the middle of the sill; about 26 wide and 24 high.
TRADES: dict[str, tuple[tuple[str, str], ...]] = {
    "justice": (
        (LINE, "M0 0v-22M-6 0h12M-11 -19h22M-11 -19l-5 9h10zM11 -19l-5 9h10zM-16 -10q5 6 10 0M6 -10q5 6 10 0"),
    ),
    "digital": (
        (WHITE, "M-13 -22h26v15h-26z"),
        (LINE, "M0 -7v4M-15 0l2 -4h26l2 4zM-8 -17h10M-8 -13h16"),
    ),
    "food": (
        (RED, "M-9 -8a5 5 0 1 1 10 0z"),
        (YELLOW, "M-15 -8a4 4 0 1 1 8 0zM2 -8a6 6 0 1 1 12 0z"),
        (WHITE, "M-16 -8h32v8h-32z"),
        (LINE, "M-16 -4h32M8 -14q1 -6 6 -6"),
    ),
    "culture": ((DOOR, "M-16 -20h32v16h-32z"), (WHITE, "M-9 -17h18v10h-18z"), (YELLOW, "M-3 -15l7 3l-7 3z")),
    "circular": (
        (YELLOW, "M-12 -16h14v12h-14z"),
        (WHITE, "M-15 -20h20v4h-20zM-15 -4h20v4h-20z"),
        (LINE, "M-12 -12h14M-12 -8h14M2 -10q12 4 9 -6q-2 -8 5 -6M16 -22v22"),
    ),
    "mobility": (
        (
            LINE,
            (
                "M-16 -7a7 7 0 1 1 14 0a7 7 0 1 1 -14 0zM3 -7a7 7 0 1 1 14 0a7 7 0 1 1 -14 0z"
                "M-9 -7l5 -11h10l4 11M-4 -18l6 11h-11M6 -18l-4 11M6 -18v-4h4M-7 -20h6"
            ),
        ),
    ),
    "health": ((WHITE, "M-4 -22h8v7h7v8h-7v7h-8v-7h-7v-8h7z"),),
    "elderly": (
        (WHITE, "M-15 -10h12v6q0 4 -6 4t-6 -4zM3 -10h12v6q0 4 -6 4t-6 -4z"),
        (LINE, "M-9 -13q-3 -3 0 -6M9 -13q-3 -3 0 -6M-3 -8h3v4h-3M15 -8h3v4h-3"),
    ),
    "family": (
        (YELLOW, "M-15 -11h11v11h-11z"),
        (RED, "M-1 -11h11v11h-11z"),
        (WHITE, "M-8 -22h11v11h-11z"),
    ),
    "education": (
        (WHITE, "M0 -18q-8 -5 -16 -2v17q8 -3 16 2q8 -5 16 -2v-17q-8 -3 -16 2z"),
        (LINE, "M0 -18v17M-12 -14h7M5 -14h7M-12 -10h7M5 -10h7"),
    ),
    "work": ((LINE, "M-10 0l14 -16M-3 -20l6 -2l9 9l-4 3zM4 0l-12 -14M-12 -20a5 5 0 1 0 6 6"),),
    "housing": ((YELLOW, "M-15 -11a6 6 0 1 1 12 0a6 6 0 1 1 -12 0z"), (LINE, "M-3 -11h18v6M9 -11v5")),
    "energy": (
        (YELLOW, "M-8 -14a8 8 0 1 1 16 0q0 4 -4 8h-8q-4 -4 -4 -8z"),
        (LINE, "M-4 -3h8M-3 0h6M-13 -22l3 2M13 -22l-3 2M-15 -13h3M12 -13h3"),
    ),
    "media": (
        (WHITE, "M-14 -22h24v22h-24z"),
        (LINE, "M-10 -18h16M-10 -13h7v8h-7zM1 -13h6M1 -9h6M1 -5h6M10 -17h5v17h-5"),
    ),
    "services": ((YELLOW, "M-11 -5a11 11 0 0 1 22 0z"), (LINE, "M-14 -5h28M-14 0h28M0 -16v-4M-4 -20h8")),
    "other": ((RED, "M-7 -9h14l-2 9h-10z"), (LINE, "M0 -9v-12M0 -14q-9 1 -9 -7q8 0 9 7M0 -12q9 0 9 -8q-8 0 -9 8")),
}


def door(x: float, opening: Shape, *, fanlight: bool) -> Markup:
    """A door of two wings with its step; with a fanlight the pane above it."""
    top = -DOOR_HEIGHT
    drawn = path(DOOR, [opening(x, top, DOOR_WIDTH, DOOR_HEIGHT)])
    if fanlight and opening is arch:
        drawn += path(LIGHT, [f"M{short(x)} {top + DOOR_WIDTH // 2}{half_round(DOOR_WIDTH / 2)}z"])
    elif fanlight:
        drawn += path(LIGHT, [rectangle(x, top, DOOR_WIDTH, 13)])
    return drawn + path(WHITE, [circle(x + DOOR_WIDTH - 7, -24, 1.6), rectangle(x - 4, -4, DOOR_WIDTH + 8, 4)])


def gate(x: float, width: float) -> Markup:
    """The gate of a workshop, with a fan of panes above it."""
    r, spring = width / 2, -40
    rise = min(r, 24)
    fan = f"M{short(x)} {spring}a{short(r)} {short(rise)} 0 0 1 {short(width)} 0z"
    middle = x + r
    ribs = ((0.0, -rise), (-r * 0.7, -rise * 0.7), (r * 0.7, -rise * 0.7))
    rays = "".join(f"M{short(middle)} {spring}l{short(dx)} {short(dy)}" for dx, dy in ribs)
    return path(DOOR, [rectangle(x, spring, width, 40)]) + path(GLASS, [fan]) + path(LINE, [rays])


def shop(x: float, top: float, width: float, trade: str) -> Markup:
    """A shop window with what is made or done here."""
    drawn = path(GLASS, [rectangle(x, top, width, SHOP_HEIGHT)])
    base = top + SHOP_HEIGHT - 4
    count = 2 if width >= 70 else 1
    places = [x + width * (2 * n + 1) / (2 * count) for n in range(count)]
    for kind, outline in PLACED.get(trade, PLACED["other"]):
        drawn += path(kind, [f"M{short(place)} {short(base)}{outline}" for place in places])
    lines = [
        f"M{short(x)} {short(base)}h{short(width)}",
        f"M{short(x - 3)} {short(top + SHOP_HEIGHT + 4)}h{short(width + 6)}",
    ]
    if count == 2:
        lines.append(f"M{short(x + width / 2)} {short(top)}v{SHOP_HEIGHT}")
    return drawn + path(LINE, lines)


def awning(x: float, y: float, width: float, fill: str) -> Markup:
    """An awning over a shop window, with a scalloped edge."""
    scallops = max(3, round(width / 11))
    run = short((width + 10) / scallops)
    half = short((width + 10) / scallops / 2)
    outline = f"M{short(x)} {short(y)}h{short(width)}l5 11" + f"q-{half} 7 -{run} 0" * scallops + "z"
    return path(fill, [outline])


def chained(outline: str) -> str:
    """The same outline in relative moves only: the same text wherever it stands, which packs well."""
    here, chain = (0.0, 0.0), ""
    for part in MOVE.finditer(outline):
        start = float(part[1]), float(part[2])
        chain += f"m{short(start[0] - here[0])} {short(start[1] - here[1])}{part[3]}"
        (line,) = outlines(part[0])
        here = start if line.closed else line.points[-1]
    return chain


PLACED = {trade: tuple((kind, chained(drawn)) for kind, drawn in parts) for trade, parts in TRADES.items()}
