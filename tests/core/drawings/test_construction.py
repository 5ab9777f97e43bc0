"""The house of a project: an empty plot, a ground floor, a house."""

import re

from app.core.drawings.construction import Stage, construction

DASHED, PLANK = "stroke-dasharray", 'class="fill-mimosa" d="M-20 '


def size(drawn: str) -> str:
    return re.findall(r'viewBox="[^"]*"', drawn)[0]


def test_a_plot_has_a_scaffold_and_no_door() -> None:
    drawn = construction("key-1", Stage.PLOT)

    assert DASHED in drawn
    assert PLANK in drawn
    assert 'class="door"' not in drawn


def test_the_ground_floor_has_its_door_under_the_dashed_rest() -> None:
    drawn = construction("key-1", Stage.GROUND_FLOOR)

    assert 'class="door"' in drawn
    assert DASHED in drawn


def test_a_finished_house_has_no_scaffold() -> None:
    drawn = construction("key-1", Stage.HOUSE)

    assert 'class="door"' in drawn
    assert DASHED not in drawn
    assert PLANK not in drawn


def test_a_project_builds_the_same_house_at_each_stage() -> None:
    drawn = [construction("key-1", stage) for stage in Stage]
    door = re.findall(r'<path class="door"[^>]*>', drawn[Stage.GROUND_FLOOR])

    assert len(set(map(size, drawn))) == 1
    assert door == re.findall(r'<path class="door"[^>]*>', drawn[Stage.HOUSE])
    assert construction("key-1", Stage.HOUSE) == drawn[Stage.HOUSE]
    assert construction("key-2", Stage.HOUSE) != drawn[Stage.HOUSE]
