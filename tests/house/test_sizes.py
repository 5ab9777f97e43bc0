"""Sizes we hold ourselves to; what is longer is two things."""

from pathlib import Path

import pytest

from tests.house import source

FILE, FUNCTION, VIEW, TEMPLATE, TEST, ROOM = 300, 45, 35, 150, 40, 2_500


def lines(place: Path) -> int:
    return len(place.read_text(encoding="utf-8").splitlines())


def test_python_files() -> None:
    every = source.python("app", "bench", "tests", "scripts")

    assert [f"{source.name(place)}: {lines(place)}" for place in every if lines(place) > FILE] == []


def test_templates() -> None:
    assert [f"{source.name(place)}: {lines(place)}" for place in source.templates() if lines(place) > TEMPLATE] == []


@pytest.mark.parametrize(
    ("folder", "limit"), [("app", FUNCTION), ("bench", FUNCTION), ("scripts", FUNCTION), ("tests", TEST)]
)
def test_functions(folder: str, limit: int) -> None:
    long = [
        f"{source.name(place)}:{function.name}: {source.length(function)}"
        for place in source.python(folder)
        for function in source.functions(source.tree(place))
        if source.length(function) > (VIEW if source.is_view(function) else limit)
    ]

    assert long == []


@pytest.mark.parametrize("room", source.ROOMS)
def test_rooms(room: str) -> None:
    assert sum(lines(place) for place in source.python(f"app/{room}")) <= ROOM
