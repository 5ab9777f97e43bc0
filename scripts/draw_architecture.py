"""Draw docs/architecture.svg from the import contract in pyproject.toml."""

import tomllib
from html import escape
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PICTURE = ROOT / "docs" / "architecture.svg"
WIDTH, HEIGHT, GAP = 720, 34, 8
STYLE = (
    "rect{fill:#fff;stroke:#1f3a93;stroke-width:1.5}text{font:15px sans-serif;fill:#12172f;text-anchor:middle}"
    "@media (prefers-color-scheme:dark){rect{fill:#12172f;stroke:#aab8ff}text{fill:#fff}}"
)


def layers() -> list[list[str]]:
    """The rooms by layer, highest first."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = settings["tool"]["importlinter"]["contracts"]
    steps = next(one["layers"] for one in contracts if one["name"] == "Rooms import downwards only")
    return [[room.strip() for room in step.split("|")] for step in steps]


def picture() -> str:
    """One row of boxes per layer: a room may import what is below it."""
    steps = layers()
    high = len(steps) * (HEIGHT + GAP) + GAP
    boxes = []
    for row, rooms in enumerate(steps):
        wide = (WIDTH - GAP * (len(rooms) + 1)) / len(rooms)
        for column, room in enumerate(rooms):
            left, top = GAP + column * (wide + GAP), GAP + row * (HEIGHT + GAP)
            boxes.append(
                f'<rect x="{left:.1f}" y="{top}" width="{wide:.1f}" height="{HEIGHT}" rx="4"/>'
                f'<text x="{left + wide / 2:.1f}" y="{top + HEIGHT / 2 + 5:.0f}">{escape(room)}</text>'
            )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {high}" role="img" '
        f'aria-label="The rooms of the application, from the highest step to the lowest"><style>{STYLE}</style>\n'
        + "\n".join(boxes)
        + "\n</svg>\n"
    )


if __name__ == "__main__":
    PICTURE.write_text(picture(), encoding="utf-8")
