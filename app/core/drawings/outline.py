"""SVG paths as points, for drawing without a browser.

Supports every command except cubic curves (C, S), which our drawings do not use.
"""

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

Point = tuple[float, float]

TOKEN = re.compile(r"[A-Za-z]|-?\d*\.?\d+(?:e-?\d+)?")
TAKES = {"M": 2, "L": 2, "H": 1, "V": 1, "Q": 4, "T": 2, "A": 7, "Z": 0}
NOTHING = 1e-6  # invisible when shorter
STEPS = 16  # segments of a curve: at most 12 units long here, so a segment is below a pixel


@dataclass
class Outline:
    """One line; a closed one ends where it began."""

    points: list[Point] = field(default_factory=list)
    closed: bool = False


def outlines(path: str) -> list[Outline]:
    """The lines of a path, in order. Raises ValueError on an unsupported command."""
    drawn: list[Outline] = []
    here: Point = (0.0, 0.0)
    control: Point | None = None  # of the last quadratic curve: T mirrors it
    for command, numbers in commands(path):
        absolute = _absolute(command, numbers, here)
        kind = command.upper()
        if kind == "M" or not drawn or (drawn[-1].closed and kind != "Z"):
            drawn.append(Outline([here]))
        line = drawn[-1]
        if kind == "M":
            line.points = [absolute[0]]
        elif kind == "Z":
            line.closed = True
            here, control = line.points[0], None
            continue
        elif kind in "QT":
            bend = absolute[0] if kind == "Q" else _mirrored(control or here, here)
            line.points += curve(here, bend, absolute[-1])
            control = bend
        elif kind == "A":
            radii, tilt, large, sweep = (
                (abs(numbers[0]), abs(numbers[1])),
                numbers[2],
                bool(numbers[3]),
                bool(numbers[4]),
            )
            line.points += arc(here, absolute[0], radii, tilt=tilt, large=large, sweep=sweep)
        else:
            line.points.append(absolute[0])
        control = control if kind in "QT" else None
        here = line.points[-1]
    return [line for line in drawn if len(line.points) > 1]


def commands(path: str) -> Iterator[tuple[str, list[float]]]:
    """Each command with its numbers; repeated commands may be implicit, and M continues as L."""
    tokens = TOKEN.findall(path)
    command, at = "", 0
    while at < len(tokens):
        if tokens[at].isalpha():
            command, at = tokens[at], at + 1
        count = TAKES.get(command.upper())
        if count is None or len(tokens) < at + count:
            raise ValueError(f"cannot draw “{command}” in {path!r}")
        yield command, [float(number) for number in tokens[at : at + count]]
        at += count
        if count == 0 and at < len(tokens) and not tokens[at].isalpha():
            raise ValueError(f"numbers after “{command}” in {path!r}")
        command = {"M": "L", "m": "l"}.get(command, command)


def curve(start: Point, bend: Point, end: Point) -> list[Point]:
    """A quadratic curve from `start`, which is not among the points."""
    return [
        (
            (1 - t) ** 2 * start[0] + 2 * (1 - t) * t * bend[0] + t**2 * end[0],
            (1 - t) ** 2 * start[1] + 2 * (1 - t) * t * bend[1] + t**2 * end[1],
        )
        for t in (step / STEPS for step in range(1, STEPS + 1))
    ]


def arc(start: Point, end: Point, radii: Point, *, tilt: float, large: bool, sweep: bool) -> list[Point]:
    """An elliptical arc from `start`, which is not among the points (SVG 1.1, appendix F.6.5)."""
    if math.dist(start, end) < NOTHING or 0 in radii:
        return [end]
    turn = math.radians(tilt)
    cos, sin = math.cos(turn), math.sin(turn)
    half_x, half_y = (start[0] - end[0]) / 2, (start[1] - end[1]) / 2
    x, y = cos * half_x + sin * half_y, cos * half_y - sin * half_x
    # a radius that is too small grows until it fits
    grow = max(1.0, math.sqrt((x / radii[0]) ** 2 + (y / radii[1]) ** 2))
    rx, ry = radii[0] * grow, radii[1] * grow
    square = (rx * ry) ** 2 - (rx * y) ** 2 - (ry * x) ** 2
    share = math.sqrt(max(0.0, square / ((rx * y) ** 2 + (ry * x) ** 2))) * (1 if large != sweep else -1)
    cx, cy = share * rx * y / ry, -share * ry * x / rx
    first = math.atan2((y - cy) / ry, (x - cx) / rx)
    last = math.atan2((-y - cy) / ry, (-x - cx) / rx)
    if sweep and last < first:
        last += 2 * math.pi
    elif not sweep and last > first:
        last -= 2 * math.pi
    middle = (start[0] + end[0]) / 2 + cos * cx - sin * cy, (start[1] + end[1]) / 2 + sin * cx + cos * cy
    around = (first + (last - first) * step / STEPS for step in range(1, STEPS))
    points = [
        (
            middle[0] + cos * rx * math.cos(a) - sin * ry * math.sin(a),
            middle[1] + sin * rx * math.cos(a) + cos * ry * math.sin(a),
        )
        for a in around
    ]
    return [*points, end]


def _absolute(command: str, numbers: list[float], here: Point) -> list[Point]:
    """The absolute points of a command."""
    kind, relative = command.upper(), command.islower()
    x, y = here if relative else (0.0, 0.0)
    if kind == "H":
        return [(x + numbers[0], here[1])]
    if kind == "V":
        return [(here[0], y + numbers[0])]
    pairs = numbers[5:] if kind == "A" else numbers
    return [(x + pairs[n], y + pairs[n + 1]) for n in range(0, len(pairs), 2)]


def _mirrored(point: Point, around: Point) -> Point:
    return 2 * around[0] - point[0], 2 * around[1] - point[1]
