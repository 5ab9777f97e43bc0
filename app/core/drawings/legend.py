"""How to read the street: what each part of a house tells, as small drawings."""

from markupsafe import Markup

from app.core.belgium.lists import LEGAL_FORMS, SECTORS
from app.core.drawings import shopfront
from app.core.drawings.facade import PLAIN, House
from app.core.drawings.gables import FAMILIES
from app.core.drawings.house import svg
from app.core.drawings.strokes import WHITE, path, rectangle

SMALL = 0.5
SIGN = 72  # width and height of a shop window with its wall


def families() -> list[tuple[Markup, list[str]]]:
    """One house of each family of gables, with the codes of the legal forms that have it."""
    forms: dict[str, list[str]] = {}
    for form in LEGAL_FORMS.values():
        if form.code != "unknown":
            forms.setdefault(form.gable, []).append(form.code)
    return [(svg(_example(family), SMALL), codes) for family, codes in forms.items()]


def sectors() -> list[tuple[Markup, str]]:
    """The wall and the shop window of each sector, with its code."""
    return [(_sign(sector.fill, sector.code), sector.code) for sector in SECTORS.values()]


def _example(family: str) -> House:
    return House(
        family=family,
        gable=FAMILIES[family][0],
        fill=WHITE,
        floors=1,
        bays=2,
        lit=frozenset({0}),
        door=0,
        period="old",
        window=0,
        feature=PLAIN,
        trade="other",
        gate=False,
        awning=False,
        fanlight=True,
    )


def _sign(fill: str, trade: str) -> Markup:
    wall = path(fill, [rectangle(1, 1, SIGN - 2, SIGN - 2)])
    return Markup(
        '<svg class="drawing" viewBox="0 0 {0} {0}" width="{0}" height="{0}" aria-hidden="true"'
        ' focusable="false">{1}</svg>'
    ).format(SIGN, wall + shopfront.shop(14, 16, SIGN - 28, trade))
