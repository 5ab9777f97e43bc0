"""Small scenes of the street: houses in the head of a page, and the picture of a piece of news."""

import hashlib
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import count

from markupsafe import Markup

from app.core.drawings.facade import House, facade
from app.core.drawings.gables import FAMILIES
from app.core.drawings.house import house, svg
from app.core.drawings.street import THINGS
from app.core.drawings.strokes import LINE, PEACH, RED, SAND, SKY, WHITE, YELLOW, circle, path, short

WALLS = (WHITE, PEACH, RED, YELLOW, SKY)
BUILT = tuple(family for family in FAMILIES if family != "start")  # without a scaffold
MOST_NAMED = 3  # houses of enterprises in one picture
WIDTH, WIDE, HEIGHT, ROAD, SCALE = 560, 1240, 330, 34, 0.86
BUILT_UP = 0.72  # share of a picture that has houses
GROUND = HEIGHT - ROAD
PASSING = ("tram", "bicycle", "cargo bike")
# The crown of a tree in winter, spring, summer and autumn; a tree without leaves in winter.
CROWNS = ("", PEACH, SKY, YELLOW)


def stand_in(seed: str) -> House:
    """A house for something that is no enterprise: a hash of `seed` decides everything."""
    digest = hashlib.sha256(seed.encode()).digest()
    return house(seed, BUILT[digest[28] % len(BUILT)], WALLS[digest[29] % len(WALLS)])


def row(seeds: Iterable[str]) -> Markup:
    """Houses that stand in for these, wall to wall; no two neighbours have the same colour or gable."""
    return Markup("").join(svg(one) for one in _stand_ins(seeds))


def news_picture(key: str, on: date, named: Sequence[House], *, width: int = WIDTH) -> Markup:
    """The picture of a piece of news: the houses of the enterprises that it names, in the season of its date.

    Stand-ins fill the row, trees the rest. The sun moves with the day of the month and stands higher in summer.
    """
    digest = hashlib.sha256(key.encode()).digest()
    houses = list(named[:MOST_NAMED])
    built = sum(one.width for one in houses) * SCALE
    for one in _stand_ins((f"{key}-{number}" for number in count()), after=houses[-1] if houses else None):
        if built >= width * BUILT_UP:
            break
        houses.append(one)
        built += one.width * SCALE
    x = width - built - 8
    drawn = [_sun(on, width)]
    for one in houses:
        drawn.append(_placed(x, GROUND, facade(one), SCALE))
        x += one.width * SCALE
    street = path(LINE, [f"M0 {GROUND}h{width}M0 {GROUND + 22}h{width}"])
    trees = [_placed(place, GROUND, _tree(on), 1) for place in range(26, int(width - built), 56)]
    passing = PASSING[digest[0] % len(PASSING)]
    people = ("woman", "man", "child")[digest[1] % 3]
    moving = [
        _placed(width * 0.4 + digest[2] % 120, GROUND + 6, _thing(people), 1),
        _placed(60 + digest[3] % 180, GROUND + 20, _thing(passing), 1),
    ]
    return Markup(
        '<svg class="drawing" viewBox="0 0 {0} {1}" preserveAspectRatio="xMidYMax slice" aria-hidden="true"'
        ' focusable="false">{2}</svg>'
    ).format(width, HEIGHT, Markup("").join([*drawn, street, *trees, *moving]))


def _stand_ins(seeds: Iterable[str], *, after: House | None = None) -> Iterable[House]:
    """A house per seed; where it would look like the one before it, that of a longer seed."""
    last = after
    for seed in seeds:
        tried = (stand_in(f"{seed}-{number}" if number else seed) for number in count())
        last = next(one for one in tried if last is None or (one.fill != last.fill and one.family != last.family))
        yield last


def _sun(on: date, width: int) -> Markup:
    height = (0, 1, 2, 1)[_season(on)]
    return path(YELLOW, [circle(40 + on.day * width / 110, 96 - 22 * height, 22)])


def _season(on: date) -> int:
    """Winter, spring, summer and autumn as 0 to 3, by the month."""
    return on.month % 12 // 3


def _tree(on: date) -> Markup:
    crown = CROWNS[_season(on)]
    trunk, leaves, branches = (outline for _kind, outline in THINGS["tree"])
    bare = "M0 -46v-34M0 -56l11 -12M0 -62l-11 -14M0 -70l7 -10"
    return (
        path(SAND, [trunk]) + path(crown, [leaves]) + path(LINE, [branches])
        if crown
        else path(SAND, [trunk]) + path(LINE, [bare])
    )


def _thing(name: str) -> Markup:
    return Markup("").join(path(kind, [outline]) for kind, outline in THINGS[name])


def _placed(x: float, y: float, drawn: Markup, scale: float) -> Markup:
    size = Markup(" scale({0})").format(scale) if scale != 1 else ""
    return Markup('<g transform="translate({0} {1}){2}">{3}</g>').format(short(x), short(y), size, drawn)
