"""Figures as countable drawings: windows, gables, doors, arches (design, screen 6).

Each returns the content of an inline SVG; the caller labels the picture, because the number stands beside it.
"""

from collections.abc import Callable, Sequence
from hashlib import sha256

from markupsafe import Markup

WIDTH, ROW = 360, 46  # of a bar chart: as wide as a phone, so that its text stays readable
COLUMNS_OF_BLOCK = 17
STEP_X, STEP_Y, PANE_WIDTH, PANE_HEIGHT = 28, 34, 14, 22
LEFT, TOP = 18, 34
GROUND_FLOOR, SHOP_WINDOWS = 56, (18, 102, 336, 420)


def block(total: int, lit: int) -> tuple[str, Markup]:
    """A front with one window per project, `lit` of them lit: (viewBox, paths)."""
    shining = set(sorted(range(total), key=_scattered)[:lit])
    dark = "".join(_pane(n) for n in range(total) if n not in shining)
    light = "".join(_pane(n) for n in range(total) if n in shining)
    wall = COLUMNS_OF_BLOCK * STEP_X + PANE_WIDTH
    cornice = TOP + -(-total // COLUMNS_OF_BLOCK) * STEP_Y + 4
    ground, middle = cornice + GROUND_FLOOR, 4 + wall // 2
    shops = "".join(f"M{x} {cornice + 20}h60v24h-60z" for x in SHOP_WINDOWS)
    inside = (
        _path("fill-rose", f"M4 {ground}V24h{wall}V{ground}z")
        + _path("fill-white", f"M0 24V10h{wall + 8}v14z")
        + _path("fill-white", shops)  # not in the colour of the windows, which can be counted
        + _path("pane", dark)
        + _path("light", light)
        + _path("door", f"M{middle - 17} {ground}v-40a17 17 0 0 1 34 0v40z")
        + _path("outline", f"M4 {cornice}h{wall}M0 {ground}h{wall + 8}")
    )
    return f"-1 8 {wall + 10} {ground - 6}", inside


def gables(count: int) -> tuple[str, Markup]:
    """One house per enterprise."""
    return _repeat(count, 14, 24, 44, "fill-brick", lambda x, y: f"M{x + 2} {y + 40}v-24l10 -12l10 12v24z")


def doors(count: int) -> tuple[str, Markup]:
    return _repeat(count, 20, 15, 34, "door", lambda x, y: f"M{x + 2} {y + 28}v-21a5 5 0 0 1 10 0v21z")


def arches(count: int) -> tuple[str, Markup]:
    """One arch per hundred people."""
    return _repeat(count, 10, 33, 44, "light", lambda x, y: f"M{x + 2} {y + 40}v-22a16 16 0 0 1 33 0v22z")


def _repeat(
    count: int, columns: int, step_x: int, step_y: int, kind: str, shape: Callable[[int, int], str]
) -> tuple[str, Markup]:
    outline = "".join(shape(n % columns * step_x, n // columns * step_y) for n in range(count))
    rows = -(-count // columns)
    return f"0 0 {columns * step_x + 4} {rows * step_y}", _path(kind, outline)


def _pane(number: int) -> str:
    x, y = LEFT + number % COLUMNS_OF_BLOCK * STEP_X, TOP + number // COLUMNS_OF_BLOCK * STEP_Y
    return f"M{x} {y}h{PANE_WIDTH}v{PANE_HEIGHT}h-{PANE_WIDTH}z"


def _scattered(number: int) -> bytes:
    """A deterministic shuffle, so that lit windows spread over the front."""
    return sha256(b"window %d" % number).digest()


def _path(kind: str, outline: str) -> Markup:
    return Markup('<path class="{0}" d="{1}"/>').format(kind, outline) if outline else Markup("")


def bars(rows: Sequence[tuple[str, int]]) -> tuple[str, Markup]:
    """One bar per row of a table, with name and number: (viewBox, content)."""
    most = max((value for _name, value in rows), default=0) or 1
    inside = Markup("")
    for number, (name, value) in enumerate(rows):
        top, width = number * ROW, round((WIDTH - 4) * value / most)
        inside += Markup('<text x="0" y="{0}" font-size="15" fill="currentColor">{1}</text>').format(top + 16, name)
        inside += Markup(
            '<text x="{0}" y="{1}" font-size="15" font-weight="600" text-anchor="end" fill="currentColor">{2}</text>'
        ).format(WIDTH, top + 16, value)
        inside += _path("fill-brick", f"M2 {top + 24}h{width}v12h-{width}z") + _path("outline", f"M2 {top + 22}v16")
    return f"0 0 {WIDTH} {len(rows) * ROW}", inside
