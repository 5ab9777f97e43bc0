"""Text on pictures: wrapped, and shrunk until it fits."""

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

from PIL import ImageDraw, ImageFont

BOLD, PLAIN = 640, 400
NARROW, WIDE = 78, 100
LEADING, STEP = 1.12, 4
ELLIPSIS = "…"
SPACES = re.compile(r"[^\S\u00a0\u202f]+")  # ordinary spaces, not non-breaking ones
# Letters with a stroke have no decomposition in Unicode.
STROKED = str.maketrans("ŁłĐđıŦŧ", "LlDdiTt")


@dataclass(frozen=True)
class Face:
    """The font at one size, weight and width."""

    file: Path
    size: int
    weight: int
    stretch: int

    @cached_property
    def font(self) -> ImageFont.FreeTypeFont:
        """The loaded font."""
        return _opened(self.file, self.size, self.weight, self.stretch)

    def width(self, words: str) -> float:
        """The width of these words."""
        return self.font.getlength(words)

    def has(self, letter: str) -> bool:
        """True when the font has this character."""
        return letter.isspace() or self.font.getmask(letter).getbbox() is not None


@dataclass(frozen=True)
class Block:
    """Lines that fit."""

    face: Face
    lines: tuple[str, ...]

    @property
    def height(self) -> float:
        """From the top of the first line to the bottom of the last."""
        return len(self.lines) * self.face.size * LEADING

    def write(self, pen: ImageDraw.ImageDraw, x: float, y: float, colour: str) -> float:
        """Draw from this corner; returns the bottom."""
        for number, line in enumerate(self.lines):
            pen.text((x, y + number * self.face.size * LEADING), line, colour, self.face.font)
        return y + self.height


def fitted(
    words: str,
    file: Path,
    *,
    weight: int,
    stretch: int,
    width: float,
    sizes: tuple[int, int],
    lines: int,
    height: float,
) -> Block:
    """The text at the largest size that fits width, height and number of lines.

    A text too long for the smallest size ends in an ellipsis.
    """
    largest, smallest = sizes
    for size in range(largest, smallest - 1, -STEP):
        face = Face(file, size, weight, stretch)
        room = min(lines, int(height / (size * LEADING)))
        broken = wrapped(known(words, face), face, width)
        if len(broken) <= room and all(face.width(line) <= width for line in broken):
            return Block(face, tuple(broken))
    face = Face(file, smallest, weight, stretch)
    room = max(1, min(lines, int(height / (smallest * LEADING))))
    broken = [piece for line in wrapped(known(words, face), face, width) for piece in _cut(line, face, width)]
    if len(broken) > room:
        broken = [*broken[: room - 1], _shortened(broken[room - 1], face, width)]
    return Block(face, tuple(broken))


def wrapped(words: str, face: Face, width: float) -> list[str]:
    """Lines broken at ordinary spaces; a word that is too long stays whole."""
    lines: list[str] = []
    for word in words.split(" "):
        if lines and face.width(f"{lines[-1]} {word}") <= width:
            lines[-1] += f" {word}"
        elif word:
            lines.append(word)
    return lines


def known(words: str, face: Face) -> str:
    """The text with characters of the font: without an accent that is missing, or without the character."""
    found = []
    for letter in SPACES.sub(" ", words):
        if unicodedata.category(letter).startswith("C"):  # controls and surrogate halves cannot be drawn
            continue
        candidates = (letter, unicodedata.normalize("NFD", letter)[0], letter.translate(STROKED))
        found.append(next((one for one in candidates if face.has(one)), ""))
    return "".join(found).strip()


def _cut(line: str, face: Face, width: float) -> list[str]:
    """A line in pieces that fit, also within words."""
    pieces = [""]
    for letter in line:
        if pieces[-1] and face.width(pieces[-1] + letter) > width:
            pieces.append("")
        pieces[-1] += letter
    return pieces


def _shortened(line: str, face: Face, width: float) -> str:
    """The line with an ellipsis at its end."""
    while line and face.width(line.rstrip() + ELLIPSIS) > width:
        line = line[:-1]
    return line.rstrip(" ,.;:–-") + ELLIPSIS


@lru_cache(maxsize=64)
def _opened(file: Path, size: int, weight: int, stretch: int) -> ImageFont.FreeTypeFont:
    font = ImageFont.truetype(str(file), size)
    font.set_variation_by_axes([weight, stretch])
    return font
