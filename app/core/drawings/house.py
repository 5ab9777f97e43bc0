"""Every enterprise as a house: the gable tells the legal form, the wall colour and the shop window the sector.

Floors tell the jobs, windows the years in which it was founded (design, section 1). Where we do not know them, and
for everything else, a hash of the enterprise's slug decides, so that a house never changes. Measures are units of
the drawing.
"""

import hashlib
import re

from markupsafe import Markup

from app.core.belgium.lists import LEGAL_FORMS, SECTORS
from app.core.drawings.facade import BALCONY, BOW, HORSESHOE, PLAIN, House, facade
from app.core.drawings.gables import FAMILIES, SAWTOOTH
from app.core.drawings.strokes import WHITE

WORKSHOPS = {"circular", "energy", "mobility", "work"}
PART = re.compile(r'<path class="([\w-]+)"[^>]* d="([^"]*)"/>')


def house(
    seed: str, family: str, fill: str, *, jobs: int | None = None, founded: int | None = None, trade: str = "other"
) -> House:
    """The house of one enterprise. `seed` is its slug; `family` and `fill` come from legal form and sector."""
    digest = hashlib.sha256(seed.encode()).digest()
    floors = _floors(jobs) if jobs is not None else 1 + digest[0] % 3
    bays = 2 + digest[1] % 2
    lit = frozenset(number for number in range(floors * bays) if digest[2 + number] % 3 == 0) or frozenset({0})
    workshop = family == "bv" and trade in WORKSHOPS
    return House(
        family=family,
        gable=SAWTOOTH if workshop else FAMILIES[family][digest[30] % len(FAMILIES[family])],
        fill=fill,
        floors=floors,
        bays=bays,
        lit=lit,
        door=digest[20] % bays,
        period=_period(founded) or ("old", "middle", "new")[digest[24] % 3],
        window=digest[25],
        feature=_feature(floors, digest[27]),
        trade=trade,
        gate=workshop,
        awning=digest[22] % 3 == 0,
        fanlight=digest[22] % 2 == 0,
    )


def svg(drawn: House, scale: float = 1) -> Markup:
    """The house as an inline picture; the facts stand in text beside it, so it is hidden from screen readers."""
    width, height = drawn.width + 12, drawn.height + 1
    return Markup(
        '<svg class="drawing house" viewBox="-4 -{4} {0} {1}" width="{2}" height="{3}" aria-hidden="true"'
        ' focusable="false">{5}</svg>'
    ).format(width, height, round(width * scale), round(height * scale), drawn.height, facade(drawn))


def parts(drawn: House) -> list[tuple[str, str]]:
    """(colour, path) of everything on one house, in the order in which it is painted."""
    return PART.findall(facade(drawn))


def _floors(jobs: int) -> int:
    """One floor for one or two jobs, two for three to five, three for more."""
    return 1 if jobs <= 2 else 2 if jobs <= 5 else 3


def _period(founded: int | None) -> str:
    """The style of the windows, by the year of foundation."""
    if founded is None:
        return ""
    return "old" if founded < 2015 else "middle" if founded < 2018 else "new"


def _feature(floors: int, draw: int) -> str:
    """What is before the wall: a balcony and a bow window ask for two floors."""
    if floors == 1:
        return (PLAIN, PLAIN, PLAIN, HORSESHOE)[draw % 4]
    return (PLAIN, BALCONY, HORSESHOE, BOW, PLAIN, BALCONY)[draw % 6]


def house_of(slug: str, legal_form: str, sector: str, jobs: int | None, founded: int | None = None) -> House:
    """The house of an enterprise by its codes; an unknown code gives a plain one."""
    family = LEGAL_FORMS[legal_form].gable if legal_form in LEGAL_FORMS else "bv"
    fill = SECTORS[sector].fill if sector in SECTORS else WHITE
    return house(slug, family, fill, jobs=jobs, founded=founded, trade=sector)
