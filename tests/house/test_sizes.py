"""Function length is a rule; long files, templates and rooms are only listed, for the reviewer to judge."""

import pytest

from tests.house import source

FUNCTION, TEST = 45, 40  # lines
TEMPLATE_WIDTH = 140  # columns


@pytest.mark.parametrize(
    ("folder", "limit"), [("app", FUNCTION), ("bench", FUNCTION), ("scripts", FUNCTION), ("tests", TEST)]
)
def test_functions(folder: str, limit: int) -> None:
    long = [
        f"{source.name(place)}:{function.name}: {source.length(function)}"
        for place in source.python(folder)
        for function in source.functions(source.tree(place))
        if source.length(function) > limit
    ]

    assert long == []


def test_width_of_templates() -> None:
    wide = [
        f"{source.name(place)}:{number}"
        for place in source.templates()
        for number, line in enumerate(place.read_text().splitlines(), 1)
        if place.suffix == ".html" and len(line) > TEMPLATE_WIDTH
    ]

    assert wide == []
