"""Lines that drawings are made of. Ligne claire: one line weight, flat fills, no shadow (design, section 1).

An outline is the text of an SVG path; measures are units of the drawing, y grows downwards.
"""

from collections.abc import Callable, Iterable

from markupsafe import Markup

Shape = Callable[[float, float, float, float], str]

# The classes of static/css: seven wall colours, and what is the same on every house.
GLASS, LIGHT, DOOR, LINE = "pane", "light", "door", "outline"
WHITE, RED, PEACH, YELLOW = "fill-white", "fill-brick", "fill-rose", "fill-mimosa"
BLUE, SKY, SAND = "fill-enamel", "fill-sky", "fill-sand"


def short(value: float) -> str:
    """A number as short as it can be: one decimal, and none where it is whole."""
    rounded = round(value, 1)
    return str(int(rounded)) if rounded == int(rounded) else str(rounded)


def path(kind: str, outlines: Iterable[str]) -> Markup:
    """One path of a colour, or nothing where there is nothing to draw."""
    outline = "".join(outlines)
    return Markup('<path class="{0}" d="{1}"/>').format(kind, outline) if outline else Markup("")


def rectangle(x: float, y: float, width: float, height: float) -> str:
    """A straight opening."""
    return f"M{short(x)} {short(y)}h{short(width)}v{short(height)}h{short(-width)}z"


def arch(x: float, y: float, width: float, height: float) -> str:
    """An opening with a round top; `y` is the crown."""
    r = width / 2
    return f"M{short(x)} {short(y + height)}v{short(r - height)}{half_round(r)}v{short(height - r)}z"


def half_round(radius: float) -> str:
    """From the left end of a half circle over its top to the right end."""
    return f"a{short(radius)} {short(radius)} 0 0 1 {short(2 * radius)} 0"


def circle(x: float, y: float, radius: float) -> str:
    """A circle round (x, y)."""
    r, across = short(radius), short(2 * radius)
    return f"M{short(x - radius)} {short(y)}a{r} {r} 0 1 1 {across} 0a{r} {r} 0 1 1 -{across} 0z"
