"""Some hundred and seventy hostile files: each refused for its reason, or taken and harmless on its way back."""

import io
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from app.core.files.check import TYPES, Accepted, Rejected, accept
from config import ROOT
from tests.torture import archives, images, others, pdfs
from tests.torture.cases import Kinds

EVERY = frozenset(TYPES)
KINDS: Kinds = pdfs.KINDS | archives.TEXTS | archives.ARCHIVES | images.KINDS | others.KINDS
MOST_GROWTH = 100_000  # kilobytes


def test_there_are_enough_kinds() -> None:
    assert len(KINDS) >= 68


@pytest.mark.filterwarnings("ignore:Corrupt EXIF data")  # what Pillow tells our log; the picture is fine
@pytest.mark.parametrize("name", KINDS)
def test_each_hostile_file_comes_to_what_it_must(name: str) -> None:
    case = KINDS[name]()

    found = accept(case.content, EVERY)

    if case.becomes not in EVERY:
        # On a machine without time to spare the clock may end the check of a file that is made to be slow.
        assert found in (Rejected(case.becomes), Rejected("heavy"))
        return
    assert isinstance(found, Accepted)
    assert found.kind == case.becomes
    if case.kept:
        assert found.content == case.content
    else:
        assert_only_dots(found, case.gone)


def assert_only_dots(found: Accepted, gone: tuple[bytes, ...]) -> None:
    """A picture that opens, of one frame, without a word beside it."""
    assert [mark for mark in gone if mark in found.content] == []
    with Image.open(io.BytesIO(found.content)) as drawn:
        drawn.load()
        assert drawn.format == {"jpg": "JPEG", "png": "PNG"}[found.kind]
        assert not drawn.getexif()
        assert getattr(drawn, "n_frames", 1) == 1
        said = set(drawn.info) - {"jfif", "jfif_version", "jfif_unit", "jfif_density", "transparency"}
        assert said == set()


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
@pytest.mark.parametrize("mode", ["RGB", "L"])
def test_a_picture_stands_as_the_camera_held_it(kind: str, mode: str, orientation: int) -> None:
    """The dark corner is where a viewer that obeys the camera shows it."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    drawn, sent = Image.new(mode, (64, 32), "white"), io.BytesIO()
    drawn.paste("black", (0, 0, 16, 16))
    drawn.save(sent, kind, exif=exif)

    found = accept(sent.getvalue(), EVERY)

    assert isinstance(found, Accepted)
    with Image.open(io.BytesIO(found.content)) as upright:
        width, height = upright.size
        grey = upright.convert("L")
        corners = {1: (4, 4), 2: (-5, 4), 3: (-5, -5), 4: (4, -5), 5: (4, 4), 6: (-5, 4), 7: (-5, -5), 8: (4, -5)}
        across, down = corners[orientation]
        assert (width, height) == ((64, 32) if orientation < 5 else (32, 64))
        assert grey.getpixel((across % width, down % height)) < 60
        assert grey.getpixel(((-across - 1) % width, (-down - 1) % height)) > 200


def test_sixteen_levels_of_grey_stay_different() -> None:
    found = accept(images.grey_of_16_bits(), EVERY)

    assert isinstance(found, Accepted)
    with Image.open(io.BytesIO(found.content)) as drawn:
        levels = [drawn.convert("L").getpixel((place, 0)) for place in range(64)]
    assert levels == list(range(0, 256, 4))


@pytest.mark.parametrize("most", [10, 10_000])
def test_a_question_may_allow_less(most: int) -> None:
    content = pdfs.a_pdf()

    assert isinstance(accept(content, EVERY, most=most), Accepted if most > len(content) else Rejected)


ALL_OF_THEM = """
import pathlib, resource, sys
from app.core.files.check import accept
from app.core.files.check import TYPES

files = sorted(pathlib.Path(sys.argv[1]).iterdir())
accept(files[0].read_bytes(), frozenset(TYPES))
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
for file in files:
    accept(file.read_bytes(), frozenset(TYPES))
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
"""


def test_memory_hardly_grows_over_all_of_them(tmp_path: Path) -> None:
    """In a process of its own: the highest that it ever stood, above where it stood after the first file."""
    for number, make in enumerate(KINDS.values()):
        (tmp_path / f"{number:03}").write_bytes(make().content)

    ended = subprocess.run(
        [sys.executable, "-c", ALL_OF_THEM, str(tmp_path)], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert ended.returncode == 0, ended.stderr
    assert int(ended.stdout.split()[-1]) < MOST_GROWTH
