"""The social sharing picture of a page: sign, title and street, 1200 by 630."""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from itertools import cycle
from pathlib import Path

from PIL import Image, ImageDraw

from app.core.drawings.facade import House, facade
from app.core.drawings.house import parts
from app.core.drawings.lettering import BOLD, NARROW, PLAIN, WIDE, Face, fitted, known
from app.core.drawings.outline import outlines

EDITION = 2  # raise it when the drawing changes, to invalidate cached pictures
WIDTH, HEIGHT, MARGIN = 1200, 630, 72
FINER, COLOURS = 3, 64
PLASTER, INK, SOFT, ENAMEL, WHITE = "#fbe7de", "#161c3d", "#4a5273", "#1c3f8f", "#ffffff"
# The light colours of static/css/tokens.css; a test compares them.
FILLS = {
    "fill-white": "#fff",
    "fill-brick": "#d9583f",
    "fill-rose": "#f6cdbd",
    "fill-mimosa": "#f6c945",
    "fill-enamel": "#1c3f8f",
    "fill-sky": "#dbe6f4",
    "fill-sand": "#efe3d0",
    "pane": "#eef3fa",
    "light": "#f6c945",
    "door": "#1c3f8f",
}
LINE, STROKE = ENAMEL, 1.75
GROUND, LEAST, MOST = 608, 0.58, 0.86  # street level and scale of the houses
PLATE_TOP, PLATE_HEIGHT, TITLE_TOP, NOTE_BOTTOM = 60, 58, 146, 396
GAP, LEAST_NOTE, AIR = 14, 30, 34  # AIR: above the highest gable
ARCHES, ARCH = 7, 17


@dataclass(frozen=True)
class Poster:
    """Texts and houses of the picture. `names`: this language first, then the other where it differs."""

    names: tuple[str, ...]
    title: str
    note: str
    houses: tuple[House, ...]

    @property
    def key(self) -> str:
        """A cache key, the same in every process."""
        return repr((EDITION, self.names, self.title, self.note, [str(facade(house)) for house in self.houses]))


def drawn(poster: Poster, font: Path) -> bytes:
    """The picture as a PNG with few colours."""
    sheet = Image.new("RGB", (WIDTH, HEIGHT), PLASTER)
    pen = ImageDraw.Draw(sheet)
    _plate(pen, poster.names, font)
    _mark(sheet, font)
    _street(sheet, poster.houses, under=_words(pen, poster, font))
    reduced = sheet.quantize(COLOURS, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    stored = BytesIO()
    reduced.save(stored, "PNG", optimize=True)
    return stored.getvalue()


def _words(pen: ImageDraw.ImageDraw, poster: Poster, font: Path) -> float:
    """Title and note; returns their bottom."""
    wide = WIDTH - 2 * MARGIN
    title = fitted(poster.title, font, weight=BOLD, stretch=NARROW, width=wide, sizes=(88, 40), lines=3, height=190)
    bottom = title.write(pen, MARGIN, TITLE_TOP, ENAMEL) + GAP
    room = NOTE_BOTTOM - bottom
    if not poster.note or room < LEAST_NOTE:
        return bottom
    note = fitted(poster.note, font, weight=PLAIN, stretch=WIDE, width=900, sizes=(30, 26), lines=2, height=room)
    return note.write(pen, MARGIN, bottom, SOFT)


def _plate(pen: ImageDraw.ImageDraw, names: Sequence[str], font: Path) -> None:
    """The sign with both names at equal size: this language bold, the other regular."""
    faces = [Face(font, 32, BOLD if number == 0 else PLAIN, NARROW) for number in range(len(names))]
    words = [known(name, face) for name, face in zip(names, faces, strict=True)]
    widths = [face.width(word) for word, face in zip(words, faces, strict=True)]
    edge, gap = 24, 28
    right = MARGIN + 2 * edge + sum(widths) + gap * (len(names) - 1)
    pen.rounded_rectangle((MARGIN, PLATE_TOP, right, PLATE_TOP + PLATE_HEIGHT), 14, fill=ENAMEL)
    pen.rounded_rectangle(
        (MARGIN + 4, PLATE_TOP + 4, right - 4, PLATE_TOP + PLATE_HEIGHT - 4), 10, outline=WHITE, width=2
    )
    x = float(MARGIN + edge)
    for word, face, width in zip(words, faces, widths, strict=True):
        pen.text((x, PLATE_TOP + PLATE_HEIGHT / 2), word, WHITE, face.font, anchor="lm")
        x += width + gap


def _mark(sheet: Image.Image, font: Path) -> None:
    """The logo: seven arches and the name, right of the sign."""
    face = Face(font, 34, BOLD, NARROW)
    width = ARCHES * ARCH
    x = WIDTH - MARGIN - face.width("Coopcity") - 18 - width
    middle = PLATE_TOP + PLATE_HEIGHT / 2
    legs = "".join(f"M{n * 9} 13V6.5a4.5 4.5 0 0 1 9 0V13" for n in range(ARCHES))
    _draw(sheet, [("outline", legs)], (x, middle - 13), ARCH / 9, width=2.4)
    pen = ImageDraw.Draw(sheet)
    pen.text((x + width + 18, middle), "Coopcity", ENAMEL, face.font, anchor="lm")


def _street(sheet: Image.Image, houses: Sequence[House], *, under: float) -> None:
    """Houses on one ground line over the whole width, as large as the text above allows."""
    tallest = max((house.height for house in houses), default=1) + AIR
    scale = min(MOST, max(LEAST, (GROUND - under - GAP) / tallest))
    x = 0.0
    for house in cycle(houses):
        if x >= WIDTH:
            break
        _draw(sheet, parts(house), (x, GROUND), scale, width=STROKE)
        x += house.width * scale
    ImageDraw.Draw(sheet).line((0, GROUND, WIDTH, GROUND), LINE, 3)


def _draw(
    sheet: Image.Image, paths: Sequence[tuple[str, str]], at: tuple[float, float], scale: float, *, width: float
) -> None:
    """Paint paths here: at a higher resolution, then scaled down, for smooth edges."""
    lines = [(kind, outline) for kind, path in paths for outline in outlines(path)]
    points = [point for _kind, outline in lines for point in outline.points]
    left, top = int(at[0]) - 8, int(at[1] + min(y for _x, y in points) * scale) - 8
    right = int(at[0] + max(x for x, _y in points) * scale) + 8
    bottom = int(at[1] + max(y for _x, y in points) * scale) + 8
    piece = sheet.crop((left, top, right, bottom)).resize(((right - left) * FINER, (bottom - top) * FINER))
    pen = ImageDraw.Draw(piece)
    for kind, outline in lines:
        finer = [((at[0] + x * scale - left) * FINER, (at[1] + y * scale - top) * FINER) for x, y in outline.points]
        if kind in FILLS:
            pen.polygon(finer, fill=FILLS[kind])
        ring = [*finer, finer[0], finer[1]] if outline.closed else finer
        pen.line(ring, LINE, round(width * FINER), joint="curve")
    sheet.paste(piece.resize((right - left, bottom - top), Image.Resampling.LANCZOS), (left, top))
