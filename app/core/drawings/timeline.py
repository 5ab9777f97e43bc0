"""The timeline of a call as a picture: a wall that rises with each step, set out by date."""

from collections.abc import Callable, Sequence
from datetime import date

from markupsafe import Markup

from app.core.drawings.strokes import GLASS, LIGHT, LINE, PEACH, RED, WHITE, YELLOW, arch, path, rectangle, short

WIDTH, GROUND, EDGE = 720, 196, 26
WALL, LEAST_GAP = 36, 42  # width of a wall; between the middles of two
LOWEST, RISE = 34, 92  # of the first wall; how much higher the last one is
STATES = {"done": PEACH, "now": YELLOW}
A_LABEL = 46  # width of the name of a month


def timeline(steps: Sequence[tuple[date, str]], name_of_month: Callable[[date], str]) -> Markup:
    """`steps`: (day, "done", "now" or "next") in order. Past steps are built, later ones dashed."""
    days = [day for day, _state in steps]
    places = positions(days)
    drawn = [_months(days, places, name_of_month), path(LINE, [f"M0 {GROUND}h{WIDTH}"])]
    for number, ((_day, state), x) in enumerate(zip(steps, places, strict=True)):
        height = LOWEST + RISE * number / max(1, len(steps) - 1)
        drawn.append(_wall(x, height, state, last=number == len(steps) - 1))
    return Markup(
        '<svg class="drawing course" viewBox="0 0 {0} {1}" aria-hidden="true" focusable="false">{2}</svg>'
    ).format(WIDTH, GROUND + 32, Markup("").join(drawn))


def positions(days: Sequence[date]) -> list[float]:
    """The middle of each wall: in proportion to its day, and never nearer than two walls may stand."""
    left, right = EDGE, WIDTH - EDGE
    span = max(1, (days[-1] - days[0]).days)
    gap = min(LEAST_GAP, (right - left) / max(1, len(days) - 1))
    found: list[float] = []
    for day in days:
        wanted = left + (right - left) * (day - days[0]).days / span
        found.append(max(wanted, found[-1] + gap) if found else wanted)
    limit = float(right)
    for number in range(len(found) - 1, -1, -1):
        found[number] = min(found[number], limit)
        limit = found[number] - gap
    return found


def _wall(x: float, height: float, state: str, *, last: bool) -> Markup:
    left, top = x - WALL / 2, GROUND - height
    roof = f"l{WALL / 2:g} -20l{WALL / 2:g} 20" if last else f"h{WALL}"
    outline = f"M{short(left)} {GROUND}V{short(top)}{roof}V{GROUND}"
    if state not in STATES:
        return Markup('<path class="{0}" stroke-dasharray="5 5" d="{1}"/>').format(LINE, outline)
    rows = int((height - 26) // 26)
    panes = [rectangle(left + 11, top + 10 + 26 * number, 14, 16) for number in range(rows)]
    door = arch(x - 6, GROUND - 20, 12, 20)
    return (
        path(STATES[state], [outline + "z"])
        + path(LIGHT if state == "now" else GLASS, panes)
        + path(WHITE if state == "now" else RED, [door])
    )


def _months(days: Sequence[date], places: Sequence[float], name_of_month: Callable[[date], str]) -> Markup:
    """A tick and a name where each month begins, by the walls around it; none where names would touch."""
    ticks, names, last = [], [], -float(A_LABEL)
    for first in _firsts(days[0], days[-1]):
        after = next(number for number, day in enumerate(days) if day >= first)
        share = (first - days[after - 1]).days / max(1, (days[after] - days[after - 1]).days)
        x = places[after - 1] + (places[after] - places[after - 1]) * share
        ticks.append(f"M{short(x)} {GROUND}v8")
        if x - last >= A_LABEL:
            names.append(Markup('<text x="{0}" y="{1}">{2}</text>').format(short(x), GROUND + 26, name_of_month(first)))
            last = x
    return path(LINE, ticks) + Markup("").join(names)


def _firsts(begin: date, end: date) -> list[date]:
    """The first day of each month after `begin`, up to `end`."""
    months = range(begin.year * 12 + begin.month, end.year * 12 + end.month)
    return [date(number // 12, number % 12 + 1, 1) for number in months]
